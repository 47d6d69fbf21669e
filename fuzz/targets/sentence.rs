//! Whatever a catalogue and a form hold (sentence, value and question separated by U+001E): a placeholder
//! takes its value as it stands, and a search finds an entry by its own words.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_desk::i18n::{Catalog, Category, Formats, Key, Texts};
use partner_desk::state::guide::{Block, Entry, Guide};
use std::rc::Rc;

fuzz_target!(|text: &str| {
    let mut parts = text.split('\u{1E}');
    let mut part = || parts.next().unwrap_or_default();
    let (sentence, value, question) = (part(), part(), part());
    filled(sentence, value);
    found(question, sentence);
    if let Some(key) = Key::named(text) {
        assert_eq!(key.name(), text);
    }
});

fn filled(sentence: &str, value: &str) {
    let mut catalog = Catalog::english();
    catalog.insert(Key::PanelClose, Category::Other, Rc::from(sentence));
    let texts = Texts::new("en", catalog, Box::new(NoFormats));
    assert_eq!(texts.with(Key::PanelClose, &[]), sentence);
    assert_eq!(
        texts.with(Key::PanelClose, &[("name", value)]),
        sentence.replace("{name}", value)
    );
    assert_eq!(
        texts.with(Key::PanelClose, &[("name", value), ("name", "second")]),
        sentence.replace("{name}", value)
    );
}

fn found(question: &str, answer: &str) {
    let entry = Entry::new(
        Rc::from("id"),
        Rc::from(question),
        vec![Block::Text(Rc::from(answer))],
        Vec::new(),
    );
    let guide = Guide {
        entries: vec![entry],
        ..Guide::default()
    };
    for query in ["", question, answer] {
        assert_eq!(guide.search(query).count(), 1, "{query:?}");
    }
}

/// Sentences without counts and dates need none.
struct NoFormats;

impl Formats for NoFormats {
    fn category(&self, _count: u32) -> Category {
        Category::Other
    }
    fn number(&self, value: u32) -> String {
        value.to_string()
    }
    fn list(&self, items: &[String]) -> String {
        items.concat()
    }
    fn instant(&self, _rfc3339: &str) -> Option<i64> {
        None
    }
    fn date_time(&self, _at_ms: i64) -> String {
        String::new()
    }
    fn time(&self, _at_ms: i64) -> String {
        String::new()
    }
    fn date(&self, _at_ms: i64) -> String {
        String::new()
    }
    fn duration(&self, _ms: i64) -> String {
        String::new()
    }
    fn relative(&self, _at_ms: i64, _now_ms: i64) -> String {
        String::new()
    }
}
