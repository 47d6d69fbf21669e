//! Which streams are open: so many for each user, the oldest of whom makes room for another, and so many in
//! all. Never here: what they tell.

use super::Cut;
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

/// A browser needs one; this is for several browsers and devices, and for what a broken one leaves behind.
const PER_USER: usize = 6;

/// Shop and address key.
type Whose = (String, String);

#[derive(Debug, Default)]
pub(super) struct Seats {
    taken: AtomicUsize,
    by_user: Mutex<HashMap<Whose, VecDeque<Arc<Seat>>>>,
}

/// One open stream.
#[derive(Debug)]
pub(super) struct Seat {
    ended: Notify,
    /// Of the connection under it.
    cut: Option<Cut>,
    since: Instant,
    /// Milliseconds from `since` to when its reader last took something.
    alive: AtomicU64,
}

/// Holds a seat; gives it back when dropped.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) seat: Arc<Seat>,
    seats: Arc<Seats>,
    whose: Whose,
}

impl Seats {
    pub(super) fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }

    /// `None`: there are as many streams as there may be.
    pub(super) fn take(
        self: &Arc<Self>,
        whose: Whose,
        cut: Option<Cut>,
        most: usize,
    ) -> Option<Taken> {
        let mut by_user = self.by_user();
        let own = by_user.get_mut(&whose);
        if let Some(own) = own
            && own.len() >= PER_USER
            && let Some(oldest) = own.pop_front()
        {
            oldest.end();
        } else if self.taken() >= most {
            return None;
        }
        let seat = Arc::new(Seat {
            ended: Notify::new(),
            cut,
            since: Instant::now(),
            alive: AtomicU64::new(0),
        });
        by_user
            .entry(whose.clone())
            .or_default()
            .push_back(Arc::clone(&seat));
        self.taken.fetch_add(1, Ordering::Relaxed);
        Some(Taken {
            seat,
            seats: Arc::clone(self),
            whose,
        })
    }

    pub(super) fn all(&self) -> Vec<Arc<Seat>> {
        self.by_user().values().flatten().map(Arc::clone).collect()
    }

    /// Cuts the connections whose readers have taken nothing for so long.
    pub(super) fn sweep(&self, patience: Duration) {
        for seat in self.all() {
            let alive = Duration::from_millis(seat.alive.load(Ordering::Relaxed));
            if seat.since.elapsed().saturating_sub(alive) > patience {
                seat.end();
                seat.cut().inspect(|cut| cut.now());
            }
        }
    }

    fn by_user(&self) -> MutexGuard<'_, HashMap<Whose, VecDeque<Arc<Seat>>>> {
        self.by_user.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    pub(super) fn end(&self) {
        self.ended.notify_one();
    }

    pub(super) async fn ended(&self) {
        self.ended.notified().await;
    }

    pub(super) fn cut(&self) -> Option<&Cut> {
        self.cut.as_ref()
    }

    /// Its reader has taken what there was.
    pub(super) fn alive(&self) {
        let millis = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.alive.store(millis, Ordering::Relaxed);
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.seats.taken.fetch_sub(1, Ordering::Relaxed);
        let mut by_user = self.seats.by_user();
        if let Some(own) = by_user.get_mut(&self.whose) {
            own.retain(|seat| !Arc::ptr_eq(seat, &self.seat));
            if own.is_empty() {
                by_user.remove(&self.whose);
            }
        }
    }
}
