//! When the hours of a commitment count: round the clock, or in working hours (R12).
//!
//! A pure function of its arguments: no clock, and the time zone database is compiled in.

mod read;

pub use read::{CalendarError, RawCalendar};

use crate::clock::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MINUTES: u16 = 24 * 60;

/// When hours count.
#[derive(Clone, Debug, Default)]
pub enum Calendar {
    /// Always: 24 hours on 7 days.
    #[default]
    AroundTheClock,
    Working(Working),
}

/// The hours of a week in some place, and the days on which they do not count.
#[derive(Clone, Debug)]
pub struct Working {
    zone: TimeZone,
    /// From Monday on; in order and apart. At least one day has some.
    week: [Vec<Span>; 7],
    holidays: BTreeSet<Date>,
}

/// Minutes since midnight, as clocks show them; `to` may be 24:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    from: u16,
    to: u16,
}

/// The instant by which so many hours have counted since `start`.
///
/// What ends with a working day ends there, not on the next morning. Hours are real ones: where clocks are put
/// forward inside working hours, that day is shorter. Total: any instant, any number of hours.
pub fn add_hours(start: Timestamp, hours: u32, calendar: &Calendar) -> Timestamp {
    match calendar {
        Calendar::AroundTheClock => start.plus_hours(hours),
        Calendar::Working(working) => working
            .count(start, i64::from(hours) * HOUR_MS)
            // Beyond the year 9999.
            .unwrap_or_else(|| start.plus_hours(hours)),
    }
}

impl Working {
    fn count(&self, start: Timestamp, ms: i64) -> Option<Timestamp> {
        if ms == 0 {
            return Some(start);
        }
        let mut left = ms;
        let mut reached = start.millis();
        let instant = jiff::Timestamp::from_millisecond(reached).ok()?;
        let mut day = self.zone.to_datetime(instant).date();
        loop {
            for span in self.on(day) {
                let from = self.instant(day, span.from)?.max(reached);
                let to = self.instant(day, span.to)?.max(from);
                if to - from >= left {
                    return Some(Timestamp::from_millis(from + left));
                }
                left -= to - from;
                reached = to;
            }
            day = day.tomorrow().ok()?;
        }
    }

    fn on(&self, day: Date) -> &[Span] {
        if self.holidays.contains(&day) {
            return &[];
        }
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
        self.week.get(weekday).map_or(&[], Vec::as_slice)
    }

    /// A time that clocks skip is the one after, a time that they show twice is the first.
    fn instant(&self, day: Date, minutes: u16) -> Option<i64> {
        let (day, minutes) = match minutes {
            DAY_MINUTES => (day.tomorrow().ok()?, 0),
            within => (day, within),
        };
        let hour = i8::try_from(minutes / 60).ok()?;
        let minute = i8::try_from(minutes % 60).ok()?;
        let time: DateTime = day.at(hour, minute, 0, 0);
        let instant = self.zone.to_ambiguous_timestamp(time).compatible().ok()?;
        Some(instant.as_millisecond())
    }
}

#[cfg(test)]
mod tests;
