//! The sentences of notices, in `static/desk/mail/`. A language that has none is English.

use std::collections::BTreeMap;
use std::sync::LazyLock;

type Texts = BTreeMap<String, String>;

static ENGLISH: LazyLock<Texts> =
    LazyLock::new(|| read(include_str!("../../../../../static/desk/mail/en.json")));
static GERMAN: LazyLock<Texts> =
    LazyLock::new(|| read(include_str!("../../../../../static/desk/mail/de.json")));

fn read(json: &str) -> Texts {
    serde_json::from_str(json).unwrap_or_default()
}

/// The catalogue of a ticket's language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Catalogue(&'static Texts);

impl Catalogue {
    pub(crate) fn of(lang: Option<&str>) -> Self {
        let german = lang.is_some_and(|lang| lang == "de" || lang.starts_with("de-"));
        Self(if german { &GERMAN } else { &ENGLISH })
    }

    /// A sentence with its values filled in; what a value says is never taken for a place to fill.
    pub(crate) fn text(self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.0.get(key).map(String::as_str).unwrap_or_default();
        let mut text = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                rest = after;
                break;
            };
            let value = values.iter().find(|(known, _)| *known == name);
            text.push_str(value.map_or("", |(_, value)| value));
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

/// The line above which answers are written, in every language.
pub(crate) fn above() -> impl Iterator<Item = &'static str> {
    [&ENGLISH, &GERMAN]
        .into_iter()
        .filter_map(|texts| texts.get("mail.above").map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_sentences_with_the_same_places() {
        let places = |text: &str| {
            let mut places: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|after| Some(after.split_once('}')?.0.to_owned()))
                .collect();
            places.sort();
            places
        };
        let ours = |texts: &Texts| -> BTreeMap<String, Vec<String>> {
            let mail = texts.iter().filter(|(key, _)| key.starts_with("mail."));
            mail.map(|(key, text)| (key.clone(), places(text)))
                .collect()
        };
        assert!(!ENGLISH.is_empty());
        assert_eq!(ours(&ENGLISH), ours(&GERMAN));
        assert_eq!(above().count(), 2);
    }

    #[test]
    fn a_value_is_never_a_place() {
        let catalogue = Catalogue::of(Some("de-AT"));
        let text = catalogue.text(
            "mail.subject",
            &[("reference", "{subject}"), ("subject", "{x")],
        );
        assert_eq!(text, "[{subject}] {x");
        assert_eq!(Catalogue::of(Some("fr")).text("no.such", &[]), "");
    }
}
