//! How fast the portal lets us: all workers of a program know at once, those of others by the store.

use crate::clock::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

#[derive(Debug, Default)]
pub(super) struct Pace(AtomicI64);

impl Pace {
    pub(super) fn is_slow(&self, now: Timestamp) -> bool {
        now < self.until()
    }

    pub(super) fn until(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }

    /// Nobody calls until then.
    pub(super) fn slow_down(&self, until: Timestamp) {
        self.0.fetch_max(until.millis(), Ordering::SeqCst);
    }
}
