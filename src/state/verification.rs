//! What the endpoint says about the customer's account, while the form is still open.
//! It only refines the preview: slow or failed, it never blocks anything.

use super::form::Form;
use partner_rules::{Account, Dc, Field, Outcome, Policy, email};

/// What is asked: the address and the service as they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The same account counts by other thresholds elsewhere.
    pub dc: Dc,
    pub superadmin_email: String,
    pub service: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Verification {
    /// Nothing to ask.
    #[default]
    Idle,
    /// The shell waits until typing has paused, then asks.
    Wanted {
        attempt: u32,
        question: Question,
    },
    Known {
        question: Question,
        account: Account,
    },
    Failed {
        question: Question,
    },
}

impl Verification {
    pub fn question(&self) -> Option<&Question> {
        match self {
            Self::Idle => None,
            Self::Wanted { question, .. }
            | Self::Known { question, .. }
            | Self::Failed { question } => Some(question),
        }
    }

    pub fn account(&self) -> Account {
        match self {
            Self::Known { account, .. } => *account,
            Self::Idle | Self::Wanted { .. } | Self::Failed { .. } => Account::Unknown,
        }
    }

    pub fn is_running(&self) -> bool {
        matches!(self, Self::Wanted { .. })
    }
}

/// The question that the form raises: a complete address and a service that is not excluded.
pub fn question(form: &Form, policy: &Policy, dc: Dc) -> Option<Question> {
    let draft = &form.draft;
    let assessment = form.assessment.as_ref()?;
    if draft.superadmin_unknown
        || assessment.classification.outcome == Outcome::Excluded
        || assessment.classification.missing.contains(&Field::Service)
    {
        return None;
    }
    let address = email::parse(&draft.superadmin_email).ok()?;
    let service = policy.catalogue().resolve(&draft.service);
    Some(Question {
        dc,
        superadmin_email: address.as_str().to_owned(),
        service: service.name,
    })
}
