//! A mail as a ticket. It always waits for an agent (R9a): no severity, no SuperAdmin address, no clock,
//! whatever the mail says. What was found is suggested.

use super::Office;
use super::found::Found;
use super::letter::{self, Letter};
use crate::store::mail::Shopper;
use crate::ticket::{Record, Work};
use partner_rules::service::Resolved;
use partner_rules::wire::{
    AuthorKind, Channel, ClassificationView, LastChange, Status, TicketChange,
};
use partner_rules::{Outcome, Reason};

/// Words that make a mail German rather than English. One of each would be chance.
const GERMAN: [&str; 14] = [
    "und", "der", "die", "das", "ist", "nicht", "wir", "ich", "bitte", "für", "mit", "seit",
    "hallo", "grüße",
];
const ENGLISH: [&str; 14] = [
    "and", "the", "is", "not", "we", "please", "for", "with", "since", "hello", "of", "to", "you",
    "regards",
];
/// Words that are counted.
const WORDS_MAX: usize = 2_000;

/// The ticket, and whether its description lacks some of the text.
pub(super) fn record(
    office: &Office,
    letter: &Letter,
    found: &Found,
    whose: &Shopper,
    sub: &str,
) -> (Record, bool) {
    let limits = office.policy.rules().limits();
    let text = whole(letter);
    let (description, cut) = match &found.description {
        Some(form) => shortened(&letter::prose(form), limits.description_max),
        None => shortened(&text, limits.description_max),
    };
    let subject = found
        .subject
        .clone()
        .unwrap_or_else(|| letter.subject.clone());
    let subject = if subject.is_empty() {
        letter::line(description.lines().next().unwrap_or_default())
    } else {
        subject
    };
    let service = match found.service.is_empty() {
        true => unnamed(),
        false => office.policy.rules().catalogue().resolve(&found.service),
    };
    let now = office.clock.now();
    let record = Record {
        reference: String::new(),
        shop_id: whose.shop_id.clone(),
        created_by: sub.to_owned(),
        created_by_name: name(whose, letter),
        dc: office.config.dc,
        region: office.config.region,
        created_at: now,
        updated_at: now,
        channel: Channel::Email,
        lang: Some(language(&text).to_owned()),
        status: Status::Open,
        classification: verdict(office, &service),
        service,
        org_id_kind: found.org_id_kind,
        org_id: found.org_id.clone(),
        subject: shortened(&subject, limits.subject_max).0,
        description,
        superadmin_email: None,
        customer_email: found.customer_email.clone(),
        zuid: found.zuid.clone(),
        severity: None,
        priority_customer: false,
        preview: None,
        last: LastChange {
            change: TicketChange::Filed,
            by: AuthorKind::Partner,
        },
        work: Work::default(),
    };
    (record, cut)
}

/// As the shop knows them, else as they call themselves.
pub(super) fn name(whose: &Shopper, letter: &Letter) -> String {
    let known = whose.name.clone().filter(|name| !name.trim().is_empty());
    known.unwrap_or_else(|| match letter.from_name.as_str() {
        "" => whose.email.clone(),
        name => name.to_owned(),
    })
}

/// All that somebody can read in it: the text, and the mails that were enclosed.
pub(super) fn whole(letter: &Letter) -> String {
    let texts = std::iter::once(&letter.text).chain(&letter.forwarded);
    let texts: Vec<&str> = texts
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    texts.join("\n\n")
}

/// At most so many characters, and whether that is less than there was.
pub(super) fn shortened(text: &str, max: u32) -> (String, bool) {
    let max = usize::try_from(max).unwrap_or(usize::MAX);
    match text.char_indices().nth(max) {
        None => (text.to_owned(), false),
        Some((end, _)) => {
            let kept = text.get(..end).unwrap_or_default();
            (kept.trim_end().to_owned(), true)
        }
    }
}

/// Excluded, if the mail names one of the five; otherwise an agent completes it.
fn verdict(office: &Office, service: &Resolved) -> ClassificationView {
    let policy = office.policy.rules();
    let metric = policy.exclusion(&service.id).filter(|_| service.listed);
    let mut reasons = Vec::new();
    if !service.name.is_empty() {
        reasons.push(match (metric, service.listed) {
            (Some(_), _) => Reason::ServiceExcluded,
            (None, true) => Reason::ServiceEligible,
            (None, false) => Reason::ServiceUnlisted,
        });
    }
    let outcome = match metric {
        Some(_) => Outcome::Excluded,
        None => {
            reasons.push(Reason::SuperadminUnknown);
            Outcome::Manual
        }
    };
    ClassificationView {
        outcome,
        metric,
        reasons,
        commitment: None,
        policy_version: policy.version().to_owned(),
    }
}

fn unnamed() -> Resolved {
    Resolved {
        id: String::new(),
        name: String::new(),
        listed: false,
    }
}

/// The language that notices are written in.
fn language(text: &str) -> &'static str {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
        .map(str::to_lowercase)
        .collect();
    let count = |list: &[&str]| {
        words
            .iter()
            .filter(|word| list.contains(&word.as_str()))
            .count()
    };
    if count(&GERMAN) > count(&ENGLISH) {
        "de"
    } else {
        "en"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_that_of_most_words() {
        for (text, wanted) in [
            (
                "Hallo, seit heute ist die Verbindung weg. Bitte um Hilfe.",
                "de",
            ),
            (
                "Hello, since today the connection is lost. Please help.",
                "en",
            ),
            ("", "en"),
            ("Die, the bart, die", "de"),
        ] {
            assert_eq!(language(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_text_is_cut_by_characters() {
        assert_eq!(shortened("größe", 3), ("grö".to_owned(), true));
        assert_eq!(shortened("größe", 5), ("größe".to_owned(), false));
    }
}
