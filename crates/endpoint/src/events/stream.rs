//! One stream: what a user may know of, from where they stand, until their token ends, their access is
//! withdrawn, they begin another one too many, or the program stops.

use super::lines;
use super::seats::Taken;
use crate::access::effective;
use crate::app::App;
use crate::clock::Timestamp;
use crate::identity::{Caller, sight};
use crate::problem::{ApiError, ProblemCode};
use crate::serve::Cut;
use crate::store::StoreError;
use crate::store::events::{News, Since};
use crate::store::tickets::Sight;
use axum::body::{Body, Bytes};
use futures_util::stream;
use partner_rules::wire::{Access, Role};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch::Receiver;
use tokio::time::{Instant, sleep_until};

/// Who comes while every stream is taken asks for the list meanwhile.
const RETRY_S: u64 = 30;

/// From where on to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    Now,
    After(i64),
    /// After something that no event of ours is called.
    Unknown,
}

struct Watcher {
    app: Arc<App>,
    taken: Taken,
    shop: Receiver<()>,
    stopping: Receiver<()>,
    kid: String,
    role: Role,
    expires_at: Timestamp,
    sight: Sight,
    /// Everything up to this event is told, or is not for this user.
    position: i64,
    /// The number that the reader knows.
    told: i64,
    hello: Option<String>,
    /// There may be something to read.
    news: bool,
    /// What this user may see has to be asked for again.
    ask_again: bool,
    beat: Instant,
}

/// Why a stream has to end.
enum End {
    /// Nothing more for this user.
    Over,
    Store(StoreError),
}

impl From<StoreError> for End {
    fn from(cause: StoreError) -> Self {
        Self::Store(cause)
    }
}

/// A stream for this caller, who has access.
pub(crate) async fn begin(
    app: &Arc<App>,
    caller: Caller,
    start: Start,
    cut: Option<Cut>,
) -> Result<Body, ApiError> {
    let whose = (caller.shop.id.clone(), caller.sub.clone());
    let most = app.config.limits.event_streams_max;
    let taken = app.events.seats.take(whose, cut, most);
    let taken =
        taken.ok_or_else(|| ApiError::new(ProblemCode::TooManyStreams).retry_after(RETRY_S))?;
    // In this order nothing can happen unnoticed in between.
    let shop = app.events.subscribe(&caller.shop.id);
    let stopping = app.retirement.listen();
    let (position, known) = match start {
        Start::Now => {
            let last = app.store.last_event(&caller.shop.id).await?;
            (last, Some(last))
        }
        Start::After(number) => (number, Some(number)),
        Start::Unknown => (-1, None),
    };
    let watcher = Watcher {
        sight: caller.sight(),
        taken,
        shop,
        stopping,
        kid: caller.kid,
        role: caller.role,
        expires_at: caller.expires_at,
        position,
        told: position,
        hello: Some(lines::hello(known)),
        news: true,
        // Since the caller was asked for it may have changed.
        ask_again: true,
        beat: Instant::now() + app.config.limits.event_heartbeat,
        app: Arc::clone(app),
    };
    let pieces = stream::unfold(watcher, |mut watcher| async move {
        let piece = watcher.next().await?;
        Some((Ok::<_, Infallible>(piece), watcher))
    });
    Ok(Body::from_stream(pieces))
}

impl Watcher {
    /// The next piece, when there is one; `None` at the end. Asked for when the reader has room for it.
    async fn next(&mut self) -> Option<Bytes> {
        self.taken.seat.alive();
        if let Some(hello) = self.hello.take() {
            return Some(hello.into());
        }
        loop {
            let left = self.left()?;
            if self.news {
                match self.read().await {
                    Ok(text) if text.is_empty() => continue,
                    Ok(text) => return Some(text.into()),
                    Err(End::Over) => return None,
                    Err(End::Store(cause)) => {
                        tracing::warn!(%cause, "a stream ended: its events could not be read");
                        return None;
                    }
                }
            }
            let now = Instant::now();
            if now >= self.beat {
                return Some(self.beat(now));
            }
            let until = self.beat.min(now + left);
            tokio::select! {
                () = self.taken.seat.ended() => return None,
                _ = self.stopping.changed() => {}
                _ = self.shop.changed() => self.news = true,
                () = sleep_until(until) => {}
            }
        }
    }

    /// How long the token still lasts; `None`: it has ended, or the program is about to.
    fn left(&self) -> Option<Duration> {
        let millis = self.expires_at.millis() - self.app.clock.now().millis();
        let left = u64::try_from(millis).ok().filter(|left| *left > 0)?;
        (!self.app.retirement.is_stopping()).then(|| Duration::from_millis(left))
    }

    fn beat(&mut self, now: Instant) -> Bytes {
        self.beat = now + self.app.config.limits.event_heartbeat;
        let moved = self.told != self.position;
        self.told = self.position;
        lines::beat(moved.then_some(self.position)).into()
    }

    /// What there is to tell; nothing if it is not for this user.
    async fn read(&mut self) -> Result<String, End> {
        let mut text = String::new();
        loop {
            let store = &self.app.store;
            let since = store.events_after(&self.sight, self.position).await?;
            let ask_again = match &since {
                Since::Lost { .. } => true,
                Since::News(news) => news.ask_again || self.ask_again,
            };
            // After the reading: what was withdrawn before something happened is known by then.
            if ask_again && self.sees_otherwise().await? {
                text.clear();
                lines::reset(&mut text, self.position.max(0));
                continue;
            }
            self.ask_again = false;
            self.tell(&mut text, since);
            return Ok(text);
        }
    }

    fn tell(&mut self, text: &mut String, since: Since) {
        match since {
            Since::Lost { last } => {
                text.clear();
                lines::reset(text, last);
                self.position = last;
                self.told = last;
                self.news = false;
            }
            Since::News(News {
                events, upto, more, ..
            }) => {
                for (number, event) in &events {
                    lines::event(text, *number, event);
                    self.told = *number;
                }
                self.position = upto;
                self.news = more;
            }
        }
    }

    /// Asks again what this user may see, and whether that is something else than before.
    async fn sees_otherwise(&mut self) -> Result<bool, End> {
        let store = &self.app.store;
        let Sight {
            shop_id, viewer, ..
        } = &self.sight;
        let key = store.key(&self.kid, self.app.clock.now()).await?;
        let shop = store.shop(shop_id).await?;
        let (Some(_), Some(shop)) = (key, shop) else {
            return Err(End::Over);
        };
        let user = store.user(shop_id, viewer).await?;
        let granted = user.and_then(|user| user.granted);
        let access = effective(granted, Some(self.role), shop.default_access);
        if access == Access::None {
            return Err(End::Over);
        }
        let now = sight(shop_id, viewer, access);
        let otherwise = now.created_by != self.sight.created_by;
        self.sight = now;
        Ok(otherwise)
    }
}
