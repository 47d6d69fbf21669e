//! What a ticket has that may lead to an account: in its fields, in its mail, in what the partner wrote.

use super::super::view::CaseMessage;
use super::{FoundKind, FoundSource};
use crate::app::App;
use crate::directory::address_key;
use crate::mail::found;
use crate::store::mail::{Suggestion, SuggestionField};
use crate::ticket::Record;
use partner_rules::OrgIdKind;
use partner_rules::wire::AuthorKind;

/// Messages that are read, the latest first: what was asked for is in an answer.
const MESSAGES_MAX: usize = 20;
/// Findings of texts that are shown: more would be noise.
const TEXTS_MAX: usize = 10;

#[derive(Debug, Default)]
pub(super) struct Candidates {
    pub(super) found: Vec<(FoundKind, String, FoundSource)>,
    pub(super) services: Vec<String>,
    pub(super) refused_files: Vec<String>,
}

impl Candidates {
    pub(super) fn fields(&mut self, ticket: &Record) {
        let organisation = match ticket.org_id_kind {
            OrgIdKind::Zoid => FoundKind::Zoid,
            OrgIdKind::Zgid => FoundKind::Zgid,
        };
        let fields = [
            (
                FoundKind::SuperadminEmail,
                ticket.superadmin_email.as_deref(),
            ),
            (FoundKind::CustomerEmail, ticket.customer_email.as_deref()),
            (FoundKind::Zuid, ticket.zuid.as_deref()),
            (organisation, Some(ticket.org_id.as_str())),
        ];
        for (kind, value) in fields {
            self.add(kind, value.unwrap_or_default(), FoundSource::Field);
        }
    }

    /// What the ticket's mails say, if it came by one (R9a).
    pub(super) fn mail(&mut self, ticket: &Record, said: Vec<Suggestion>) {
        for Suggestion { field, value, .. } in said {
            match (leading(field), field) {
                (Some(kind), _) => self.add(kind, &value, FoundSource::Mail),
                (None, SuggestionField::RefusedFile) => self.refused_files.push(value),
                (None, _) if ticket.service.name.is_empty() => self.services.push(value),
                (None, _) => {}
            }
        }
    }

    /// What the partner wrote. Their own address, and those of the desk's mailbox, are no customer's.
    pub(super) fn texts(&mut self, app: &App, ticket: &Record, messages: &[CaseMessage]) {
        let mut nobodys = match &app.config.mail {
            Some(mail) => mail.keys.clone(),
            None => Default::default(),
        };
        nobodys.insert(address_key(&ticket.created_by));
        let answers = messages
            .iter()
            .rev()
            .filter(|one| !one.internal && one.message.author.kind == AuthorKind::Partner);
        let answers = answers.map(|one| one.message.text.as_str());
        let texts = answers
            .take(MESSAGES_MAX)
            .chain([ticket.subject.as_str(), &ticket.description]);
        let room = self.found.len() + TEXTS_MAX;
        for text in texts {
            for (field, value) in found::in_text(text, &nobodys) {
                if let Some(kind) = leading(field)
                    && self.found.len() < room
                {
                    self.add(kind, &value, FoundSource::Text);
                }
            }
        }
    }

    /// The best first.
    pub(super) fn sorted(mut self) -> Self {
        self.found
            .sort_by_key(|(kind, ..)| *kind != FoundKind::SuperadminEmail);
        self
    }

    /// Each value once: an address that is called the SuperAdmin's is not a customer's besides.
    fn add(&mut self, kind: FoundKind, value: &str, source: FoundSource) {
        let known = self.found.iter().any(|(of, known, from)| {
            let same = known.eq_ignore_ascii_case(value);
            same && (*of == kind || (source == FoundSource::Text && *from != FoundSource::Text))
        });
        if !value.is_empty() && !known {
            self.found.push((kind, value.to_owned(), source));
        }
    }
}

/// What of it leads to an account.
const fn leading(field: SuggestionField) -> Option<FoundKind> {
    match field {
        SuggestionField::SuperadminEmail => Some(FoundKind::SuperadminEmail),
        SuggestionField::CustomerEmail => Some(FoundKind::CustomerEmail),
        SuggestionField::Zuid => Some(FoundKind::Zuid),
        SuggestionField::Zoid => Some(FoundKind::Zoid),
        SuggestionField::Zgid => Some(FoundKind::Zgid),
        SuggestionField::Service | SuggestionField::RefusedFile => None,
    }
}
