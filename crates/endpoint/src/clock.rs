//! Time as the endpoint sees it: instants in milliseconds, and clocks that hand them out.
//!
//! Never here, nor anywhere else: reading the system's clock past [`Clock`]. Tests and demo mode move it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, UtcOffset};

/// How far [`AdjustableClock`] may run ahead in all: about a hundred years, so that every instant
/// still has a four-digit year.
const AHEAD_MAX_MS: i64 = 100 * 365 * 24 * 60 * 60 * 1000;

const RFC_3339: &[BorrowedFormatItem<'static>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

/// Milliseconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds, rounded down, as tokens count them.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    #[must_use]
    pub const fn plus_hours(self, hours: u32) -> Self {
        self.plus_seconds(hours as i64 * 3600)
    }

    /// An instant as RFC 3339 writes it, in whatever zone; smaller parts than milliseconds are cut off.
    pub fn parse(text: &str) -> Option<Self> {
        let instant = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        let instant = instant.checked_to_offset(UtcOffset::UTC)?;
        if !(0..=9999).contains(&instant.year()) {
            return None;
        }
        let millis = instant.unix_timestamp_nanos().div_euclid(1_000_000);
        i64::try_from(millis).ok().map(Self)
    }

    /// The next one there is.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// `2026-11-23T09:05:00.000Z`, always with three decimals, so that text sorts like time.
    pub fn rfc3339(self) -> String {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .ok()
            .and_then(|instant| instant.format(&RFC_3339).ok())
            .unwrap_or_else(|| "1970-01-01T00:00:00.000Z".to_owned())
    }
}

pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or(Duration::ZERO);
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The machine's clock, run ahead by hand.
#[derive(Debug, Default)]
pub struct AdjustableClock {
    ahead_ms: AtomicI64,
}

impl AdjustableClock {
    /// Moves the clock forward; in all at most about a hundred years.
    pub fn advance(&self, millis: u64) {
        let step = i64::try_from(millis)
            .unwrap_or(AHEAD_MAX_MS)
            .min(AHEAD_MAX_MS);
        let ahead = self
            .ahead_ms
            .load(Ordering::SeqCst)
            .saturating_add(step)
            .min(AHEAD_MAX_MS);
        self.ahead_ms.store(ahead, Ordering::SeqCst);
    }

    /// Back to the machine's time.
    pub fn reset(&self) {
        self.ahead_ms.store(0, Ordering::SeqCst);
    }
}

impl Clock for AdjustableClock {
    fn now(&self) -> Timestamp {
        Timestamp(
            SystemClock
                .now()
                .0
                .saturating_add(self.ahead_ms.load(Ordering::SeqCst)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_in_utc_with_three_decimals() {
        assert_eq!(
            Timestamp::from_millis(0).rfc3339(),
            "1970-01-01T00:00:00.000Z"
        );
        assert_eq!(
            Timestamp::from_millis(1_790_000_000_007).rfc3339(),
            "2026-09-21T14:13:20.007Z"
        );
    }

    #[test]
    fn instants_are_read_as_they_are_written_and_in_other_zones() {
        let instant = Timestamp::from_millis(1_790_000_000_007);
        for text in [
            "2026-09-21T14:13:20.007Z",
            "2026-09-21T16:13:20.007999+02:00",
            "2026-09-21t14:13:20.007z",
        ] {
            assert_eq!(Timestamp::parse(text), Some(instant), "{text}");
        }
        for text in [
            "",
            "2026-09-21",
            "2026-09-21T14:13:20",
            "now",
            "1790000000",
            "0000-01-01T00:00:00+01:00",
            "9999-12-31T23:59:59-01:00",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_adjustable_clock_runs_ahead_and_comes_back() {
        let clock = AdjustableClock::default();
        let start = clock.now();
        clock.advance(3_600_000);
        assert!(clock.now() >= start.plus_hours(1));
        clock.advance(u64::MAX);
        assert!(clock.now().rfc3339().starts_with("21"));
        clock.reset();
        assert!(clock.now() < start.plus_hours(1));
    }
}
