//! One quota, counted per key: a bucket that a call takes one from and that fills up evenly. A whole
//! quota may be spent in one burst.
//!
//! Per key one instant is kept: when its bucket will be full again (GCRA). The number of keys is bounded
//! whatever callers think of: whoever comes when there is no room shares one of a few buckets.

use crate::clock::Timestamp;
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A region's partners are fewer. With two generations and 16 bytes a key about a megabyte per quota.
const KEYS_MAX: usize = 20_000;
const SHARED: usize = 256;

/// Microseconds since 1970.
type Micros = i64;

pub(super) struct Buckets {
    quota: NonZeroU32,
    period: Micros,
    keys_max: usize,
    hasher: RandomState,
    cells: Mutex<Cells>,
}

/// When each key's bucket is full again. What was not asked for during a whole period is full, so two
/// generations of a period each are all that has to be kept.
#[derive(Default)]
struct Cells {
    current: HashMap<u64, Micros>,
    previous: HashMap<u64, Micros>,
    shared: HashMap<u64, Micros>,
    turned_at: Micros,
}

impl Buckets {
    pub(super) fn new(quota: NonZeroU32, period: Duration) -> Self {
        Self {
            quota,
            period: i64::try_from(period.as_micros()).unwrap_or(i64::MAX),
            keys_max: KEYS_MAX,
            hasher: RandomState::new(),
            cells: Mutex::default(),
        }
    }

    /// Takes one from the key's bucket; if it is empty, how long until there is one again.
    pub(super) fn spend(&self, key: impl Hash, now: Timestamp) -> Result<(), Duration> {
        self.count(key, now, true)
    }

    /// Takes nothing; if the bucket is empty, how long until there is one again.
    pub(super) fn ask(&self, key: impl Hash, now: Timestamp) -> Result<(), Duration> {
        self.count(key, now, false)
    }

    fn count(&self, key: impl Hash, now: Timestamp, spend: bool) -> Result<(), Duration> {
        let now = now.millis().saturating_mul(1000);
        let key = self.hasher.hash_one(key);
        let one = self.period / i64::from(self.quota.get());
        let mut cells = self.cells.lock().unwrap_or_else(PoisonError::into_inner);
        cells.turn(now, self.period);
        let cell = cells.cell(key, self.keys_max);
        // A clock that was set back leaves nobody waiting longer than a period.
        let full_at = (*cell).clamp(now, now.saturating_add(self.period));
        let after = full_at.saturating_add(one);
        let wait = after.saturating_sub(now.saturating_add(self.period));
        if wait > 0 {
            return Err(Duration::from_micros(u64::try_from(wait).unwrap_or(0)));
        }
        if spend {
            *cell = after;
        }
        Ok(())
    }

    pub(super) fn clear(&self) {
        *self.cells.lock().unwrap_or_else(PoisonError::into_inner) = Cells::default();
    }
}

impl Cells {
    fn turn(&mut self, now: Micros, period: Micros) {
        let age = now.saturating_sub(self.turned_at);
        // Also when the clock was set back: what is kept then is clamped above.
        if !(0..period).contains(&age) {
            self.previous = std::mem::take(&mut self.current);
            self.shared.retain(|_, full_at| *full_at > now);
            self.turned_at = now;
        }
    }

    fn cell(&mut self, key: u64, keys_max: usize) -> &mut Micros {
        if self.current.len() >= keys_max && !self.current.contains_key(&key) {
            return self.shared.entry(key % SHARED as u64).or_default();
        }
        let before = self.previous.remove(&key).unwrap_or_default();
        self.current.entry(key).or_insert(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buckets(quota: u32) -> Buckets {
        Buckets::new(
            NonZeroU32::new(quota).expect("positive"),
            Duration::from_secs(60),
        )
    }

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(1_790_000_000_000 + millis)
    }

    fn spent(buckets: &Buckets, key: &str, now: Timestamp) -> usize {
        (0..1000)
            .take_while(|_| buckets.spend(key, now).is_ok())
            .count()
    }

    #[test]
    fn a_whole_quota_is_one_burst_and_comes_back_evenly() {
        let buckets = buckets(30);
        assert_eq!(spent(&buckets, "a", at(0)), 30);
        assert_eq!(spent(&buckets, "b", at(0)), 30, "everybody has their own");
        assert_eq!(
            buckets.spend("a", at(0)),
            Err(Duration::from_secs(2)),
            "says how long"
        );
        assert_eq!(spent(&buckets, "a", at(1_999)), 0);
        assert_eq!(spent(&buckets, "a", at(2_000)), 1);
        assert_eq!(spent(&buckets, "a", at(12_000)), 5);
        assert_eq!(spent(&buckets, "a", at(72_000)), 30);
    }

    #[test]
    fn asking_takes_nothing() {
        let buckets = buckets(2);
        for _ in 0..10 {
            assert_eq!(buckets.ask("a", at(0)), Ok(()));
        }
        assert_eq!(spent(&buckets, "a", at(0)), 2);
        assert_eq!(buckets.ask("a", at(0)), Err(Duration::from_secs(30)));
        assert_eq!(buckets.ask("a", at(30_000)), Ok(()));
    }

    #[test]
    fn nothing_is_forgotten_before_it_has_recovered() {
        let buckets = buckets(6);
        // Half a quota every half minute for an hour, across many turns.
        let mut total = 0;
        for step in 0..120 {
            total += spent(&buckets, "a", at(step * 30_000));
        }
        assert_eq!(total, 6 + 119 * 3);
    }

    #[test]
    fn memory_is_bounded_and_newcomers_are_still_limited() {
        let buckets = Buckets {
            keys_max: 10,
            ..buckets(2)
        };
        let let_in = (0..10_000)
            .filter(|index| buckets.spend(index, at(0)).is_ok())
            .count();
        assert!((10..=10 + 2 * SHARED).contains(&let_in), "{let_in}");
        let held = || {
            let cells = buckets.cells.lock().expect("held by nobody");
            cells.current.len() + cells.previous.len() + cells.shared.len()
        };
        assert!(held() <= 10 + SHARED);
        assert!(
            buckets.spend(3, at(0)).is_ok(),
            "who was there keeps theirs"
        );
        buckets.spend("late", at(200_000)).expect("room again");
        buckets.spend("later", at(400_000)).expect("room again");
        assert_eq!(held(), 2);
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out_for_long() {
        let buckets = buckets(2);
        assert_eq!(spent(&buckets, "a", at(0)), 2);
        let wait = buckets.spend("a", at(-3_600_000)).expect_err("spent");
        assert!(wait <= Duration::from_secs(60), "{wait:?}");
    }
}
