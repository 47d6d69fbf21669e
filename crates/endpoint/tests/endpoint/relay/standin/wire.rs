//! Bytes: requests are read and answers written by hand, so that either can break off anywhere. What a request says
//! is for a router of axum's, which knows nothing of our client.

use super::{Call, Exchange, Portal, desk};
use axum::body::{Body, to_bytes};
use axum::http::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::relay) enum Side {
    /// So many bytes of the request are read.
    Asked,
    /// The request is handled, and so many bytes of the answer are written.
    Answered,
}

/// Where a connection breaks off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::relay) struct Cut {
    pub(in crate::relay) side: Side,
    pub(in crate::relay) at: usize,
}

pub(super) async fn listen(listener: TcpListener, portal: Portal) {
    while let Ok((stream, _)) = listener.accept().await {
        let cut = {
            let mut state = portal.state();
            let number = state.connections;
            state.connections += 1;
            state.cuts.remove(&number)
        };
        tokio::spawn(talk(stream, portal.clone(), cut));
    }
}

async fn talk(mut stream: TcpStream, portal: Portal, cut: Option<Cut>) {
    let room = match cut {
        Some(Cut {
            side: Side::Asked,
            at,
        }) => at,
        Some(_) | None => usize::MAX,
    };
    let Some(request) = read(&mut stream, room).await else {
        return;
    };
    let call = call(&request);
    let answer = handle(&portal, call, &request).await;
    portal.state().exchanges.push(Exchange {
        call,
        asked: request.len(),
        answered: answer.len(),
    });
    let written = match cut {
        Some(Cut { at, .. }) => &answer[..at],
        None => &answer,
    };
    let _ = stream.write_all(written).await;
    let _ = stream.shutdown().await;
}

/// A whole request; `None` if it breaks off, or was to.
async fn read(stream: &mut TcpStream, room: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        if whole(&bytes) {
            return Some(bytes);
        }
        let room = room - bytes.len();
        if room == 0 {
            return None;
        }
        let most = room.min(piece.len());
        match stream.read(&mut piece[..most]).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend(&piece[..count]),
        }
    }
}

fn head(bytes: &[u8]) -> Option<(&str, usize)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).expect("an ASCII head");
    Some((head, end + 4))
}

fn whole(bytes: &[u8]) -> bool {
    let Some((head, start)) = head(bytes) else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.parse::<usize>().expect("a length"))
    });
    bytes.len() >= start + length.unwrap_or_default()
}

fn call(request: &[u8]) -> Call {
    let (head, _) = head(request).expect("a head");
    let line = head.lines().next().expect("a line");
    let mut words = line.split(' ');
    let method = words.next().expect("a method");
    let target = words.next().expect("a target");
    let path = target.split('?').next().expect("a path");
    let parts: Vec<&str> = path.split('/').skip(3).collect();
    match (method, parts.as_slice()) {
        ("GET", ["tickets", "search"]) if target.contains("modifiedTimeRange") => {
            return Call::Poll;
        }
        ("PATCH", ["tickets", _]) => return Call::Alter,
        ("POST", ["tickets", _, "comments"]) => return Call::Say,
        ("GET", ["tickets", _, "comments"]) => return Call::Comments,
        ("GET", ["tickets", _, "conversations"]) => return Call::Talk,
        ("GET", ["tickets", _, "threads", _]) => return Call::Thread,
        _ => {}
    }
    match (method, path) {
        ("GET", "/.well-known/jwks.json") => Call::Keys,
        ("POST", "/oauth/v2/token") => Call::Token,
        ("POST", "/api/v1/uploads") => Call::Upload,
        ("POST", "/api/v1/tickets") => Call::Create,
        ("GET", "/api/v1/tickets/search") => Call::Look,
        ("GET", path) if path.starts_with("/api/v1/tickets/") => Call::Read,
        _ => Call::Other,
    }
}

async fn handle(portal: &Portal, call: Call, bytes: &[u8]) -> Vec<u8> {
    let (head, start) = head(bytes).expect("a head");
    let mut lines = head.lines();
    let mut first = lines.next().expect("a line").split(' ');
    let mut request = Request::builder()
        .method(first.next().expect("a method"))
        .uri(first.next().expect("a target"));
    for line in lines {
        let (name, value) = line.split_once(": ").expect("a header");
        request = request.header(name, value);
    }
    let request = request
        .body(Body::from(bytes[start..].to_vec()))
        .expect("a request");
    let answer = desk::answer(portal, call, request).await;
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    let mut text = format!("HTTP/1.1 {}\r\nconnection: close\r\n", parts.status);
    for (name, value) in &parts.headers {
        if name != "content-length" {
            text.push_str(&format!("{name}: {}\r\n", value.to_str().expect("ASCII")));
        }
    }
    if parts.status != 204 {
        text.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    text.push_str("\r\n");
    [text.as_bytes(), &body].concat()
}

/// Of axum's, for one request.
pub(super) async fn routed(
    router: axum::Router,
    request: Request<Body>,
) -> axum::response::Response {
    router.oneshot(request).await.expect("infallible")
}
