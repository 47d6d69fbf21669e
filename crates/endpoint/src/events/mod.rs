//! Telling those who watch what happens: `GET /v1/events`.
//!
//! Nothing is queued for anybody. A stream waits until its shop is stirred, then reads from the store what came
//! after the last event that it told; while its reader does not take anything, it does not read either. One task
//! of the process, [`watch`], finds out which shops have something new, whoever wrote it.

mod lines;
mod seats;
mod stream;

pub(crate) use stream::{Start, begin};

use crate::app::App;
use crate::serve::Cut;
use seats::Seats;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch::{self, Receiver, Sender};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

/// What other programs write to the same database is noticed as late as this, if nobody says so.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Between two looks for readers that take nothing.
const SWEEP_EVERY: Duration = Duration::from_secs(5);
/// What streams get to end by themselves when the program stops.
const FAREWELL: Duration = Duration::from_secs(1);

/// Who watches what.
#[derive(Debug, Default)]
pub struct Hub {
    shops: Mutex<HashMap<String, Sender<()>>>,
    seats: Arc<Seats>,
}

impl Hub {
    /// How many streams are open.
    pub fn open(&self) -> usize {
        self.seats.taken()
    }

    /// Lets everybody look whether their time is up, as after the clock has been moved.
    pub fn stir(&self) {
        for shop in self.shops().values() {
            shop.send_replace(());
        }
    }

    fn subscribe(&self, shop_id: &str) -> Receiver<()> {
        let mut shops = self.shops();
        match shops.get(shop_id) {
            Some(shop) => shop.subscribe(),
            None => {
                let (shop, receiver) = watch::channel(());
                shops.insert(shop_id.to_owned(), shop);
                receiver
            }
        }
    }

    /// Wakes those who watch these shops, and forgets shops that nobody watches any more.
    fn wake(&self, with_news: &[String]) {
        let mut shops = self.shops();
        shops.retain(|_, shop| shop.receiver_count() > 0);
        for shop in with_news.iter().filter_map(|shop_id| shops.get(shop_id)) {
            shop.send_replace(());
        }
    }

    fn shops(&self) -> MutexGuard<'_, HashMap<String, Sender<()>>> {
        self.shops.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends all streams. Done when those whose readers take nothing have been cut off.
    pub(crate) async fn close(&self) {
        let seats = self.seats.all();
        for seat in &seats {
            seat.end();
        }
        if !seats.is_empty() {
            sleep(FAREWELL).await;
        }
        for cut in seats.iter().filter_map(|seat| seat.cut()) {
            cut.now();
        }
    }
}

/// Looks what is new, for all streams of this process together, until it is dropped. At once when this process
/// has written something, or another one that can be heard; and now and then in any case.
pub(crate) async fn watch(app: Arc<App>) {
    tokio::join!(app.store.listen(), look(&app));
}

async fn look(app: &App) {
    let written = app.store.written();
    let mut look = interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut swept = Instant::now();
    let mut known = 0;
    loop {
        tokio::select! {
            () = written.notified() => {}
            _ = look.tick() => {}
        }
        if app.events.open() == 0 {
            continue;
        }
        match app.store.shops_with_news(known).await {
            Ok((shops, last)) => {
                known = last;
                app.events.wake(&shops);
            }
            Err(cause) => tracing::warn!(%cause, "what is new could not be read"),
        }
        if swept.elapsed() >= SWEEP_EVERY {
            swept = Instant::now();
            app.events.seats.sweep(patience(app));
        }
    }
}

/// How long a stream may go without its reader taking anything: several heartbeats.
fn patience(app: &App) -> Duration {
    app.config.limits.event_heartbeat.saturating_mul(4)
}
