//! Instants as agents read them: how long ago, and when in UTC.

use super::texts::Texts;
use crate::clock::Timestamp;
use maud::{Markup, html};

const MINUTE_S: u64 = 60;
const HOUR_S: u64 = 60 * MINUTE_S;
const DAY_S: u64 = 24 * HOUR_S;

/// `2 hours ago`, and the instant itself beside it.
pub(super) fn time(texts: &Texts, now: Timestamp, at: Timestamp) -> Markup {
    html! {
        time datetime=(at.rfc3339()) {
            (relative(texts, now, at)) " " span.exact { "(" (exact(at)) ")" }
        }
    }
}

/// The same for an instant as the wire has it; as it is if it cannot be read.
pub(super) fn told(texts: &Texts, now: Timestamp, at: &str) -> Markup {
    match read(at) {
        Some(at) => time(texts, now, at),
        None => html! { (at) },
    }
}

/// An instant as the wire has it.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    let instant: jiff::Timestamp = text.parse().ok()?;
    Some(Timestamp::from_millis(instant.as_millisecond()))
}

/// `2026-11-27 20:07 UTC`: the same in every language.
pub(super) fn exact(at: Timestamp) -> String {
    let text = at.rfc3339();
    let (date, time) = text.split_once('T').unwrap_or((&text, ""));
    let minute = time.get(..5).unwrap_or_default();
    format!("{date} {minute} UTC")
}

/// In whole minutes, hours or days, rounded down: `1 hour ago` has been an hour.
pub(super) fn relative(texts: &Texts, now: Timestamp, at: Timestamp) -> String {
    let seconds = now.seconds().saturating_sub(at.seconds());
    let (past, span) = (seconds >= 0, seconds.unsigned_abs());
    let (keys, count) = match span {
        0..MINUTE_S => return texts.say("time.now").to_owned(),
        MINUTE_S..HOUR_S => (["time.minutes_ago", "time.in_minutes"], span / MINUTE_S),
        HOUR_S..DAY_S => (["time.hours_ago", "time.in_hours"], span / HOUR_S),
        DAY_S.. => (["time.days_ago", "time.in_days"], span / DAY_S),
    };
    let [ago, ahead] = keys;
    texts.count(if past { ago } else { ahead }, count)
}

#[cfg(test)]
mod tests {
    use super::super::texts::Lang;
    use super::*;

    #[test]
    fn times_are_told_from_now_and_exactly() {
        let now = Timestamp::from_millis(1_790_000_000_000);
        let texts = Texts::of(Lang::En);
        for (seconds, expected) in [
            (0, "just now"),
            (59, "just now"),
            (-60, "1 minute ago"),
            (-3599, "59 minutes ago"),
            (-3600, "1 hour ago"),
            (-86_400, "1 day ago"),
            (-5 * 86_400, "5 days ago"),
            (61, "in 1 minute"),
            (2 * 3600, "in 2 hours"),
            (3 * 86_400, "in 3 days"),
        ] {
            assert_eq!(relative(texts, now, now.plus_seconds(seconds)), expected);
        }
        assert_eq!(exact(now), "2026-09-21 14:13 UTC");
        let markup = time(Texts::of(Lang::De), now, now.plus_hours(1)).into_string();
        assert_eq!(
            markup,
            "<time datetime=\"2026-09-21T15:13:20.000Z\">in 1 Stunde <span class=\"exact\">(2026-09-21 15:13 UTC)</span></time>"
        );
    }
}
