//! The verdict on a draft: one of six outcomes, first match wins (design, section 5).

use crate::codes::{Field, Metric, Reason, Severity};
use crate::draft::Draft;
use crate::policy::{Hours, Policy};
use serde::{Deserialize, Serialize};

/// How a ticket will be, or was, classified. Ordered as the rules are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    Excluded,
    Incomplete,
    Manual,
    Priority,
    Standard,
    Undecided,
}

/// What is known about the customer's account. Licence counts never get here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Account {
    Large,
    Standard,
    #[default]
    Unknown,
}

/// The verdict, with everything that a person may ask about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classification {
    pub outcome: Outcome,
    /// Only for `excluded`.
    pub metric: Option<Metric>,
    pub reasons: Vec<Reason>,
    /// Fields that are missing or wrong, in form order; also beside `excluded`.
    pub missing: Vec<Field>,
    /// S1 for `priority`, otherwise unset.
    pub severity: Option<Severity>,
    /// "Priority Customer – Large User Account".
    pub priority_customer: bool,
    /// Only with a severity.
    pub commitment: Option<Hours>,
    pub policy_version: String,
}

/// Classifies a draft. Total: any draft, any policy, any account, no panic.
pub fn classify(_draft: &Draft, policy: &Policy, _account: Account) -> Classification {
    Classification {
        outcome: Outcome::Incomplete,
        metric: None,
        reasons: Vec::new(),
        missing: Vec::new(),
        severity: None,
        priority_customer: false,
        commitment: None,
        policy_version: policy.version().to_owned(),
    }
}
