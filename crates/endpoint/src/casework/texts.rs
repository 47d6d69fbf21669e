//! Texts that an agent begins a reply with, in the ticket's language. The words are in `static/desk/notes/`; an
//! agent edits and sends them, nothing is ever sent by itself.

use super::agent::Agent;
use crate::ticket::Record;
use partner_rules::Outcome;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const EN: &str = include_str!("../../../../static/desk/notes/en.json");
const DE: &str = include_str!("../../../../static/desk/notes/de.json");

type Catalogue = BTreeMap<String, String>;

// A catalogue that cannot be read has no texts; a test reads both.
static ENGLISH: LazyLock<Catalogue> =
    LazyLock::new(|| serde_json::from_str(EN).unwrap_or_default());
static GERMAN: LazyLock<Catalogue> = LazyLock::new(|| serde_json::from_str(DE).unwrap_or_default());

/// The texts that fit a ticket as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Drafts {
    /// What "Customer Primary Email Address" is for, and what came of setting it (R9); without an address: `null`.
    pub completed: Option<String>,
    /// Asks for the address, or for what leads to it (R9b); with an address: `null`.
    pub ask: Option<String>,
    /// Where the matter stands (R11), with a gap for the agent to fill.
    pub status: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Text {
    CompletedPriority,
    CompletedStandard,
    CompletedUndecided,
    CompletedExcluded,
    Ask,
    Status,
}

impl Text {
    const fn key(self) -> &'static str {
        match self {
            Self::CompletedPriority => "note.completed_priority",
            Self::CompletedStandard => "note.completed_standard",
            Self::CompletedUndecided => "note.completed_undecided",
            Self::CompletedExcluded => "note.completed_excluded",
            Self::Ask => "note.ask",
            Self::Status => "note.status",
        }
    }
}

pub(super) fn drafts(ticket: &Record, agent: &Agent) -> Drafts {
    let known = ticket.superadmin_email.is_some();
    Drafts {
        completed: completed(ticket, agent),
        ask: (!known).then(|| write(Text::Ask, ticket, agent)),
        status: write(Text::Status, ticket, agent),
    }
}

/// What to tell the partner when the address has been set.
pub(super) fn completed(ticket: &Record, agent: &Agent) -> Option<String> {
    ticket.superadmin_email.as_ref()?;
    let text = match ticket.classification.outcome {
        Outcome::Priority => Text::CompletedPriority,
        Outcome::Standard => Text::CompletedStandard,
        Outcome::Excluded => Text::CompletedExcluded,
        Outcome::Undecided | Outcome::Manual | Outcome::Incomplete => Text::CompletedUndecided,
    };
    Some(write(text, ticket, agent))
}

fn write(text: Text, ticket: &Record, agent: &Agent) -> String {
    let german = ticket.lang.as_deref().is_some_and(is_german);
    let catalogue = if german { &*GERMAN } else { &*ENGLISH };
    let template = catalogue.get(text.key()).map_or("", String::as_str);
    let address = ticket.superadmin_email.as_deref().unwrap_or_default();
    fill(
        template,
        &[
            ("name", &ticket.created_by_name),
            ("reference", &ticket.reference),
            ("address", address),
            ("service", &ticket.service.name),
            ("agent", &agent.name),
        ],
    )
}

fn is_german(lang: &str) -> bool {
    lang.split('-')
        .next()
        .is_some_and(|primary| primary.eq_ignore_ascii_case("de"))
}

/// Fills in each `{name}` once: what is filled in is not looked at again.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let value = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value, after))
        });
        rest = match value {
            Some((value, after)) => {
                text.push_str(value);
                after
            }
            None => {
                text.push('{');
                after
            }
        };
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const TEXTS: [Text; 6] = [
        Text::CompletedPriority,
        Text::CompletedStandard,
        Text::CompletedUndecided,
        Text::CompletedExcluded,
        Text::Ask,
        Text::Status,
    ];

    fn placeholders(text: &str) -> BTreeSet<&str> {
        let parts = text.split('{').skip(1);
        parts.filter_map(|part| part.split('}').next()).collect()
    }

    #[test]
    fn both_languages_have_every_text_with_the_same_placeholders() {
        let keys: BTreeSet<&str> = TEXTS.map(Text::key).into();
        for catalogue in [&*ENGLISH, &*GERMAN] {
            let known: BTreeSet<&str> = catalogue.keys().map(String::as_str).collect();
            assert_eq!(known, keys);
        }
        let values = ["name", "reference", "address", "service", "agent"];
        for key in keys {
            let (english, german) = (placeholders(&ENGLISH[key]), placeholders(&GERMAN[key]));
            assert_eq!(english, german, "{key}");
            assert!(english.iter().all(|name| values.contains(name)), "{key}");
        }
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        let values = [("name", "{agent}"), ("agent", "Kim")];
        assert_eq!(fill("{name} {agent} {x} {", &values), "{agent} Kim {x} {");
    }

    #[test]
    fn german_is_german_wherever_it_is_spoken() {
        assert!(is_german("de") && is_german("DE-at"));
        assert!(!is_german("den") && !is_german("en-DE") && !is_german(""));
    }
}
