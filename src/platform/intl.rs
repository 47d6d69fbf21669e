//! Plurals, numbers, dates, relative times and lists by the browser's `Intl`: no locale data of
//! our own.

use super::clock;
use crate::i18n::{Category, Formats};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

pub struct BrowserFormats {
    plural: Intl::PluralRules,
    number: Function,
    kilobytes: Function,
    megabytes: Function,
    list: Intl::ListFormat,
    date_time: Function,
    time: Function,
    date: Function,
    relative: Intl::RelativeTimeFormat,
    hours: Function,
    minutes: Function,
    parts: Intl::ListFormat,
}

impl BrowserFormats {
    /// For a language tag that the loader negotiated (a tag that `Intl` refuses would throw).
    pub fn new(lang: &str) -> Self {
        let locales = Array::of1(&JsValue::from_str(lang));
        let unit = |unit| {
            let options = options(&[("style", "unit"), ("unit", unit)]);
            Intl::NumberFormat::new(&locales, &options).format()
        };
        let date_time = options(&[("dateStyle", "medium"), ("timeStyle", "short")]);
        Self {
            plural: Intl::PluralRules::new(&locales, &Object::new()),
            number: Intl::NumberFormat::new(&locales, &Object::new()).format(),
            kilobytes: unit("kilobyte"),
            megabytes: unit("megabyte"),
            list: Intl::ListFormat::new(&locales, &Object::new()),
            date_time: Intl::DateTimeFormat::new(&locales, &date_time).format(),
            time: Intl::DateTimeFormat::new(&locales, &options(&[("timeStyle", "medium")]))
                .format(),
            date: Intl::DateTimeFormat::new(&locales, &options(&[("dateStyle", "medium")]))
                .format(),
            hours: unit("hour"),
            minutes: unit("minute"),
            parts: Intl::ListFormat::new(
                &locales,
                &options(&[("type", "unit"), ("style", "short")]),
            ),
            relative: Intl::RelativeTimeFormat::new(&locales, &options(&[("numeric", "auto")])),
        }
    }
}

impl Formats for BrowserFormats {
    fn category(&self, count: u32) -> Category {
        Category::parse(&String::from(self.plural.select(f64::from(count))))
    }

    fn number(&self, value: u32) -> String {
        called(&self.number, &JsValue::from_f64(f64::from(value)))
    }

    fn bytes(&self, size: u64) -> String {
        let (value, megabytes) = weight(size);
        let format = if megabytes {
            &self.megabytes
        } else {
            &self.kilobytes
        };
        called(format, &JsValue::from_f64(value))
    }

    fn list(&self, items: &[String]) -> String {
        let array: Array = items.iter().map(|item| JsValue::from_str(item)).collect();
        String::from(self.list.format(&array))
    }

    fn instant(&self, rfc3339: &str) -> Option<i64> {
        clock::instant(rfc3339)
    }

    fn date_time(&self, at_ms: i64) -> String {
        called(&self.date_time, &date(at_ms))
    }

    fn time(&self, at_ms: i64) -> String {
        called(&self.time, &date(at_ms))
    }

    fn date(&self, at_ms: i64) -> String {
        called(&self.date, &date(at_ms))
    }

    fn duration(&self, ms: i64) -> String {
        let (hours, minutes) = split(ms);
        let parts = Array::new();
        if hours > 0 {
            parts.push(&called(&self.hours, &f64::from(hours).into()).into());
        }
        if minutes > 0 || hours == 0 {
            parts.push(&called(&self.minutes, &f64::from(minutes).into()).into());
        }
        String::from(self.parts.format(&parts))
    }

    fn relative(&self, at_ms: i64, now_ms: i64) -> String {
        let (value, unit) = step(at_ms - now_ms);
        String::from(self.relative.format(value, unit))
    }
}

/// In KB, or in MB with one decimal (then true). Rounded up, so that what is too large never looks as if
/// it were not.
fn weight(bytes: u64) -> (f64, bool) {
    let whole = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let kilobytes = bytes.div_ceil(1 << 10);
    if kilobytes < 1 << 10 {
        return (whole(kilobytes), false);
    }
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    (whole(tenths) / 10.0, true)
}

/// Hours and minutes, to the nearest minute; from ten hours on minutes do not matter any more.
fn split(ms: i64) -> (i32, i32) {
    let minutes = (ms.abs() + MINUTE_MS / 2) / MINUTE_MS;
    let (hours, rest) = if minutes < 600 {
        (minutes / 60, minutes % 60)
    } else {
        ((minutes + 30) / 60, 0)
    };
    (
        i32::try_from(hours).unwrap_or(i32::MAX),
        i32::try_from(rest).unwrap_or(0),
    )
}

/// The unit in which people say it. Cut off, not rounded: "in 2 hours" leaves at least two.
fn step(difference_ms: i64) -> (f64, &'static str) {
    let (size, unit) = match difference_ms.abs() {
        // "now": what some languages say of the minute under way means the one to come.
        ..MINUTE_MS => return (0.0, "second"),
        MINUTE_MS..5_400_000 => (MINUTE_MS, "minute"),
        5_400_000..129_600_000 => (HOUR_MS, "hour"),
        _ => (DAY_MS, "day"),
    };
    let count = i32::try_from(difference_ms / size).unwrap_or(i32::MAX);
    (f64::from(count), unit)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds of dates fit into 53 bits"
)]
fn date(at_ms: i64) -> JsValue {
    Date::new(&JsValue::from_f64(at_ms as f64)).into()
}

fn called(format: &Function, value: &JsValue) -> String {
    format
        .call1(&JsValue::UNDEFINED, value)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        // A plain object takes every property.
        let _always = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}

#[cfg(test)]
mod tests {
    use super::{split, step, weight};

    #[test]
    fn sizes_are_rounded_up() {
        for (bytes, expected) in [
            (0, (0.0, false)),
            (1, (1.0, false)),
            (1_024, (1.0, false)),
            (1_025, (2.0, false)),
            (1_047_552, (1_023.0, false)),
            (1_047_553, (1.0, true)),
            (20_971_520, (20.0, true)),
            (20_971_521, (20.1, true)),
        ] {
            assert_eq!(weight(bytes), expected, "{bytes}");
        }
    }

    #[test]
    fn lengths_of_time_are_hours_and_minutes() {
        assert_eq!(split(3 * 3_600_000 - 1_000), (3, 0));
        assert_eq!(split(70 * 60_000), (1, 10));
        assert_eq!(split(20_000), (0, 0));
        assert_eq!(split(47 * 3_600_000 + 59 * 60_000), (48, 0));
    }

    #[test]
    fn times_are_cut_off_and_never_promise_more_than_is_left() {
        assert_eq!(step(3 * 3_600_000 - 1), (2.0, "hour"));
        assert_eq!(step(-3 * 3_600_000), (-3.0, "hour"));
        assert_eq!(step(70 * 60_000), (70.0, "minute"));
        assert_eq!(step(59_999), (0.0, "second"));
        assert_eq!(step(-49 * 3_600_000), (-2.0, "day"));
    }
}
