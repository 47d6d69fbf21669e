//! What a notice says: plain text in the ticket's language, and headers that the library writes, so that no
//! text of anybody can become one.

use super::texts::Catalogue;
use crate::mail::letter;
use crate::store::mail::outbox::Notice;
use crate::store::mail::{Suggestion, SuggestionField};
use lettre::Address;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use partner_rules::wire::TicketChange;
use partner_rules::{Metric, Severity};
use std::error::Error;

/// Tells mail servers and absent people's programs not to answer (RFC 3834).
#[derive(Clone, Debug)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-replied".to_owned())
    }
}

/// Who it goes to, and under which name it is answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Envelope<'a> {
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    /// Without brackets.
    pub(super) message_id: &'a str,
}

/// The mail; `None` if an address cannot stand in one.
pub(super) fn message(
    notice: &Notice,
    suggestions: &[Suggestion],
    envelope: Envelope<'_>,
) -> Option<Message> {
    let catalogue = Catalogue::of(notice.ticket.lang.as_deref());
    let address = |text: &str| text.parse::<Address>().ok();
    let mut message = Message::builder()
        .from(Mailbox::new(None, address(envelope.from)?))
        .to(Mailbox::new(None, address(envelope.to)?))
        .subject(subject(notice, catalogue))
        .message_id(Some(bracketed(envelope.message_id)))
        .header(AutoSubmitted)
        .header(ContentType::TEXT_PLAIN);
    if let Some(thread) = &notice.thread {
        message = message
            .in_reply_to(bracketed(thread))
            .references(bracketed(thread));
    }
    message.body(body(notice, suggestions, catalogue)).ok()
}

fn bracketed(id: &str) -> String {
    format!("<{id}>")
}

fn subject(notice: &Notice, catalogue: Catalogue) -> String {
    let subject = letter::line(&notice.ticket.subject);
    let key = match subject.is_empty() {
        true => "mail.subject_none",
        false => "mail.subject",
    };
    let reference = notice.ticket.reference.as_str();
    catalogue.text(key, &[("reference", reference), ("subject", &subject)])
}

fn body(notice: &Notice, suggestions: &[Suggestion], catalogue: Catalogue) -> String {
    let ticket = &notice.ticket;
    let plain = |key| catalogue.text(key, &[]);
    let about = |key| catalogue.text(key, &[("reference", &ticket.reference)]);
    let name = letter::line(&ticket.created_by_name);
    let mut paragraphs = vec![
        plain("mail.above"),
        catalogue.text("mail.greeting", &[("name", &name)]),
        about(key(notice.change)),
    ];
    match notice.change {
        TicketChange::Filed => {
            paragraphs.extend(filed(notice, suggestions, catalogue));
        }
        TicketChange::Completed
        | TicketChange::Verified
        | TicketChange::Reclassified
        | TicketChange::Raised => paragraphs.push(match ticket.severity.map(Severity::code) {
            Some(severity) => catalogue.text("mail.severity", &[("severity", severity)]),
            None => plain("mail.severity_none"),
        }),
        TicketChange::Replied
        | TicketChange::Closed
        | TicketChange::Reopened
        | TicketChange::Held
        | TicketChange::Resumed => {}
    }
    if let Some(message) = &notice.message {
        if notice.change != TicketChange::Replied {
            paragraphs.push(plain("mail.said"));
        }
        paragraphs.push(letter::prose(message));
    }
    paragraphs.push(plain("mail.answer"));
    paragraphs.join("\n\n") + "\n"
}

const fn key(change: TicketChange) -> &'static str {
    match change {
        TicketChange::Filed => "mail.filed",
        TicketChange::Replied => "mail.replied",
        TicketChange::Closed => "mail.closed",
        TicketChange::Reopened => "mail.reopened",
        TicketChange::Held => "mail.held",
        TicketChange::Resumed => "mail.resumed",
        TicketChange::Completed => "mail.completed",
        TicketChange::Verified => "mail.verified",
        TicketChange::Reclassified => "mail.reclassified",
        TicketChange::Raised => "mail.raised",
    }
}

/// What happens next, and what is missing.
fn filed(notice: &Notice, suggestions: &[Suggestion], catalogue: Catalogue) -> Vec<String> {
    let values = |field| {
        let named = suggestions.iter().filter(move |one| one.field == field);
        named.map(|one| one.value.as_str())
    };
    let metric: Option<Metric> = notice.ticket.classification.metric;
    let mut paragraphs = vec![match metric {
        Some(_) => {
            let service = letter::line(&notice.ticket.service.name);
            catalogue.text("mail.excluded", &[("service", &service)])
        }
        None => catalogue.text("mail.waits", &[]),
    }];
    paragraphs.push(match values(SuggestionField::SuperadminEmail).next() {
        Some(address) => catalogue.text("mail.found", &[("address", address)]),
        None => catalogue.text("mail.missing", &[]),
    });
    let refused: Vec<String> = values(SuggestionField::RefusedFile)
        .map(|name| format!("- {name}"))
        .collect();
    if !refused.is_empty() {
        let told = catalogue.text("mail.refused", &[]);
        paragraphs.push(format!("{told}\n{}", refused.join("\n")));
    }
    paragraphs
}
