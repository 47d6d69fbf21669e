//! What a mail says about the customer's account: our composer's form, labels as people write them, and what
//! stands in the text. Everything found is a suggestion to an agent (R9a); nothing is decided here.

mod free;
mod labels;

use super::letter::Letter;
use crate::store::mail::{Suggestion, SuggestionField, SuggestionSource};
use labels::Label;
use partner_rules::service::Catalogue;
use partner_rules::{OrgIdKind, email, identifier};
use std::collections::BTreeSet;

/// Suggestions of one field from free text: more would be noise.
const FREE_MAX: usize = 5;
/// In characters.
const VALUE_MAX: usize = 255;
/// Of a text, in bytes: several times what a ticket's description holds.
const FREE_TEXT_MAX: usize = 200_000;

/// What was found. Empty: not found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// Behind a label, as typed.
    pub(crate) service: String,
    pub(crate) org_id_kind: OrgIdKind,
    /// Behind a label, digits.
    pub(crate) org_id: String,
    pub(crate) zuid: Option<String>,
    pub(crate) customer_email: Option<String>,
    /// Of the composer's form.
    pub(crate) subject: Option<String>,
    /// Of the composer's form.
    pub(crate) description: Option<String>,
    /// The likeliest first; each once.
    pub(crate) suggestions: Vec<Suggestion>,
}

/// Reads a mail. `ours`: keys of addresses that are no customer's.
pub(crate) fn read(letter: &Letter, catalogue: &Catalogue, ours: &BTreeSet<String>) -> Found {
    let mut found = Found::default();
    let own = labels::lines(&letter.text);
    found.form(&own);
    found.labelled(&own, SuggestionSource::Form);
    for text in &letter.forwarded {
        found.labelled(&labels::lines(text), SuggestionSource::Forwarded);
    }
    found.free(&letter.subject, SuggestionSource::Text, catalogue, ours);
    found.free(&letter.text, SuggestionSource::Text, catalogue, ours);
    for text in &letter.forwarded {
        found.free(text, SuggestionSource::Forwarded, catalogue, ours);
    }
    found
}

/// What stands in a text that came by another way: behind labels, or anywhere. `ours` as for a mail.
pub(crate) fn in_text(
    text: &str,
    ours: &BTreeSet<String>,
) -> impl Iterator<Item = (SuggestionField, String)> + use<> {
    let text = text
        .get(..text.floor_char_boundary(FREE_TEXT_MAX))
        .unwrap_or(text);
    let mut found = Found::default();
    found.labelled(&labels::lines(text), SuggestionSource::Text);
    found.leads(text, SuggestionSource::Text, ours);
    let suggestions = found.suggestions.into_iter();
    suggestions.map(|Suggestion { field, value, .. }| (field, value))
}

impl Found {
    /// Subject and description, if this is the form that our composer writes: its first and its last label.
    fn form(&mut self, lines: &[labels::Line<'_>]) {
        let has = |wanted: Label| lines.iter().any(|line| line.label == wanted);
        if !has(Label::Superadmin) || !has(Label::Service) {
            return;
        }
        let end = lines
            .iter()
            .position(|line| line.label == Label::Description);
        let Some((end, last)) = end.and_then(|end| Some((end, lines.get(end)?))) else {
            return;
        };
        self.description = Some(last.rest.trim().to_owned()).filter(|text| !text.is_empty());
        let head = lines.get(..end).unwrap_or_default();
        let subject = head.iter().find(|line| line.label == Label::Subject);
        self.subject = subject
            .map(|line| super::letter::line(&line.value))
            .filter(|text| !text.is_empty());
    }

    fn labelled(&mut self, lines: &[labels::Line<'_>], source: SuggestionSource) {
        let own = source == SuggestionSource::Form;
        for line in lines {
            let value = line.value.trim();
            match line.label {
                Label::Superadmin => {
                    if let Some(address) = free::addresses(value).next() {
                        self.suggest(SuggestionField::SuperadminEmail, &address, source);
                    }
                }
                Label::Customer => {
                    if let Some(address) = free::addresses(value).next() {
                        self.suggest(SuggestionField::CustomerEmail, &address, source);
                        self.customer_email.get_or_insert(address);
                    }
                }
                Label::Service => {
                    if !value.is_empty() {
                        self.suggest(SuggestionField::Service, value, source);
                        if own && self.service.is_empty() {
                            self.service = value.chars().take(VALUE_MAX).collect();
                        }
                    }
                }
                Label::Organisation(kind) => {
                    if let Some(digits) = digits(value) {
                        let kind = kind.unwrap_or_default();
                        self.suggest(field(kind), &digits, source);
                        if self.org_id.is_empty() {
                            (self.org_id_kind, self.org_id) = (kind, digits);
                        }
                    }
                }
                Label::Zuid => {
                    if let Some(digits) = digits(value) {
                        self.suggest(SuggestionField::Zuid, &digits, source);
                        self.zuid.get_or_insert(digits);
                    }
                }
                Label::DataCentre | Label::Subject | Label::Description => {}
            }
        }
    }

    fn free(
        &mut self,
        text: &str,
        source: SuggestionSource,
        catalogue: &Catalogue,
        ours: &BTreeSet<String>,
    ) {
        let text = text
            .get(..text.floor_char_boundary(FREE_TEXT_MAX))
            .unwrap_or(text);
        self.leads(text, source, ours);
        for name in free::services(text, catalogue).take(FREE_MAX) {
            self.suggest(SuggestionField::Service, name, source);
        }
    }

    /// What leads to an account.
    fn leads(&mut self, text: &str, source: SuggestionSource, ours: &BTreeSet<String>) {
        for (field, digits) in free::numbers(text).take(FREE_MAX) {
            self.suggest(field, &digits, source);
        }
        for address in free::superadmins(text).take(FREE_MAX) {
            self.suggest(SuggestionField::SuperadminEmail, &address, source);
        }
        let strangers = free::addresses(text).filter(|address| {
            !ours.contains(&crate::directory::address_key(address)) && !self.has_address(address)
        });
        for address in strangers.take(FREE_MAX).collect::<Vec<_>>() {
            self.suggest(SuggestionField::CustomerEmail, &address, source);
        }
    }

    fn has_address(&self, address: &str) -> bool {
        self.suggestions
            .iter()
            .any(|known| known.value.eq_ignore_ascii_case(address))
    }

    fn suggest(&mut self, field: SuggestionField, value: &str, source: SuggestionSource) {
        let value: String = super::letter::line(value).chars().take(VALUE_MAX).collect();
        let known = self
            .suggestions
            .iter()
            .any(|one| one.field == field && one.value == value);
        if !value.is_empty() && !known {
            self.suggestions.push(Suggestion {
                field,
                value,
                source,
            });
        }
    }
}

const fn field(kind: OrgIdKind) -> SuggestionField {
    match kind {
        OrgIdKind::Zoid => SuggestionField::Zoid,
        OrgIdKind::Zgid => SuggestionField::Zgid,
    }
}

/// The number in a value, by the rules of the form; or the first that stands in it.
fn digits(value: &str) -> Option<String> {
    let read = |text: &str| {
        let identifier = identifier::read(text).identifier.ok()?;
        Some(identifier.as_str().to_owned())
    };
    read(value).or_else(|| value.split_whitespace().find_map(read))
}

/// An address that the rules take.
fn address(text: &str) -> Option<String> {
    let address = email::parse(text).ok()?;
    Some(address.as_str().to_owned())
}

#[cfg(test)]
mod tests;
