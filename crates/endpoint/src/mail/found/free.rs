//! What can be found in a text without labels. Looks at each text a bounded number of times, whatever it holds.

use super::address;
use crate::store::mail::SuggestionField;
use partner_rules::identifier;
use partner_rules::service::Catalogue;

/// Between the name of a number and the number: "ZOID of the customer is 123" is not guessed at.
const GAP_MAX: usize = 12;

/// Numbers that the text names, and those in addresses of Zoho's pages.
pub(super) fn numbers(text: &str) -> impl Iterator<Item = (SuggestionField, String)> {
    // Only ASCII changes, so that places stay.
    let lower = text.to_ascii_lowercase();
    let mut numbers = Vec::new();
    for (name, field) in [
        ("zoid", SuggestionField::Zoid),
        ("zgid", SuggestionField::Zgid),
        ("zuid", SuggestionField::Zuid),
        ("/org", SuggestionField::Zoid),
    ] {
        for (at, _) in lower.match_indices(name) {
            let after = lower.get(at + name.len()..).unwrap_or_default();
            let gap = if name == "/org" { 0 } else { GAP_MAX };
            if let Some(digits) = digits(after, gap) {
                numbers.push((at, field, digits));
            }
        }
    }
    numbers.sort_by_key(|(at, ..)| *at);
    numbers
        .into_iter()
        .map(|(_, field, digits)| (field, digits))
}

/// The digits that follow, with nothing but signs before them.
fn digits(after: &str, gap: usize) -> Option<String> {
    let begin = after
        .char_indices()
        .take(gap + 1)
        .find(|(_, c)| c.is_alphanumeric())?
        .0;
    let word = after.get(begin..).unwrap_or_default();
    let end = word.find(|c: char| !c.is_alphanumeric());
    let word = word.get(..end.unwrap_or(word.len())).unwrap_or_default();
    let identifier = identifier::read(word).identifier.ok()?;
    Some(identifier.as_str().to_owned())
}

/// Addresses on lines that speak of a SuperAdmin.
pub(super) fn superadmins(text: &str) -> impl Iterator<Item = String> {
    text.lines()
        .filter(|line| {
            let folded: String = line
                .chars()
                .filter(char::is_ascii_alphabetic)
                .map(|c| c.to_ascii_lowercase())
                .collect();
            folded.contains("superadmin")
        })
        .filter_map(|line| addresses(line).next())
}

/// E-mail addresses, in order.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = String> {
    let apart = |c: char| c.is_whitespace() || "<>()[]{},;:\"'|*".contains(c);
    text.split(apart)
        .filter(|word| word.contains('@'))
        .filter_map(|word| address(word.trim_matches(['.', '!', '?', '-', '>'])))
}

/// Services that the text calls by their whole name, the longest that fits: Writer Add-ons is not Writer.
pub(super) fn services<'a>(
    text: &str,
    catalogue: &'a Catalogue,
) -> impl Iterator<Item = &'a str> + use<'a> {
    let lower = text.to_ascii_lowercase();
    let names: Vec<(String, &str)> = catalogue
        .services()
        .iter()
        .map(|service| (service.name.to_ascii_lowercase(), service.name.as_str()))
        .collect();
    let mut found: Vec<&str> = Vec::new();
    for (at, _) in lower.match_indices("zoho ") {
        let rest = lower.get(at..).unwrap_or_default();
        let named = names
            .iter()
            .filter(|(name, _)| begins(rest, name))
            .max_by_key(|(name, _)| name.len());
        if let Some((_, name)) = named
            && !found.contains(name)
        {
            found.push(name);
        }
        if found.len() > super::FREE_MAX {
            break;
        }
    }
    found.into_iter()
}

fn begins(rest: &str, name: &str) -> bool {
    let after = rest.strip_prefix(name);
    after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
}
