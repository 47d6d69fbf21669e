//! `Draft -> Ticket`: parse, don't validate.

use crate::codes::{Hint, OrgIdKind, Violation};
use crate::draft::Draft;
use crate::email::Email;
use crate::identifier::Identifier;
use crate::place::Dc;
use crate::policy::Policy;
use crate::service::Resolved;

/// A checked ticket. Only [`check`] makes one; every text in it is normalised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub(crate) service: Resolved,
    pub(crate) org_id_kind: OrgIdKind,
    pub(crate) org_id: Identifier,
    pub(crate) subject: String,
    pub(crate) description: String,
    pub(crate) superadmin_email: Option<Email>,
    pub(crate) customer_email: Option<Email>,
    pub(crate) zuid: Option<Identifier>,
}

/// The result of checking a draft. Hints are there in both cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Violations are ordered by field, one per field at most, and never empty.
    pub ticket: Result<Ticket, Vec<Violation>>,
    pub hints: Vec<Hint>,
}

/// Checks a draft. Total: any draft, any policy, no panic.
///
/// `dc` only serves the `region_shape` hint.
pub fn check(_draft: &Draft, _policy: &Policy, _dc: Dc) -> Checked {
    Checked {
        ticket: Err(Vec::new()),
        hints: Vec::new(),
    }
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
