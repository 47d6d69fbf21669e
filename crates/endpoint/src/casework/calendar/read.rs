//! `RawCalendar → Calendar`: working hours as operators write them.

use super::{Calendar, DAY_MINUTES, Span, Working};
use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// When the hours of commitments count.
#[derive(Args, Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RawCalendar {
    /// Hours in which commitments count, such as "mon-fri 09:00-17:30", or "daily 08:00-24:00"; several for
    /// breaks and for days that differ. Default: round the clock
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_WORKING_HOURS",
        value_name = "DAYS HH:MM-HH:MM,…",
        value_delimiter = ','
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_hours: Option<Vec<String>>,

    /// The time zone of working hours, such as Europe/Berlin. No default where there are working hours.
    #[arg(long, env = "PARTNER_ENDPOINT_TIME_ZONE", value_name = "ZONE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,

    /// Days on which no hour counts, such as 2026-12-25.
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_HOLIDAYS",
        value_name = "YYYY-MM-DD,…",
        value_delimiter = ','
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holidays: Option<Vec<String>>,
}

/// Which setting cannot be used, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("setting `{field}`: {problem}")]
pub struct CalendarError {
    pub field: &'static str,
    pub problem: &'static str,
}

const fn error(field: &'static str, problem: &'static str) -> CalendarError {
    CalendarError { field, problem }
}

impl TryFrom<&RawCalendar> for Calendar {
    type Error = CalendarError;

    fn try_from(raw: &RawCalendar) -> Result<Self, CalendarError> {
        let Some(hours) = &raw.working_hours else {
            return match (&raw.time_zone, &raw.holidays) {
                (None, None) => Ok(Self::AroundTheClock),
                (Some(_), _) => Err(error("time_zone", "is of no use without working_hours")),
                (None, Some(_)) => Err(error("holidays", "are of no use without working_hours")),
            };
        };
        let zone = raw
            .time_zone
            .as_deref()
            .ok_or_else(|| error("time_zone", "is required with working_hours"))?;
        let zone = TimeZone::get(zone.trim())
            .map_err(|_| error("time_zone", "must be an IANA name, such as Europe/Berlin"))?;
        let holidays = raw.holidays.as_deref().unwrap_or_default().iter();
        let holidays = holidays
            .map(|day| day.trim().parse::<Date>())
            .collect::<Result<_, _>>()
            .map_err(|_| error("holidays", "must be days written YYYY-MM-DD"))?;
        Ok(Self::Working(Working {
            zone,
            week: week(hours)?,
            holidays,
        }))
    }
}

fn week(hours: &[String]) -> Result<[Vec<Span>; 7], CalendarError> {
    const FIELD: &str = "working_hours";
    let mut week: [Vec<Span>; 7] = Default::default();
    for text in hours {
        let (days, span) =
            entry(text).ok_or_else(|| error(FIELD, "must be like mon-fri 09:00-17:30"))?;
        for (index, day) in week.iter_mut().enumerate() {
            if days.contains(&index) {
                day.push(span);
            }
        }
    }
    for day in &mut week {
        day.sort_unstable();
        let overlaps = day
            .windows(2)
            .any(|pair| matches!(pair, [first, second] if second.from < first.to));
        if overlaps {
            return Err(error(FIELD, "overlap on a day"));
        }
    }
    if week.iter().all(Vec::is_empty) {
        return Err(error(FIELD, "must name at least one day"));
    }
    Ok(week)
}

fn entry(text: &str) -> Option<(Vec<usize>, Span)> {
    let mut words = text.split_whitespace();
    let (days, span) = (words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let (from, to) = span.split_once('-')?;
    let span = Span {
        from: minutes(from)?,
        to: minutes(to)?,
    };
    (span.from < span.to).then_some((self::days(days)?, span))
}

/// `mon`, `mon-fri`, `sat-mon` or `daily`.
fn days(text: &str) -> Option<Vec<usize>> {
    let text = text.to_lowercase();
    if text == "daily" {
        return Some((0..DAYS.len()).collect());
    }
    let number = |name: &str| DAYS.iter().position(|day| *day == name);
    let (first, last) = text.split_once('-').unwrap_or((&text, &text));
    let (first, last) = (number(first)?, number(last)?);
    let length = (last + DAYS.len() - first) % DAYS.len();
    Some(
        (first..=first + length)
            .map(|day| day % DAYS.len())
            .collect(),
    )
}

/// `HH:MM`, up to 24:00.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let two = |text: &str| {
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u16>().ok()).flatten()
    };
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= DAY_MINUTES).then_some(all)
}
