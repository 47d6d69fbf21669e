//! Plurals, numbers, dates and catalogues by the browser.

use partner_desk::i18n::{Formats, Key};
use partner_desk::platform::intl::BrowserFormats;
use partner_desk::platform::locale::texts;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const HOUR_MS: i64 = 3_600_000;

#[wasm_bindgen_test]
fn numbers_and_lists_follow_the_language() {
    assert_eq!(BrowserFormats::new("en").number(32_000), "32,000");
    assert_eq!(BrowserFormats::new("de").number(32_000), "32.000");
    assert_eq!(BrowserFormats::new("en").bytes(20_971_520), "20 MB");
    assert_eq!(BrowserFormats::new("de").bytes(1_600_000), "1,6 MB");
    assert_eq!(BrowserFormats::new("en").bytes(1), "1 kB");
    let items = ["a".to_owned(), "b".to_owned()];
    assert_eq!(BrowserFormats::new("de").list(&items), "a und b");
}

#[wasm_bindgen_test]
fn relative_times_are_said_as_people_say_them() {
    let formats = BrowserFormats::new("en");
    assert_eq!(formats.relative(3 * HOUR_MS, 0), "in 3 hours");
    assert_eq!(formats.relative(0, 10 * HOUR_MS), "10 hours ago");
    assert_eq!(formats.relative(0, 40 * HOUR_MS), "yesterday");
    assert_eq!(formats.duration(70 * 60_000), "1 hr, 10 min");
    assert_eq!(BrowserFormats::new("de").duration(3 * HOUR_MS), "3 Std.");
    assert_eq!(
        formats.instant("2026-11-23T10:00:00Z"),
        Some(1_795_428_000_000)
    );
    assert_eq!(formats.instant("nonsense"), None);
}

#[wasm_bindgen_test]
fn a_locale_file_lies_over_english() {
    let file = r#"{"panel.close": "Schließen", "form.count_over": {"one": "{count} Zeichen zu viel", "other": "{count} Zeichen zu viel!"}}"#;
    let german = texts("de", &js_sys::JSON::parse(file).unwrap());
    assert_eq!(&*german.get(Key::PanelClose), "Schließen");
    assert_eq!(&*german.get(Key::PanelBack), "Back");
    assert_eq!(german.count(Key::FormCountOver, 1), "1 Zeichen zu viel");
    assert_eq!(
        german.count(Key::FormCountOver, 1_000),
        "1.000 Zeichen zu viel!"
    );
    let english = texts("en", &JsValue::NULL);
    assert_eq!(&*english.get(Key::PanelClose), "Close");
}
