//! The audit trail of a ticket: who did what, with the values before and after. For agents only, and nothing is
//! ever taken out of it.

use serde::{Deserialize, Serialize};

/// A line that is about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub act: AuditAct,
    pub before: Option<String>,
    pub after: Option<String>,
    pub reason: Option<String>,
}

/// A line as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    pub at: String,
    /// `null`: the endpoint itself.
    pub by: Option<Who>,
    pub act: AuditAct,
    pub before: Option<String>,
    pub after: Option<String>,
    pub reason: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Who {
    pub name: String,
    pub email: String,
}

/// What was done. Codes that were written once are not renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditAct {
    /// For a partner, from a call or a chat; `after`: the channel.
    Filed,
    /// A mail of an unverified sender; `before`: the address in it, `after`: whose it is.
    Assigned,
    /// `after`: the message's id.
    Replied,
    Noted,
    /// With a message: where the matter stands, that the problem is determined, that it is solved.
    Informed,
    Determined,
    Resolved,
    /// `before` and `after`: the status.
    Held,
    Resumed,
    Closed,
    Reopened,
    /// `before` and `after`: the product team.
    HandedOver,
    TakenBack,
    /// `before` and `after`: the severity.
    Raised,
    /// `after`: the class.
    Verified,
    /// `after`: how many.
    LicencesSeen,
    /// `before` and `after`: the SuperAdmin address.
    Completed,
    /// `before` and `after`: the outcome.
    Classified,
    /// By new accounts or new rules; `before` and `after`: the outcome.
    Reclassified,
    /// `after`: `aim` or `due`, the bound of the resolution that has passed without a status note.
    Reminded,
}

impl Line {
    pub fn new(act: AuditAct) -> Self {
        Self {
            act,
            before: None,
            after: None,
            reason: None,
        }
    }

    #[must_use]
    pub fn from(self, before: Option<impl Into<String>>) -> Self {
        Self {
            before: before.map(Into::into),
            ..self
        }
    }

    #[must_use]
    pub fn to(self, after: Option<impl Into<String>>) -> Self {
        Self {
            after: after.map(Into::into),
            ..self
        }
    }

    #[must_use]
    pub fn because(self, reason: Option<impl Into<String>>) -> Self {
        Self {
            reason: reason.map(Into::into),
            ..self
        }
    }
}
