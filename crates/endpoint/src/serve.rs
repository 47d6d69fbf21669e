//! Accepts connections and speaks HTTP/1.1 on them, within bounds, until told to stop.

use crate::app::{App, router};
use crate::desk;
use crate::erasure;
use crate::events;
use crate::mail;
use crate::relay;
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
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};
use tower::ServiceExt;

/// For the head of a request, and for a connection that idles between two.
const HEAD_TIME: Duration = Duration::from_secs(60);
/// Request line and headers: a token is at most 4 KB.
const HEAD_MAX_BYTES: usize = 32 * 1024;
/// What a running request gets to finish when the program stops.
const FAREWELL: Duration = Duration::from_secs(10);
/// What those who came meanwhile get to read that they came too late.
const LATE_FAREWELL: Duration = Duration::from_secs(1);
const LATECOMERS: usize = 64;
/// A browser opens six at a time; more agents than twenty at the same instant wait a moment.
const DESK_CONNECTIONS: usize = 128;
/// What is kept is kept for a day or longer; an hour late is early enough.
const CHORES_EVERY: Duration = Duration::from_secs(60 * 60);
/// New accounts show in open tickets, and reminders come, within a minute.
const WATCH_EVERY: Duration = Duration::from_secs(60);
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
pub struct Retirement {
    called: watch::Sender<()>,
    stopping: AtomicBool,
}

impl Retirement {
    pub fn call(&self) {
        self.called.send_replace(());
    }

    /// Whether the program is ending and begins with nothing more.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }

    /// Hears of every call.
    pub(crate) fn listen(&self) -> watch::Receiver<()> {
        self.called.subscribe()
    }

    /// For good: from now on requests are refused.
    fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
        self.call();
    }
}

/// Serves until `stop` completes and what was running has finished: partners' calls, and on a listener and
/// on places of its own the agents' desk, if there is one.
pub async fn serve(
    listener: TcpListener,
    desk: Option<TcpListener>,
    app: Arc<App>,
    stop: impl Future<Output = ()>,
) {
    let chores = tokio::spawn(chores(Arc::clone(&app)));
    let watch = tokio::spawn(events::watch(Arc::clone(&app)));
    let retention = tokio::spawn(erasure::watch(Arc::clone(&app)));
    let post = mail::start(&app);
    let relay = relay::start(&app);
    let (told, stopped) = watch::channel(false);
    let door = |listener, router| Door {
        listener,
        router,
        app: Arc::clone(&app),
    };
    let partners = door(listener, router(&app));
    let partners = partners.serve(app.config.limits.connections_max, stopped.clone());
    let agents = async {
        if let Some(listener) = desk {
            let door = door(listener, desk::router(&app));
            door.serve(DESK_CONNECTIONS, stopped).await;
        }
    };
    let stop = async {
        stop.await;
        chores.abort();
        retention.abort();
        watch.abort();
        // Wherever it is: a mail is taken whole or again, a notice is on record, and so is a ticket that left.
        drop(post);
        drop(relay);
        app.retirement.stop();
        let watched = Arc::clone(&app);
        tokio::spawn(async move { watched.events.close().await });
        told.send_replace(true);
    };
    tokio::join!(stop, partners, agents);
    app.store.close().await;
}

/// Waits until nobody is on these places; whether that came in time.
async fn empty(places: &Semaphore, all: usize, time: Duration) -> bool {
    let all = u32::try_from(all).unwrap_or(u32::MAX);
    tokio::time::timeout(time, places.acquire_many(all))
        .await
        .is_ok()
}

struct Door {
    listener: TcpListener,
    router: Router,
    app: Arc<App>,
}

impl Door {
    /// Lets in who comes until `stopped`, and waits for what is running. Who comes in between is told so, on
    /// places of their own, so that they hold nobody up.
    async fn serve(self, all: usize, mut stopped: watch::Receiver<bool>) {
        let places = Arc::new(Semaphore::new(all));
        let told = async {
            // Whoever would tell us is gone only when the program is.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        };
        self.welcome(&places, told).await;
        let late = Arc::new(Semaphore::new(LATECOMERS));
        let finished = self.welcome(&late, empty(&places, all, FAREWELL));
        if !finished.await {
            tracing::warn!("some requests did not finish in time");
        }
        let app = Arc::clone(&self.app);
        drop(self);
        app.retirement.call();
        empty(&late, LATECOMERS, LATE_FAREWELL).await;
    }

    /// Lets connections in, as long as there are places, until something happens.
    async fn welcome<T>(&self, places: &Arc<Semaphore>, until: impl Future<Output = T>) -> T {
        let mut until = std::pin::pin!(until);
        loop {
            tokio::select! {
                happened = &mut until => return happened,
                accepted = self.accept(places) => match accepted {
                    Ok((stream, peer, place)) => {
                        let retired = self.app.retirement.listen();
                        let talk = talk((stream, peer), self.router.clone(), retired);
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
    }

    /// A place is taken before accepting, so that a full house lets newcomers wait in the kernel's queue.
    async fn accept(
        &self,
        places: &Arc<Semaphore>,
    ) -> io::Result<(TcpStream, Peer, OwnedSemaphorePermit)> {
        let place = Arc::clone(places)
            .acquire_owned()
            .await
            .map_err(io::Error::other)?;
        let (stream, peer) = self.listener.accept().await?;
        Ok((stream, Peer(peer.ip()), place))
    }
}

/// What has to be done now and then, whoever calls.
async fn chores(app: Arc<App>) {
    let mut tidied = Instant::now();
    loop {
        tokio::time::sleep(WATCH_EVERY).await;
        if let Err(cause) = app.watch().await {
            tracing::warn!(%cause, "open tickets could not be looked at");
        }
        if tidied.elapsed() < CHORES_EVERY {
            continue;
        }
        tidied = Instant::now();
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
