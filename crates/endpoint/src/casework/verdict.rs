//! The verdict on a ticket that exists: what it becomes when more is known about the account.

use super::calendar::Calendar;
use crate::directory::Finding;
use crate::ticket::{self, Record};
use partner_rules::classify::classify_filed;
use partner_rules::{Account, Draft, Policy, Severity};

/// By which rules, and when hours count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) calendar: &'a Calendar,
}

/// The same ticket with the verdict that follows from what is known about its account. The exclusions are
/// honoured (R4), and what an agent has raised stays raised (R15).
pub(crate) fn judged(mut ticket: Record, finding: Finding, rules: Rules<'_>) -> Record {
    let named = !ticket.service.name.trim().is_empty();
    let (account, mismatch) = match finding {
        // Without a service nobody knows whether it is one of the excluded ones.
        Finding::Account(account) if named => (account, false),
        Finding::Account(_) => (Account::Unknown, false),
        Finding::Mismatch => (Account::Unknown, true),
    };
    let verdict = classify_filed(&draft(&ticket), rules.policy, account, mismatch);
    ticket.severity = verdict.severity;
    ticket.priority_customer = verdict.priority_customer;
    ticket.classification = ticket::view(&verdict);
    if ticket.work.raised {
        raise(&mut ticket, rules.policy);
    }
    ticket.promise(rules.calendar);
    ticket
}

/// Severity S1 and its commitment, whatever the outcome.
pub(super) fn raise(ticket: &mut Record, policy: &Policy) {
    ticket.severity = Some(Severity::S1);
    ticket.classification.commitment = policy.hours(Severity::S1);
}

/// What the verdict looks at.
fn draft(ticket: &Record) -> Draft {
    let text = |given: &Option<String>| given.clone().unwrap_or_default();
    Draft {
        service: ticket.service.name.clone(),
        org_id_kind: ticket.org_id_kind,
        org_id: ticket.org_id.clone(),
        subject: ticket.subject.clone(),
        description: ticket.description.clone(),
        superadmin_email: text(&ticket.superadmin_email),
        superadmin_unknown: ticket.superadmin_email.is_none(),
        customer_email: text(&ticket.customer_email),
        zuid: text(&ticket.zuid),
    }
}
