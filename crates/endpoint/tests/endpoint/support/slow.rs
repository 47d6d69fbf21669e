//! Senders that do not send as they should. `bytes` are what is sent of a request, `Request::bytes` or less.

use super::{Answer, Request, connect};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// For what the endpoint has to end by itself.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends this and goes away: nothing is taken.
pub(crate) async fn cut(address: SocketAddr, bytes: &[u8]) {
    let mut stream = connect(address).await;
    stream.write_all(bytes).await.expect("sent");
    stream.shutdown().await.expect("closed");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(!String::from_utf8_lossy(&answer).starts_with("HTTP/1.1 2"));
}

/// Sends this and then nothing: it is told so, and the connection is over.
pub(crate) async fn stalled(address: SocketAddr, bytes: &[u8]) {
    let mut stream = connect(address).await;
    stream.write_all(bytes).await.expect("sent");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = Answer::read(&answer, false).expect("an answer");
    answer.problem(408, "request_timeout");
    assert_eq!(answer.header("connection").as_deref(), Some("close"));
}

/// Sends a request's head and then a byte of its body now and then, without end: it is told so.
pub(crate) async fn trickled(address: SocketAddr, request: Request) {
    let request = request.header("content-length", "1000");
    let (mut read, mut write) = connect(address).await.into_split();
    write
        .write_all(&request.bytes(address))
        .await
        .expect("sent");
    let trickle = tokio::spawn(async move {
        while write.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    let mut head = [0; 12];
    tokio::time::timeout(PATIENCE, read.read_exact(&mut head))
        .await
        .expect("in time")
        .expect("answered");
    assert_eq!(&head, b"HTTP/1.1 408");
    trickle.abort();
}
