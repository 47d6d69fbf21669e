//! A catalogue: English compiled in, one other language laid over it.

use super::key::{ENGLISH, Key};
use std::rc::Rc;

/// Plural categories of Unicode, as `Intl.PluralRules` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Category {
    pub const ALL: [Self; 6] = [
        Self::Zero,
        Self::One,
        Self::Two,
        Self::Few,
        Self::Many,
        Self::Other,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }

    pub fn parse(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|category| category.name() == name)
            .unwrap_or(Self::Other)
    }
}

/// Sentences of one language. What it lacks is English.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    /// By key; what has plural forms has its "other" form here.
    plain: Vec<Option<Rc<str>>>,
    /// The few remaining plural forms.
    plurals: Vec<(Key, Category, Rc<str>)>,
}

impl Catalog {
    pub fn english() -> Self {
        Self::default()
    }

    /// Adds a sentence; a plain one goes under [`Category::Other`].
    pub fn insert(&mut self, key: Key, category: Category, text: Rc<str>) {
        if category != Category::Other {
            self.plurals.push((key, category, text));
            return;
        }
        let at = key as usize;
        if self.plain.len() <= at {
            self.plain.resize(at + 1, None);
        }
        if let Some(slot) = self.plain.get_mut(at) {
            *slot = Some(text);
        }
    }

    pub fn text(&self, key: Key) -> Rc<str> {
        self.plural(key, Category::Other)
    }

    pub fn plural(&self, key: Key, category: Category) -> Rc<str> {
        let form = self
            .plurals
            .iter()
            .find(|(k, c, _)| (*k, *c) == (key, category));
        form.map(|(_, _, text)| text)
            .or_else(|| self.plain.get(key as usize)?.as_ref())
            .cloned()
            .unwrap_or_else(|| Rc::from(english(key, category)))
    }
}

fn english(key: Key, category: Category) -> &'static str {
    let (one, other) = ENGLISH.get(key as usize).copied().unwrap_or(("", ""));
    match category {
        Category::One if !one.is_empty() => one,
        Category::Zero
        | Category::One
        | Category::Two
        | Category::Few
        | Category::Many
        | Category::Other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_language_lacks_is_english() {
        let mut german = Catalog::english();
        german.insert(Key::PanelClose, Category::Other, Rc::from("Schließen"));
        assert_eq!(&*german.text(Key::PanelClose), "Schließen");
        assert_eq!(&*german.text(Key::PanelBack), "Back");
    }

    #[test]
    fn a_missing_plural_branch_falls_back_to_other() {
        let catalog = Catalog::english();
        assert_eq!(
            catalog.plural(Key::FormCountOver, Category::Many),
            catalog.text(Key::FormCountOver)
        );
        assert_ne!(
            catalog.plural(Key::FormCountOver, Category::One),
            catalog.text(Key::FormCountOver)
        );
    }

    #[test]
    fn every_key_is_found_by_its_name() {
        for key in Key::ALL {
            assert_eq!(Key::named(key.name()), Some(*key));
        }
    }
}
