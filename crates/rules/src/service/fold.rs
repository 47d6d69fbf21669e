//! Two ways to write a name down: the folded key that is compared, and the id.
//!
//! Lower case by rule, not by table: the names are ASCII, an operator's own may be Latin, Greek or
//! Cyrillic, and Unicode's whole tables would weigh in the widget.

use crate::text::{is_invisible, narrow};

/// A folded character and the bytes of the name it came from.
pub(super) struct Place {
    pub(super) char: char,
    pub(super) start: usize,
    pub(super) end: usize,
    /// First of a word, where a prefix may begin.
    pub(super) opens_word: bool,
}

/// The key under which names are compared: lower case, letters and digits only, without a leading
/// "Zoho" (alone it stays). `Zoho  Page-Sense`, `ZohoPageSense` and `pagesense` are one.
pub(super) fn fold(text: &str) -> String {
    let key: String = text.chars().filter_map(folded).collect();
    match key.strip_prefix("zoho") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        Some(_) | None => key,
    }
}

/// The characters of the folded name, each with its place; "Zoho" is still there.
pub(super) fn places(name: &str) -> Vec<Place> {
    let mut opens_word = true;
    let mut places = Vec::with_capacity(name.len());
    for (start, c) in name.char_indices() {
        if let Some(char) = folded(c) {
            places.push(Place {
                char,
                start,
                end: start + c.len_utf8(),
                opens_word,
            });
        }
        opens_word = folded(c).is_none();
    }
    places
}

/// The recipe for ids: the name without "Zoho", lower case, hyphens. Empty for a text without
/// letters and digits.
pub fn slug(name: &str) -> String {
    let mut words = String::with_capacity(name.len());
    for c in name.chars().filter(|c| !is_invisible(*c)) {
        match folded(c) {
            Some(c) => words.push(c),
            None if !words.is_empty() && !words.ends_with('-') => words.push('-'),
            None => {}
        }
    }
    let id = words.trim_end_matches('-');
    id.strip_prefix("zoho-").unwrap_or(id).to_owned()
}

/// The character under which it is compared; nothing for signs and blanks.
pub(crate) fn folded(c: char) -> Option<char> {
    let c = narrow(c);
    (c.is_alphanumeric() && !is_invisible(c)).then(|| lower(c))
}

fn lower(c: char) -> char {
    let distance = match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => 0x20,
        'Ѐ'..='Џ' => 0x50,
        _ => 0,
    };
    char::from_u32(u32::from(c) + distance).unwrap_or(c)
}
