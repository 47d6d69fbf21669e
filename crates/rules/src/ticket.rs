//! `Draft -> Ticket`: parse, don't validate.

mod check;
pub(crate) mod texts;

pub(crate) use check::violations;
pub use check::{Checked, check};

use crate::codes::OrgIdKind;
use crate::draft::Draft;
use crate::email::Email;
use crate::identifier::Identifier;
use crate::service::Resolved;

/// A checked ticket. Only [`check`] makes one; every text in it is normalised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    service: Resolved,
    org_id_kind: OrgIdKind,
    org_id: Identifier,
    subject: String,
    description: String,
    superadmin_email: Option<Email>,
    customer_email: Option<Email>,
    zuid: Option<Identifier>,
}

impl Ticket {
    pub fn service(&self) -> &Resolved {
        &self.service
    }
    pub fn org_id_kind(&self) -> OrgIdKind {
        self.org_id_kind
    }
    pub fn org_id(&self) -> &Identifier {
        &self.org_id
    }
    pub fn subject(&self) -> &str {
        &self.subject
    }
    pub fn description(&self) -> &str {
        &self.description
    }
    /// `None`: declared unknown (R14).
    pub fn superadmin_email(&self) -> Option<&Email> {
        self.superadmin_email.as_ref()
    }
    pub fn customer_email(&self) -> Option<&Email> {
        self.customer_email.as_ref()
    }
    pub fn zuid(&self) -> Option<&Identifier> {
        self.zuid.as_ref()
    }
}

impl From<&Ticket> for Draft {
    /// The form that would hold exactly this ticket: checking it gives the ticket again.
    fn from(ticket: &Ticket) -> Self {
        let email = |email: &Option<Email>| {
            email
                .as_ref()
                .map_or_else(String::new, |email| email.as_str().to_owned())
        };
        Self {
            service: ticket.service.name.clone(),
            org_id_kind: ticket.org_id_kind,
            org_id: ticket.org_id.as_str().to_owned(),
            subject: ticket.subject.clone(),
            description: ticket.description.clone(),
            superadmin_email: email(&ticket.superadmin_email),
            superadmin_unknown: ticket.superadmin_email.is_none(),
            customer_email: email(&ticket.customer_email),
            zuid: ticket
                .zuid
                .as_ref()
                .map_or_else(String::new, |zuid| zuid.as_str().to_owned()),
        }
    }
}
