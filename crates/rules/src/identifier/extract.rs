//! Takes the number out of what people paste.

use super::digits::ascii_digit;
use crate::codes::HintCode;
use crate::text::{clean, narrow};

/// The text without what could be taken away, and what that was. Only if it is digits now is it
/// the number; otherwise something else is in it.
pub(super) fn digits(text: &str) -> (String, Vec<HintCode>) {
    let mut hints = Vec::new();
    let (text, invisible_removed) = clean(text);
    if invisible_removed {
        hints.push(HintCode::InvisibleRemoved);
    }
    let ascii: String = text
        .chars()
        .map(|c| ascii_digit(c).unwrap_or_else(|| narrow(c)))
        .collect();
    if text.contains(|c| ascii_digit(c).is_some()) {
        hints.push(HintCode::DigitsConverted);
    }
    let mut rest = ascii.as_str();
    if let Some(number) = in_address(rest) {
        hints.push(HintCode::UrlExtracted);
        rest = number;
    } else if let Some(number) = after_org(rest) {
        hints.push(HintCode::OrgPrefixRemoved);
        rest = number;
    }
    let joined = join(rest);
    if joined.len() != rest.len() {
        hints.push(HintCode::SeparatorsRemoved);
    }
    (joined, hints)
}

/// The number of the first `/org<digits>` that ends its part of an address.
fn in_address(text: &str) -> Option<&str> {
    text.split(['/', '?', '#']).skip(1).find_map(|part| {
        let number = after_org(part)?;
        number
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then_some(number)
    })
}

/// What follows `org`, if it begins with a digit; blanks and signs in between go with the prefix.
fn after_org(text: &str) -> Option<&str> {
    let (prefix, rest) = text.split_at_checked(3)?;
    let number = rest.trim_start_matches(is_separator);
    (prefix.eq_ignore_ascii_case("org") && number.starts_with(|c: char| c.is_ascii_digit()))
        .then_some(number)
}

/// Separators between two digits disappear; anywhere else they stay.
fn join(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = rest.trim_start_matches(is_separator);
        let run = rest.get(..rest.len() - after.len()).unwrap_or_default();
        if run.is_empty() {
            joined.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        } else {
            let digit = |c: char| c.is_ascii_digit();
            if !(joined.ends_with(digit) && after.starts_with(digit)) {
                joined.push_str(run);
            }
            rest = after;
        }
    }
    joined
}

/// What people and programs put between digits: blanks, dashes, stops, commas, apostrophes.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '.' | ',' | '\'' | '_' | '/' | '\u{2010}'
                ..='\u{2015}'
                    | '\u{2018}'
                    | '\u{2019}'
                    | '\u{2212}'
                    | '\u{066B}'
                    | '\u{066C}'
                    | '\u{00B7}'
        )
}
