//! Hearing from the server that other programs have written something. Nothing depends on it but how soon: what was
//! said while nobody listened is lost, so whoever waits looks for themselves now and then.

use super::Store;
use super::place::Server;
use sqlx::postgres::{PgListener, PgPoolOptions};
use sqlx::{Error, Executor};
use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

/// After so long without a word the server is asked whether it is still there: a connection may end without a sign.
const SILENCE: Duration = Duration::from_secs(30);
/// What it gets to say so, and to let us listen.
const ANSWER: Duration = Duration::from_secs(5);
/// Before the next try.
const PAUSE: Duration = Duration::from_secs(1);

impl Store {
    /// Passes on to [`written`](Self::written) what the server says, until it is dropped. A file says nothing.
    pub async fn listen(&self) {
        let Some(server) = &self.server else {
            return pending().await;
        };
        loop {
            let Err(cause) = hear(server, &self.written).await;
            tracing::warn!(%cause, "what other instances write is only looked for now and then");
            sleep(PAUSE).await;
        }
    }
}

async fn hear(server: &Server, written: &Notify) -> Result<Infallible, Error> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(ANSWER)
        .max_lifetime(None)
        .idle_timeout(None)
        .connect_with(server.options.clone())
        .await?;
    let channel: String = sqlx::query_scalar("SELECT event_channel()")
        .fetch_one(&pool)
        .await?;
    let mut ears = PgListener::connect_with(&pool).await?;
    ears.listen(&channel).await?;
    loop {
        // Also at first, and after the connection was made anew: there may be something that nobody heard.
        written.notify_one();
        if let Ok(heard) = timeout(SILENCE, ears.try_recv()).await {
            heard?;
            // They all say the same.
            while ears.next_buffered().is_some() {}
            continue;
        }
        let answered = timeout(ANSWER, ears.execute("SELECT 1")).await;
        answered.map_err(|_late| Error::Io(io::ErrorKind::TimedOut.into()))??;
    }
}
