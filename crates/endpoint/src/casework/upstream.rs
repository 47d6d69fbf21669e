//! What the portal that a ticket is handed on to has made of its account, and what the ticket becomes by that. Pure.
//!
//! Only what has changed there since it was last read counts, so that nobody here is overruled twice; and a box that
//! was never ticked says nothing, since the portal's rules may not have run yet.

use super::audit::{AuditAct, Line};
use super::decide::Step;
use super::verdict::{Rules, judged, raise};
use crate::clock::Timestamp;
use crate::directory::Finding;
use crate::ticket::Record;
use partner_rules::wire::{AuthorKind, Status, TicketChange};
use partner_rules::{Account, Outcome, Severity};

/// What is new at the portal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct News {
    /// "Customer Primary Email Address", as checked.
    pub(crate) superadmin_email: Option<String>,
    /// "Priority Customer – Large User Account" was ticked, or is not ticked any more.
    pub(crate) flag: Option<bool>,
    /// The severity has become S1.
    pub(crate) critical: bool,
}

/// One thing that changes about the ticket; `None`: nothing (more). What is done is asked again.
pub(crate) fn next(ticket: &Record, news: &News, rules: Rules<'_>, now: Timestamp) -> Option<Step> {
    match ticket.status {
        Status::Closed => None,
        Status::Open | Status::OnHold => completed(ticket, news, rules, now)
            .or_else(|| verified(ticket, news, rules, now))
            .or_else(|| raised(ticket, news, rules, now)),
    }
}

/// An agent at the portal has set the address that was missing (R9).
fn completed(ticket: &Record, news: &News, rules: Rules<'_>, now: Timestamp) -> Option<Step> {
    let address = news.superadmin_email.as_ref()?;
    if ticket.superadmin_email.is_some() {
        return None;
    }
    let before = ticket.classification.outcome;
    let mut ticket = changed(ticket, now, TicketChange::Completed);
    ticket.superadmin_email = Some(address.clone());
    ticket.work.clock_at.get_or_insert(ticket.updated_at);
    let ticket = judged(ticket, Finding::Account(Account::Unknown), rules);
    let line = Line::new(AuditAct::Completed).to(Some(address.clone()));
    Some(step(ticket, TicketChange::Completed, line, before))
}

/// Its account is, or is no longer, one of those that are cared for first (R7). The exclusions hold (R4).
fn verified(ticket: &Record, news: &News, rules: Rules<'_>, now: Timestamp) -> Option<Step> {
    let flag = news.flag?;
    ticket.superadmin_email.as_ref()?;
    let (account, class, outcome) = if flag {
        (Account::Large, "large", Outcome::Priority)
    } else {
        (Account::Standard, "standard", Outcome::Standard)
    };
    let before = ticket.classification.outcome;
    if before == outcome {
        return None;
    }
    let mut ticket = changed(ticket, now, TicketChange::Verified);
    ticket.work.by_hand = true;
    ticket.work.clock_at.get_or_insert(ticket.updated_at);
    let ticket = judged(ticket, Finding::Account(account), rules);
    if ticket.classification.outcome == before {
        return None;
    }
    let line = Line::new(AuditAct::Verified).to(Some(class));
    Some(step(ticket, TicketChange::Verified, line, before))
}

/// Somebody at the portal has raised it (R15).
fn raised(ticket: &Record, news: &News, rules: Rules<'_>, now: Timestamp) -> Option<Step> {
    if !news.critical || ticket.severity.is_some() {
        return None;
    }
    let before = ticket.classification.outcome;
    let mut ticket = changed(ticket, now, TicketChange::Raised);
    ticket.work.raised = true;
    raise(&mut ticket, rules.policy);
    ticket.work.clock_at.get_or_insert(ticket.updated_at);
    ticket.promise(rules.calendar);
    let line = Line::new(AuditAct::Raised).to(ticket.severity.map(Severity::code));
    Some(step(ticket, TicketChange::Raised, line, before))
}

fn changed(ticket: &Record, now: Timestamp, change: TicketChange) -> Record {
    ticket.clone().changed(now, change, AuthorKind::Agent)
}

fn step(ticket: Record, change: TicketChange, line: Line, before: Outcome) -> Step {
    let after = ticket.classification.outcome;
    let mut audit = vec![line];
    if before != after {
        let line = Line::new(AuditAct::Classified).from(Some(before.code()));
        audit.push(line.to(Some(after.code())));
    }
    Step {
        ticket,
        change: Some(change),
        reason: None,
        words: None,
        audit,
        draft: None,
    }
}
