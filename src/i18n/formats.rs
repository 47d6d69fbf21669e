//! What the browser's `Intl` does for us, as a trait: the core has no browser.

use super::Category;

pub trait Formats {
    /// The plural category of a count.
    fn category(&self, count: u32) -> Category;
    /// A number with the language's digits and separators.
    fn number(&self, value: u32) -> String;
    /// A size of a file, rounded up, such as "1.5 MB". One MB is 2^20 bytes here, as in the limits.
    fn bytes(&self, size: u64) -> String;
    /// A list such as "a, b and c".
    fn list(&self, items: &[String]) -> String;
    /// RFC 3339 to milliseconds since 1970.
    fn instant(&self, rfc3339: &str) -> Option<i64>;
    /// Date and time in the reader's time zone.
    fn date_time(&self, at_ms: i64) -> String;
    /// The time of day to the second, in the reader's time zone.
    fn time(&self, at_ms: i64) -> String;
    /// A date (`YYYY-MM-DD` or an instant) in words.
    fn date(&self, at_ms: i64) -> String;
    /// A length of time in hours and minutes, such as "2 hr, 59 min".
    fn duration(&self, ms: i64) -> String;
    /// "in 2 hours", "yesterday": `at_ms` seen from `now_ms`.
    fn relative(&self, at_ms: i64, now_ms: i64) -> String;
}

/// Formats without a browser, for components on their own: English, UTC, no locale data.
pub(super) struct PlainFormats;

impl Formats for PlainFormats {
    fn category(&self, count: u32) -> Category {
        if count == 1 {
            Category::One
        } else {
            Category::Other
        }
    }
    fn number(&self, value: u32) -> String {
        value.to_string()
    }
    fn bytes(&self, size: u64) -> String {
        size.to_string()
    }
    fn list(&self, items: &[String]) -> String {
        items.join(", ")
    }
    fn instant(&self, _rfc3339: &str) -> Option<i64> {
        None
    }
    fn date_time(&self, at_ms: i64) -> String {
        at_ms.to_string()
    }
    fn time(&self, at_ms: i64) -> String {
        at_ms.to_string()
    }
    fn date(&self, at_ms: i64) -> String {
        at_ms.to_string()
    }
    fn duration(&self, ms: i64) -> String {
        ms.to_string()
    }
    fn relative(&self, at_ms: i64, now_ms: i64) -> String {
        (at_ms - now_ms).to_string()
    }
}
