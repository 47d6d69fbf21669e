//! The catalogues: every language has every key, the same placeholders, and nothing unused.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may panic: that is how it fails"
)]

mod help;

use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

type Catalogue = Map<String, Value>;

fn catalogue(path: &Path) -> Catalogue {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn english() -> Catalogue {
    catalogue(Path::new("static/locales/en.json"))
}

fn others() -> Vec<(String, Catalogue)> {
    let files = fs::read_dir("static/locales")
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = files
        .filter(|path| path.file_stem().is_some_and(|stem| stem != "en"))
        .map(|path| (path.display().to_string(), catalogue(&path)))
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(!found.is_empty());
    found
}

fn placeholders(text: &str) -> BTreeSet<String> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
        .collect()
}

fn forms(value: &Value) -> Vec<&str> {
    match value.as_object() {
        Some(forms) => forms.values().filter_map(Value::as_str).collect(),
        None => value.as_str().into_iter().collect(),
    }
}

/// The sentence, or its "other" form.
fn general(value: &Value) -> &str {
    value.get("other").unwrap_or(value).as_str().unwrap()
}

#[test]
fn every_language_has_exactly_the_keys_of_english() {
    let wanted: BTreeSet<_> = english().keys().cloned().collect();
    for (file, found) in others() {
        let found: BTreeSet<_> = found.keys().cloned().collect();
        assert_eq!(found, wanted, "{file}");
    }
}

#[test]
fn every_sentence_has_the_same_placeholders_in_every_language() {
    let english = english();
    for (file, found) in others() {
        for (key, value) in &found {
            let wanted = placeholders(general(&english[key]));
            assert_eq!(placeholders(general(value)), wanted, "{file}: {key}");
            // "One thing to correct" may say its number in words.
            for text in forms(value) {
                assert!(placeholders(text).is_subset(&wanted), "{file}: {key}");
            }
        }
    }
}

/// The plural categories of cardinal numbers by CLDR.
fn categories(file: &str) -> BTreeSet<&'static str> {
    let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str());
    match stem.unwrap() {
        "ja" => BTreeSet::from(["other"]),
        "de" | "nl" | "hi" => BTreeSet::from(["one", "other"]),
        "fr" | "es" | "pt-BR" => BTreeSet::from(["one", "many", "other"]),
        "ar" => BTreeSet::from(["zero", "one", "two", "few", "many", "other"]),
        other => panic!("the plurals of {other} are not known here"),
    }
}

/// From the loader: what it says without the app.
#[test]
fn there_are_nine_languages_the_loader_s() {
    let loader = fs::read_to_string("static/partner-desk.js").unwrap();
    let (_, texts) = loader.split_once("const TEXTS = `").unwrap();
    let (texts, _) = texts.split_once('`').unwrap();
    let wanted: BTreeSet<_> = texts
        .lines()
        .map(|line| line.split_once('|').unwrap().0.to_owned())
        .collect();
    let mut found: BTreeSet<_> = others()
        .iter()
        .map(|(file, _)| {
            Path::new(file)
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    found.insert("en".to_owned());
    assert_eq!(found, wanted);
    assert_eq!(found.len(), 9);
}

/// The words of the source page, where it has the page in that language.
#[test]
fn large_accounts_are_called_what_the_source_calls_them() {
    let words = [
        ("de", "Large User Account"),
        ("fr", "compte grand utilisateur"),
        ("nl", "grote gebruikersaccount"),
        ("pt-BR", "conta de usuário de grande porte"),
        ("es", "cuenta grande de usuario"),
    ];
    let others = others();
    for (lang, word) in words {
        let file = format!("static/locales/{lang}.json");
        let (_, catalogue) = others.iter().find(|(name, _)| *name == file).unwrap();
        let found = catalogue.values().any(|value| {
            forms(value)
                .iter()
                .any(|text| text.to_lowercase().contains(&word.to_lowercase()))
        });
        assert!(found, "{lang}: {word}");
    }
}

#[test]
fn plural_branches_are_those_of_the_language_and_nothing_is_empty() {
    let english = english();
    for (file, found) in others() {
        for (key, value) in &found {
            assert_eq!(value.is_object(), english[key].is_object(), "{file}: {key}");
            assert!(
                forms(value).iter().all(|text| !text.trim().is_empty()),
                "{file}: {key}"
            );
            if let Value::Object(branches) = value {
                let branches: BTreeSet<_> = branches.keys().map(String::as_str).collect();
                assert_eq!(branches, categories(&file), "{file}: {key}");
            }
        }
    }
}

#[test]
fn no_key_is_unused() {
    let code = source(Path::new("src"));
    // Made from codes at run time: one sentence per field and violation, one per category.
    let made = |key: &str| {
        key.strip_prefix("error.")
            .is_some_and(|rest| rest.contains('.'))
            || key.starts_with("category.")
    };
    let unused: Vec<_> = english()
        .keys()
        .filter(|key| !made(key) && !code.contains(&format!("Key::{}", variant(key))))
        .cloned()
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_violation_of_the_fixtures_has_its_own_sentence() {
    let english = english();
    let text = fs::read_to_string("crates/rules/fixtures/drafts.json").unwrap();
    let fixtures: Value = serde_json::from_str(&text).unwrap();
    let found: BTreeSet<_> = violations(&fixtures).into_iter().collect();
    let mut sentences = BTreeSet::new();
    for (field, code) in &found {
        let key = format!("error.{field}.{code}");
        let sentence = english
            .get(&key)
            .unwrap_or_else(|| panic!("no sentence {key}"));
        assert!(
            sentences.insert(sentence.as_str()),
            "{key} says what another one says"
        );
    }
    assert!(
        found.len() > 20,
        "the fixtures name {} violations",
        found.len()
    );
}

/// Every `{field, code}` below, hints aside.
fn violations(value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Array(items) => items.iter().flat_map(violations).collect(),
        Value::Object(fields) => {
            let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
            let own = text("field").zip(text("code"));
            let below = fields
                .iter()
                .filter(|(name, _)| *name != "hints")
                .map(|(_, v)| v);
            own.into_iter().chain(below.flat_map(violations)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn source(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text.push_str(&source(&path));
        } else {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    text
}

fn variant(key: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    key.split(['.', '_', '-']).map(word).collect()
}
