//! The desk's catalogues, compiled in: every sentence that an agent reads, in English and German.
//!
//! A key that is not there shows as itself; the tests see to it that none is missing and none is left over.

mod lang;
#[cfg(test)]
mod tests;

pub(in crate::desk) use lang::Lang;

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const EN: &str = include_str!("../../../../../static/desk/en.json");
const DE: &str = include_str!("../../../../../static/desk/de.json");

/// A sentence, or one for one thing and one for any other number of them: English and German need no more.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Entry {
    Always(String),
    Counted { one: String, other: String },
}

#[derive(Debug)]
pub(in crate::desk) struct Texts {
    pub(in crate::desk) lang: Lang,
    entries: BTreeMap<String, Entry>,
}

impl Texts {
    pub(in crate::desk) fn of(lang: Lang) -> &'static Self {
        static TEXTS: OnceLock<[Texts; 2]> = OnceLock::new();
        let [english, german] = TEXTS.get_or_init(|| {
            [(Lang::En, EN), (Lang::De, DE)].map(|(lang, json)| Self {
                lang,
                // Compiled in: the tests read it before anybody else does.
                entries: serde_json::from_str(json).unwrap_or_default(),
            })
        });
        match lang {
            Lang::En => english,
            Lang::De => german,
        }
    }

    pub(in crate::desk) fn say(&self, key: &'static str) -> &str {
        match self.entries.get(key) {
            Some(Entry::Always(text) | Entry::Counted { other: text, .. }) => text,
            None => key,
        }
    }

    /// With values for the names in braces.
    pub(in crate::desk) fn with(&self, key: &'static str, values: &[(&str, &str)]) -> String {
        filled(self.say(key), values)
    }

    /// With a number of things for `{count}`.
    pub(in crate::desk) fn count(&self, key: &'static str, count: u64) -> String {
        let text = match self.entries.get(key) {
            Some(Entry::Counted { one, .. }) if count == 1 => one,
            Some(Entry::Always(text) | Entry::Counted { other: text, .. }) => text,
            None => key,
        };
        filled(text, &[("count", &count.to_string())])
    }
}

/// In one go: what stands in a value is not filled in.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        whole.push_str(before);
        let named = after.split_once('}').and_then(|(name, after)| {
            let value = values.iter().find(|(known, _)| *known == name)?;
            Some((value.1, after))
        });
        match named {
            Some((value, after)) => {
                whole.push_str(value);
                rest = after;
            }
            None => {
                whole.push('{');
                rest = after;
            }
        }
    }
    whole.push_str(rest);
    whole
}
