//! What the form is about: a draft, or a ticket of the outbox.

use super::fault::Fault;
use super::form::Form;
use super::outbox::{Entry, Parcel, Standing};
use crate::options::Options;
use partner_rules::Outcome;
use partner_rules::wire::{Message, NewTicket, Preview, Receipt};
use std::rc::Rc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submission {
    Editing,
    /// Nothing was stored; the form can be edited.
    Refused {
        fault: Fault,
    },
    /// The form shows this entry of the outbox, to be read only.
    Filing {
        key: Rc<str>,
    },
}

/// Something about a ticket that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub endpoint: Rc<str>,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The reply as it is stored.
    Message(Message),
    /// The ticket with its other status.
    Switched(Box<Receipt>),
}

/// A ticket that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub receipt: Receipt,
    pub endpoint: Rc<str>,
    /// The endpoint had stored it on an earlier attempt.
    pub replayed: bool,
    /// What the form had shown.
    pub previewed: Option<Outcome>,
}

impl Submission {
    /// While it is in the outbox nothing may be edited: the body could differ from what is stored.
    pub fn is_frozen(&self) -> bool {
        match self {
            Self::Filing { .. } => true,
            Self::Editing | Self::Refused { .. } => false,
        }
    }

    pub fn shows(&self, key: &str) -> bool {
        match self {
            Self::Filing { key: shown } => &**shown == key,
            Self::Editing | Self::Refused { .. } => false,
        }
    }
}

/// Packs a complete form. `None` while something is missing.
pub fn pack(form: &Form, options: &Options) -> Option<NewTicket> {
    let assessment = form.assessment.as_ref()?;
    let ticket = assessment.checked.ticket.as_ref().ok()?;
    let text = |text: &str| text.to_owned();
    Some(NewTicket {
        dc: options.dc?,
        region: options.region?,
        service: form.draft.service.trim().to_owned(),
        org_id_kind: ticket.org_id_kind(),
        org_id: text(ticket.org_id().as_str()),
        subject: text(ticket.subject()),
        description: text(ticket.description()),
        superadmin_email: ticket.superadmin_email().map(|email| text(email.as_str())),
        customer_email: ticket.customer_email().map(|email| text(email.as_str())),
        zuid: ticket.zuid().map(|zuid| text(zuid.as_str())),
        uploads: Vec::new(),
        preview: Some(Preview {
            outcome: assessment.classification.outcome,
            policy_version: assessment.classification.policy_version.clone(),
        }),
        lang: Some(text(&options.lang)),
    })
}

/// A complete form as an entry of the outbox; the endpoint in use comes first.
pub fn entry(form: &Form, options: &Options, base: &Rc<str>, now_ms: i64) -> Option<Entry> {
    Some(Entry {
        key: form.key.clone()?,
        parcel: Parcel::Ticket {
            draft: form.draft.clone(),
            body: Some(Rc::new(pack(form, options)?)),
        },
        files: form.files.clone(),
        bases: bases(options, base),
        made_ms: now_ms,
        standing: Standing::Waiting {
            fault: Fault::Unreachable,
        },
        round: 0,
    })
}

/// Where something goes: the endpoint in use first.
pub fn bases(options: &Options, base: &Rc<str>) -> Rc<[Rc<str>]> {
    let others = options.endpoints.iter().filter(|other| *other != base);
    std::iter::once(base).chain(others).map(Rc::clone).collect()
}
