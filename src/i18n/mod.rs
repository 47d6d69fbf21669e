//! CORE: sentences by key, in the partner's language.
//!
//! No Yew, no browser. Every sentence is a key of `static/locales`; plurals, numbers, dates and
//! lists are formatted by whatever implements [`Formats`] (the browser's `Intl`).

mod catalog;
mod fill;
mod formats;
mod key;

pub use catalog::{Catalog, Category};
pub use formats::Formats;
pub use key::Key;

use fill::fill;
use std::rc::Rc;

/// Sentences and formats of one language. Cheap to clone; equal when it is the same one.
#[derive(Clone)]
pub struct Texts(Rc<Inner>);

struct Inner {
    lang: Rc<str>,
    catalog: Catalog,
    formats: Box<dyn Formats>,
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// English without locale data: what components show when nothing else is provided.
pub fn plain_english() -> Texts {
    Texts::new("en", Catalog::english(), Box::new(formats::PlainFormats))
}

impl Texts {
    pub fn new(lang: &str, catalog: Catalog, formats: Box<dyn Formats>) -> Self {
        Self(Rc::new(Inner {
            lang: Rc::from(lang),
            catalog,
            formats,
        }))
    }

    /// The tag of the language.
    pub fn lang(&self) -> &str {
        &self.0.lang
    }

    /// The sentence for a key.
    pub fn get(&self, key: Key) -> Rc<str> {
        self.0.catalog.text(key)
    }

    /// The sentence with its `{placeholders}` filled in.
    pub fn with(&self, key: Key, values: &[(&str, &str)]) -> String {
        fill(&self.0.catalog.text(key), values)
    }

    /// The plural form for `count`, with `{count}` filled in.
    pub fn count(&self, key: Key, count: u32) -> String {
        self.count_with(key, count, ("count", ""))
    }

    /// The same, with another placeholder filled in.
    pub fn count_with(&self, key: Key, count: u32, value: (&str, &str)) -> String {
        let category = self.0.formats.category(count);
        let number = self.0.formats.number(count);
        let values = [("count", &*number), value];
        fill(&self.0.catalog.plural(key, category), &values)
    }

    /// The sentence of a key made from a code at run time, if the catalogue has it.
    pub fn find(&self, name: &str) -> Option<Rc<str>> {
        Key::named(name).map(|key| self.get(key))
    }

    pub fn formats(&self) -> &dyn Formats {
        &*self.0.formats
    }
}
