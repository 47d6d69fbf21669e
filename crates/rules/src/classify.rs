//! The verdict on a draft: one of six outcomes, first match wins (design, section 5).

use crate::codes::{Change, Field, Metric, Reason, Severity, Violation, coded};
use crate::draft::Draft;
use crate::policy::{Hours, Policy};
use crate::text::is_blank;
use crate::ticket::violations;
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

coded!(Outcome {
    Excluded => "excluded",
    Incomplete => "incomplete",
    Manual => "manual",
    Priority => "priority",
    Standard => "standard",
    Undecided => "undecided",
});

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

coded!(Account {
    Large => "large",
    Standard => "standard",
    Unknown => "unknown",
});

/// The verdict, with everything that a person may ask about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classification {
    pub outcome: Outcome,
    /// Only for `excluded`.
    pub metric: Option<Metric>,
    /// The service first, then the form or the account; each reason once.
    pub reasons: Vec<Reason>,
    /// What would change the verdict; empty for `priority`.
    pub changes: Vec<Change>,
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
pub fn classify(draft: &Draft, policy: &Policy, account: Account) -> Classification {
    classify_decided(draft, policy, account, false)
}

/// [`classify`] for a side that has looked into the directory. With `mismatch` (address and
/// organisation ID belong to different accounts, R3) there is no verdict on either account.
pub fn classify_decided(
    draft: &Draft,
    policy: &Policy,
    account: Account,
    mismatch: bool,
) -> Classification {
    let missing = violations(draft, policy)
        .iter()
        .map(|Violation { field, .. }| *field)
        .collect();
    judge(
        draft,
        policy,
        missing,
        if mismatch {
            Known::Mismatch
        } else {
            Known::As(account)
        },
    )
}

/// The verdict on a ticket that was accepted: what was missing then, or would be by newer rules, no longer
/// counts, and the outcome is never [`Outcome::Incomplete`].
pub fn classify_filed(
    draft: &Draft,
    policy: &Policy,
    account: Account,
    mismatch: bool,
) -> Classification {
    let known = if mismatch {
        Known::Mismatch
    } else {
        Known::As(account)
    };
    judge(draft, policy, Vec::new(), known)
}

#[derive(Clone, Copy)]
enum Known {
    As(Account),
    Mismatch,
}

fn judge(draft: &Draft, policy: &Policy, missing: Vec<Field>, known: Known) -> Classification {
    let (service, metric) = service(&draft.service, policy);
    let complete = missing.is_empty();
    let mut reasons = Vec::from_iter(service);
    let mut changes = Vec::new();
    let outcome = if metric.is_some() {
        changes.push(Change::NameOtherService);
        Outcome::Excluded
    } else if !complete {
        Outcome::Incomplete
    } else if draft.superadmin_unknown {
        reasons.push(Reason::SuperadminUnknown);
        changes.push(Change::ProvideSuperadmin);
        Outcome::Manual
    } else {
        by_account(known, &mut reasons, &mut changes)
    };
    if !complete {
        reasons.push(Reason::FormIncomplete);
        changes.insert(0, Change::FillMissing);
    }
    let severity = (outcome == Outcome::Priority).then_some(Severity::S1);
    Classification {
        outcome,
        metric,
        reasons,
        changes,
        missing,
        severity,
        priority_customer: severity.is_some(),
        commitment: severity.and_then(|severity| policy.hours(severity)),
        policy_version: policy.version().to_owned(),
    }
}

/// What the service alone says; nothing while none is named.
fn service(typed: &str, policy: &Policy) -> (Option<Reason>, Option<Metric>) {
    if is_blank(typed) {
        return (None, None);
    }
    let Some(service) = policy.catalogue().exact(typed) else {
        return (Some(Reason::ServiceUnlisted), None);
    };
    match policy.exclusion(&service.id) {
        Some(metric) => (Some(Reason::ServiceExcluded), Some(metric)),
        None => (Some(Reason::ServiceEligible), None),
    }
}

fn by_account(known: Known, reasons: &mut Vec<Reason>, changes: &mut Vec<Change>) -> Outcome {
    match known {
        Known::As(Account::Large) => {
            reasons.push(Reason::AccountLarge);
            Outcome::Priority
        }
        Known::As(Account::Standard) => {
            reasons.push(Reason::AccountStandard);
            changes.push(Change::AccountGrows);
            Outcome::Standard
        }
        Known::As(Account::Unknown) => {
            reasons.push(Reason::AccountUnverified);
            changes.push(Change::ZohoConfirms);
            Outcome::Undecided
        }
        Known::Mismatch => {
            reasons.extend([Reason::AccountUnverified, Reason::AccountMismatch]);
            changes.extend([Change::MatchAddressAndId, Change::ZohoConfirms]);
            Outcome::Undecided
        }
    }
}
