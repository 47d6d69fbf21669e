//! The catalogues have the same keys and placeholders, and the pages use every key.

use super::*;
use std::collections::BTreeSet;
use std::path::Path;

type Catalogue = BTreeMap<String, Entry>;

fn catalogues() -> [(&'static str, Catalogue); 2] {
    [("en", EN), ("de", DE)].map(|(lang, json)| {
        let entries: Catalogue = serde_json::from_str(json).expect("a catalogue");
        assert!(!entries.is_empty(), "{lang}");
        (lang, entries)
    })
}

/// The names in braces, in order of the alphabet.
fn placeholders(text: &str) -> BTreeSet<String> {
    text.split('{')
        .skip(1)
        .map(|rest| {
            rest.split_once('}')
                .expect("a brace that closes")
                .0
                .to_owned()
        })
        .collect()
}

fn texts(entry: &Entry) -> Vec<&String> {
    match entry {
        Entry::Always(text) => vec![text],
        Entry::Counted { one, other } => vec![one, other],
    }
}

#[test]
fn both_languages_have_the_same_keys_and_placeholders() {
    let [(_, english), (_, german)] = catalogues();
    let keys = |catalogue: &Catalogue| catalogue.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&english), keys(&german));
    for (key, entry) in &english {
        let other = &german[key];
        let counted = |entry: &Entry| matches!(entry, Entry::Counted { .. });
        assert_eq!(counted(entry), counted(other), "{key}");
        let names = |entry: &Entry| {
            let all = texts(entry).into_iter().map(|text| placeholders(text));
            all.collect::<BTreeSet<_>>()
        };
        assert_eq!(names(entry), names(other), "{key}");
    }
}

#[test]
fn texts_are_whole_and_without_markup() {
    for (lang, catalogue) in catalogues() {
        for (key, entry) in &catalogue {
            for text in texts(entry) {
                assert_eq!(text.trim(), text, "{lang} {key}");
                assert!(!text.is_empty(), "{lang} {key}");
                assert!(!text.contains(['<', '>', '\n', '\t']), "{lang} {key}");
                assert!(!text.contains("  "), "{lang} {key}");
            }
        }
    }
}

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if !path.ends_with("texts/tests.rs") {
            found.push(std::fs::read_to_string(path).expect("source"));
        }
    }
}

/// Words joined by dots, such as `queue.title`.
fn is_key(text: &str) -> bool {
    let words: Vec<&str> = text.split('.').collect();
    let ends = ["css", "svg", "rs", "json", "example", "invalid"];
    words.len() > 1
        && words.iter().all(|word| {
            word.starts_with(|c: char| c.is_ascii_lowercase())
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        })
        && words.last().is_some_and(|last| !ends.contains(last))
}

#[test]
fn every_key_is_used_and_every_used_key_is_there() {
    let mut files = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/desk"),
        &mut files,
    );
    let code = files.join("\n");
    let used: BTreeSet<String> = code
        .split('"')
        .filter(|text| is_key(text))
        .map(str::to_owned)
        .collect();
    let [(_, english), _] = catalogues();
    let known: BTreeSet<String> = english.keys().cloned().collect();
    assert_eq!(
        used.difference(&known).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "used, not in the catalogue"
    );
    assert_eq!(
        known.difference(&used).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "in the catalogue, not used"
    );
}

#[test]
fn no_page_is_made_of_raw_html() {
    let mut files = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/desk"),
        &mut files,
    );
    // Tests quote what must not be there.
    let code = files
        .iter()
        .filter_map(|file| file.split("#[cfg(test)]\nmod tests {").next())
        .collect::<Vec<_>>()
        .join("\n");
    for raw in ["PreEscaped", " style=", " onclick=", "<script", " script "] {
        let lines = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        let found = lines.filter(|line| line.contains(raw)).collect::<Vec<_>>();
        assert_eq!(found, Vec::<&str>::new(), "{raw}");
    }
}

#[test]
fn values_are_filled_in_once() {
    assert_eq!(
        filled("{a} and {b}", &[("a", "{b}"), ("b", "x")]),
        "{b} and x"
    );
    assert_eq!(filled("{a} {", &[("b", "x")]), "{a} {");
    let texts = Texts::of(Lang::En);
    assert_eq!(texts.count("time.days_ago", 1), "1 day ago");
    assert_eq!(texts.count("time.days_ago", 2), "2 days ago");
    assert_eq!(texts.say("no.such.key"), "no.such.key");
}
