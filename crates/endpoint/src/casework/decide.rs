//! What an act makes of a ticket. Pure: the ticket as it is, what is to be done, the instant and the rules come
//! in; the ticket as it will be, and what is written about it, come out.

use super::act::{Act, Class, Complete, HandOver, Note, Raise, Reason, Reply, Verify};
use super::agent::Agent;
use super::audit::{AuditAct, Line};
use super::refusal::Refusal;
use super::texts;
use super::verdict::{Rules, judged, raise};
use crate::clock::Timestamp;
use crate::directory::Finding;
use crate::ticket::Record;
use partner_rules::wire::{AuthorKind, Status, TicketChange};
use partner_rules::{Account, Outcome, Severity};

/// What is written when an act is done.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) ticket: Record,
    /// What partners see of it; `None`: nothing, and nothing about the ticket has changed for them.
    pub(crate) change: Option<TicketChange>,
    /// Why, for the partner.
    pub(crate) reason: Option<String>,
    pub(crate) words: Option<NewWords>,
    pub(crate) audit: Vec<Line>,
    /// A text for the partner, for the agent to send.
    pub(crate) draft: Option<String>,
}

/// A message that is about to be written.
#[derive(Debug)]
pub(crate) struct NewWords {
    pub(crate) text: String,
    pub(crate) uploads: Vec<String>,
    pub(crate) internal: bool,
    pub(crate) status_note: bool,
}

/// What an act is judged by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) now: Timestamp,
    pub(crate) rules: Rules<'a>,
    /// What the directory says about the address that is given.
    pub(crate) finding: Finding,
    /// Who signs drafts.
    pub(crate) agent: &'a Agent,
}

impl Step {
    /// Whether nothing has happened but a message, which the history leaves out.
    pub(crate) fn is_reply(&self) -> bool {
        self.change == Some(TicketChange::Replied)
    }

    /// New accounts or new rules have changed the verdict.
    pub(super) fn reclassified(ticket: Record, line: Line) -> Self {
        Self {
            audit: vec![line],
            ..Self::shown(ticket, TicketChange::Reclassified)
        }
    }

    fn shown(ticket: Record, change: TicketChange) -> Self {
        Self {
            change: Some(change),
            ..Self::hidden(ticket)
        }
    }

    fn hidden(ticket: Record) -> Self {
        Self {
            ticket,
            change: None,
            reason: None,
            words: None,
            audit: Vec::new(),
            draft: None,
        }
    }
}

/// `act` has been checked: its texts are sound.
pub(super) fn decide(ticket: Record, act: Act, scene: Scene<'_>) -> Result<Step, Refusal> {
    let closed = ticket.status == Status::Closed;
    match &act {
        Act::Reopen(_) if !closed => return Err(Refusal::NotClosed),
        Act::Note(_) | Act::Reopen(_) => {}
        Act::Reply(_)
        | Act::Hold(_)
        | Act::Resume(_)
        | Act::Close(_)
        | Act::HandOver(_)
        | Act::TakeBack(_)
        | Act::Raise(_)
        | Act::Verify(_)
        | Act::Complete(_) => {
            if closed {
                return Err(Refusal::Closed);
            }
        }
    }
    match act {
        Act::Note(note) => Ok(noted(ticket, note)),
        Act::Reopen(why) => Ok(switched(ticket, Status::Open, why, scene.now)),
        Act::Close(why) => Ok(switched(ticket, Status::Closed, why, scene.now)),
        Act::Reply(reply) => Ok(replied(ticket, reply, scene.now)),
        Act::Hold(why) => moved(ticket, Status::OnHold, why, scene.now),
        Act::Resume(why) => moved(ticket, Status::Open, why, scene.now),
        Act::HandOver(to) => handed_over(ticket, to),
        Act::TakeBack(why) => taken_back(ticket, why),
        Act::Raise(why) => raised(ticket, why, scene),
        Act::Verify(seen) => verified(ticket, seen, scene),
        Act::Complete(field) => Ok(completed(ticket, field, scene)),
    }
}

fn changed(ticket: Record, now: Timestamp, change: TicketChange) -> Record {
    ticket.changed(now, change, AuthorKind::Agent)
}

fn noted(ticket: Record, note: Note) -> Step {
    Step {
        words: Some(NewWords {
            text: note.text,
            uploads: note.uploads,
            internal: true,
            status_note: false,
        }),
        audit: vec![Line::new(AuditAct::Noted)],
        ..Step::hidden(ticket)
    }
}

/// The first reply is the first response; what is solved is determined.
fn replied(ticket: Record, reply: Reply, now: Timestamp) -> Step {
    let mut ticket = changed(ticket, now, TicketChange::Replied);
    let at = ticket.updated_at;
    let work = &mut ticket.work;
    let mut audit = vec![Line::new(AuditAct::Replied)];
    work.first_response_at.get_or_insert(at);
    if reply.status_note {
        work.informed_at = Some(at);
        audit.push(Line::new(AuditAct::Informed));
    }
    if (reply.determined || reply.resolved) && work.determined_at.is_none() {
        work.determined_at = Some(at);
        audit.push(Line::new(AuditAct::Determined));
    }
    if reply.resolved && work.resolved_at.is_none() {
        work.resolved_at = Some(at);
        audit.push(Line::new(AuditAct::Resolved));
    }
    Step {
        words: Some(NewWords {
            text: reply.text,
            uploads: reply.uploads,
            internal: false,
            status_note: reply.status_note,
        }),
        audit,
        ..Step::shown(ticket, TicketChange::Replied)
    }
}

/// Closed or reopened, as partners do it too.
fn switched(ticket: Record, to: Status, why: Reason, now: Timestamp) -> Step {
    let (change, act) = match to {
        Status::Closed => (TicketChange::Closed, AuditAct::Closed),
        Status::Open | Status::OnHold => (TicketChange::Reopened, AuditAct::Reopened),
    };
    let before = ticket.status;
    let mut ticket = changed(ticket, now, change);
    ticket.status = to;
    ticket.work.resolved_at = match to {
        Status::Closed => ticket.work.resolved_at.or(Some(ticket.updated_at)),
        Status::Open | Status::OnHold => None,
    };
    with_status(ticket, before, change, act, why)
}

/// On hold, or open again.
fn moved(ticket: Record, to: Status, why: Reason, now: Timestamp) -> Result<Step, Refusal> {
    if ticket.status == to {
        return Err(Refusal::Unchanged);
    }
    let (change, act) = match to {
        Status::OnHold => (TicketChange::Held, AuditAct::Held),
        Status::Open | Status::Closed => (TicketChange::Resumed, AuditAct::Resumed),
    };
    let before = ticket.status;
    let mut ticket = changed(ticket, now, change);
    ticket.status = to;
    Ok(with_status(ticket, before, change, act, why))
}

fn with_status(
    ticket: Record,
    before: Status,
    change: TicketChange,
    act: AuditAct,
    why: Reason,
) -> Step {
    let line = Line::new(act)
        .from(Some(status(before)))
        .to(Some(status(ticket.status)))
        .because(why.reason.clone());
    Step {
        reason: why.reason,
        audit: vec![line],
        ..Step::shown(ticket, change)
    }
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::OnHold => "on_hold",
        Status::Closed => "closed",
    }
}

/// To the partner nothing changes: neither status nor clock.
fn handed_over(mut ticket: Record, to: HandOver) -> Result<Step, Refusal> {
    if ticket.work.handed_to.as_ref() == Some(&to.team) {
        return Err(Refusal::Unchanged);
    }
    let line = Line::new(AuditAct::HandedOver)
        .from(ticket.work.handed_to.replace(to.team.clone()))
        .to(Some(to.team))
        .because(Some(to.reason));
    Ok(Step {
        audit: vec![line],
        ..Step::hidden(ticket)
    })
}

fn taken_back(mut ticket: Record, why: Reason) -> Result<Step, Refusal> {
    let team = ticket.work.handed_to.take().ok_or(Refusal::Unchanged)?;
    let line = Line::new(AuditAct::TakenBack)
        .from(Some(team))
        .because(why.reason);
    Ok(Step {
        audit: vec![line],
        ..Step::hidden(ticket)
    })
}

/// R15; the clock starts now unless the form was complete before (R12).
fn raised(ticket: Record, why: Raise, scene: Scene<'_>) -> Result<Step, Refusal> {
    if ticket.severity.is_some() {
        return Err(Refusal::Unchanged);
    }
    let mut ticket = changed(ticket, scene.now, TicketChange::Raised);
    ticket.work.raised = true;
    raise(&mut ticket, scene.rules.policy);
    ticket.work.clock_at.get_or_insert(ticket.updated_at);
    ticket.promise(scene.rules.calendar);
    let line = Line::new(AuditAct::Raised)
        .to(ticket.severity.map(Severity::code))
        .because(Some(why.reason));
    Ok(Step {
        audit: vec![line],
        ..Step::shown(ticket, TicketChange::Raised)
    })
}

/// The clock counts from when the form was complete, also if it is verified later (R12). For an excluded
/// service the class changes nothing, and is written down only.
fn verified(ticket: Record, seen: Verify, scene: Scene<'_>) -> Result<Step, Refusal> {
    if ticket.superadmin_email.is_none() {
        return Err(Refusal::AddressMissing);
    }
    let (account, class) = match seen.class {
        Class::Large => (Account::Large, "large"),
        Class::Standard => (Account::Standard, "standard"),
    };
    let before = ticket.classification.outcome;
    let unchanged = ticket.clone();
    let mut ticket = changed(ticket, scene.now, TicketChange::Verified);
    ticket.work.by_hand = true;
    ticket.work.clock_at.get_or_insert(ticket.updated_at);
    let ticket = judged(ticket, Finding::Account(account), scene.rules);
    let mut audit = vec![
        Line::new(AuditAct::Verified).to(Some(class)),
        Line::new(AuditAct::LicencesSeen).to(Some(seen.licences.to_string())),
    ];
    if ticket.classification.outcome == Outcome::Excluded {
        return Ok(Step {
            audit,
            ..Step::hidden(unchanged)
        });
    }
    audit.extend(classified(before, &ticket));
    Ok(Step {
        audit,
        ..Step::shown(ticket, TicketChange::Verified)
    })
}

/// R9 and R9a: flag and S1 only if service and account allow it. The clock starts now unless the form was
/// complete before (R12). A class that an agent confirmed was that of another address.
fn completed(ticket: Record, field: Complete, scene: Scene<'_>) -> Step {
    let before = ticket.classification.outcome;
    let mut ticket = changed(ticket, scene.now, TicketChange::Completed);
    ticket.work.by_hand = false;
    let old = ticket
        .superadmin_email
        .replace(field.superadmin_email.clone());
    if let Some(typed) = &field.service {
        ticket.service = scene.rules.policy.catalogue().resolve(typed);
    }
    if let Some(id) = field.org_id {
        ticket.org_id_kind = field.org_id_kind.unwrap_or_default();
        ticket.org_id = id;
    }
    ticket.work.clock_at.get_or_insert(ticket.updated_at);
    let ticket = judged(ticket, scene.finding, scene.rules);
    let mut audit = vec![
        Line::new(AuditAct::Completed)
            .from(old)
            .to(Some(field.superadmin_email)),
    ];
    audit.extend(classified(before, &ticket));
    Step {
        audit,
        draft: texts::completed(&ticket, scene.agent),
        ..Step::shown(ticket, TicketChange::Completed)
    }
}

fn classified(before: Outcome, ticket: &Record) -> Option<Line> {
    let after = ticket.classification.outcome;
    let line = Line::new(AuditAct::Classified)
        .from(Some(before.code()))
        .to(Some(after.code()));
    (before != after).then_some(line)
}
