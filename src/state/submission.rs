//! Sending: three results, not two – accepted, refused, unknown (safe to retry).

use super::fault::Fault;
use super::form::Form;
use crate::options::Options;
use partner_rules::Outcome;
use partner_rules::wire::{NewTicket, Preview, Receipt};
use std::rc::Rc;

/// A body and its key, frozen from the first attempt until it is accepted or refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// Where it goes, on every attempt: another endpoint need not know the key, and may serve
    /// another data centre.
    pub base: Rc<str>,
    pub key: Rc<str>,
    pub body: NewTicket,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submission {
    Editing,
    Sending {
        attempt: u32,
        parcel: Rc<Parcel>,
        /// An earlier attempt may have been stored: only an answer about this key settles it.
        uncertain: bool,
    },
    /// No answer, or one that does not tell: the form stays frozen, the same parcel can go again.
    Unknown {
        fault: Fault,
        parcel: Rc<Parcel>,
    },
    /// Nothing was stored; the form can be edited.
    Refused {
        fault: Fault,
    },
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
    /// While the outcome is open nothing may be edited: the body could differ from what is stored.
    pub fn is_frozen(&self) -> bool {
        match self {
            Self::Sending { .. } | Self::Unknown { .. } => true,
            Self::Editing | Self::Refused { .. } => false,
        }
    }
}

/// Packs a complete form. `None` while something is missing.
pub fn pack(form: &Form, options: &Options, base: &Rc<str>) -> Option<Parcel> {
    let assessment = form.assessment.as_ref()?;
    let ticket = assessment.checked.ticket.as_ref().ok()?;
    let text = |text: &str| text.to_owned();
    Some(Parcel {
        base: Rc::clone(base),
        key: form.key.clone()?,
        body: NewTicket {
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
        },
    })
}
