//! Accepts connections and speaks HTTP/1.1 on them, within bounds, until told to stop.

use crate::app::{App, router};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tower::ServiceExt;

/// For the head of a request, and for a connection that idles between two.
const HEAD_TIME: Duration = Duration::from_secs(60);
/// Request line and headers: a token is at most 4 KB.
const HEAD_MAX_BYTES: usize = 32 * 1024;
/// What a running request gets to finish when the program stops.
const FAREWELL: Duration = Duration::from_secs(10);
/// What is kept is kept for a day or longer; an hour late is early enough.
const CHORES_EVERY: Duration = Duration::from_secs(60 * 60);
/// After a failed accept (out of file handles): long enough not to spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Cuts the connection that a request came on, without another byte. For scripted faults only.
#[derive(Clone, Debug, Default)]
pub struct Cut(Arc<Notify>);

impl Cut {
    pub fn now(&self) {
        self.0.notify_one();
    }
}

/// The other end of the connection that a request came on.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Asks all connections to end: idle ones at once, the others after the answer they are at.
#[derive(Debug, Default)]
pub struct Retirement(watch::Sender<()>);

impl Retirement {
    pub fn call(&self) {
        self.0.send_replace(());
    }
}

/// Serves until `stop` completes and what was running has finished.
pub async fn serve(listener: TcpListener, app: Arc<App>, stop: impl Future<Output = ()>) {
    let router = router(&app);
    let places = Arc::new(Semaphore::new(app.config.limits.connections_max));
    let chores = tokio::spawn(chores(Arc::clone(&app)));
    let mut stop = std::pin::pin!(stop);
    loop {
        // Taken before accepting, so that a full house lets newcomers wait in the kernel's queue.
        let accepted = async {
            let place = Arc::clone(&places)
                .acquire_owned()
                .await
                .map_err(io::Error::other)?;
            listener
                .accept()
                .await
                .map(|(stream, peer)| (stream, Peer(peer.ip()), place))
        };
        tokio::select! {
            () = &mut stop => break,
            accepted = accepted => match accepted {
                Ok((stream, peer, place)) => {
                    let talk = talk((stream, peer), router.clone(), app.retirement.0.subscribe());
                    tokio::spawn(async move {
                        talk.await;
                        drop(place);
                    });
                }
                Err(cause) => {
                    tracing::warn!(cause = %cause.kind(), "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    chores.abort();
    app.retirement.call();
    let all = u32::try_from(app.config.limits.connections_max).unwrap_or(u32::MAX);
    if tokio::time::timeout(FAREWELL, places.acquire_many(all))
        .await
        .is_err()
    {
        tracing::warn!("some requests did not finish in time");
    }
    app.store.close().await;
}

/// What has to be done now and then, whoever calls.
async fn chores(app: Arc<App>) {
    loop {
        tokio::time::sleep(CHORES_EVERY).await;
        if let Err(cause) = app.tidy_up().await {
            tracing::warn!(%cause, "what is too old could not be removed");
        }
    }
}

async fn talk((stream, peer): (TcpStream, Peer), router: Router, mut retired: watch::Receiver<()>) {
    // Answers are small and whole; waiting for more to send would only delay them.
    let _ = stream.set_nodelay(true);
    let cut = Cut::default();
    let on_request = cut.clone();
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(on_request.clone());
        request.extensions_mut().insert(peer);
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_MAX_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    loop {
        tokio::select! {
            // An error is the other side going away, or bytes that are no HTTP: nothing to do.
            _ended = &mut connection => break,
            () = cut.0.notified() => break,
            Ok(()) = retired.changed() => connection.as_mut().graceful_shutdown(),
        }
    }
}
