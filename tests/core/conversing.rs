//! A request that is open: what is known of it, and in which order it is told.

use crate::desk::{Desk, page, receipt};
use partner_desk::state::conversation::{Detail, Line, Ticket};
use partner_desk::state::{Action, Fault, Screen};
use partner_rules::wire::{Access, HistoryEntry, Message, TicketMore};
use serde_json::{Value, json};
use std::rc::Rc;

pub(crate) const REFERENCE: &str = "PS-EU-000001";

pub(crate) fn message(id: &str, at: &str) -> Message {
    serde_json::from_value(json!({
        "id": id, "created_at": at, "text": "Only in Firefox.", "attachments": [],
        "author": {"kind": "partner", "name": "Ada", "email": "ada@partner.example"},
    }))
    .expect("a message")
}

fn change(at: &str, change: &str, outcome: &str) -> HistoryEntry {
    serde_json::from_value(json!({
        "at": at, "change": change, "by": null, "reason": null, "severity": null,
        "priority_customer": false,
        "classification": {"outcome": outcome, "reasons": [], "commitment": null, "policy_version": "1"},
    }))
    .expect("a change")
}

pub(crate) fn ticket(messages: Vec<Message>, history: Vec<HistoryEntry>) -> Ticket {
    let more = json!({
        "description": "Since 09:12", "superadmin_email": null, "customer_email": null, "zuid": null,
        "lang": null, "messages": [], "attachments": [], "timeline": [], "history": [],
    });
    let more: TicketMore = serde_json::from_value(more).expect("the rest of a ticket");
    Ticket {
        receipt: receipt(REFERENCE),
        more: TicketMore {
            messages,
            history,
            ..more
        },
    }
}

/// Signed in, with this request on screen.
pub(crate) fn shown(ticket: Ticket) -> Desk {
    let mut desk = Desk::new("eu");
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    desk.connect(Access::Company);
    desk.act(Action::Go(Screen::Request(Rc::from(REFERENCE))));
    load(&mut desk, Ok(ticket));
    desk
}

pub(crate) fn load(desk: &mut Desk, result: Result<Ticket, Fault>) {
    let attempt = attempt!(desk, LoadDetail);
    let result = result.map(Box::new);
    desk.act(Action::DetailLoaded { attempt, result });
}

pub(crate) fn plain() -> Desk {
    shown(ticket(Vec::new(), Vec::new()))
}

fn is_fetching(desk: &Desk) -> bool {
    desk.state.detail.fetching().is_some()
}

fn stale(desk: &mut Desk, reference: &str) {
    desk.act(Action::DetailStale {
        reference: Rc::from(reference),
    });
}

#[test]
fn what_was_said_and_done_stands_in_one_order() {
    let ticket = ticket(
        vec![
            message("1", "2026-11-23T10:05:00Z"),
            message("2", "2026-11-23T10:20:00.5Z"),
        ],
        vec![
            change("2026-11-23T10:00:00Z", "filed", "priority"),
            change("2026-11-23T10:05:00Z", "closed", "priority"),
            change("2026-11-23T10:20:00Z", "reopened", "priority"),
        ],
    );
    let told: Vec<Value> = ticket
        .lines()
        .into_iter()
        .map(|line| match line {
            Line::Filed => json!("filed"),
            Line::Message(message) => json!(message.id),
            Line::Change(entry) => json!(entry.change),
        })
        .collect();
    assert_eq!(
        json!(told),
        json!(["filed", "1", "closed", "reopened", "2"])
    );
}

#[test]
fn the_clock_starts_on_receipt_or_when_an_agent_has_made_it_complete() {
    let complete = ticket(
        Vec::new(),
        vec![
            change("2026-11-23T10:00:00Z", "filed", "undecided"),
            change("2026-11-23T12:00:00Z", "verified", "priority"),
        ],
    );
    assert_eq!(complete.clock_start(), "2026-11-23T10:00:00Z");
    let incomplete = ticket(
        Vec::new(),
        vec![
            change("2026-11-23T10:00:00Z", "filed", "manual"),
            change("2026-11-23T12:00:00Z", "completed", "priority"),
        ],
    );
    assert_eq!(incomplete.clock_start(), "2026-11-23T12:00:00Z");
}

#[test]
fn a_request_that_has_changed_is_fetched_again_while_it_stays_on_screen() {
    let mut desk = plain();
    assert!(!is_fetching(&desk));
    stale(&mut desk, "PS-EU-000002");
    assert!(!is_fetching(&desk), "another one");
    stale(&mut desk, REFERENCE);
    assert!(desk.state.detail.ticket().is_some(), "it stays");
    let known = message("1", "2026-11-23T10:05:00Z");
    load(&mut desk, Ok(ticket(vec![known], Vec::new())));
    let now = desk.state.detail.ticket().expect("shown");
    assert_eq!(now.more.messages.len(), 1);
    assert!(!is_fetching(&desk));
}

#[test]
fn what_changed_while_it_was_fetched_is_fetched_once_more() {
    let mut desk = plain();
    stale(&mut desk, REFERENCE);
    let first = attempt!(desk, LoadDetail);
    stale(&mut desk, REFERENCE);
    desk.act(Action::DetailLoaded {
        attempt: first,
        result: Ok(Box::new(ticket(Vec::new(), Vec::new()))),
    });
    assert!(is_fetching(&desk), "the answer may be from before");
}

#[test]
fn a_request_that_cannot_be_fetched_again_stays_unless_it_is_gone() {
    let mut desk = plain();
    stale(&mut desk, REFERENCE);
    load(&mut desk, Err(Fault::Unreachable));
    assert!(desk.state.detail.ticket().is_some());
    stale(&mut desk, REFERENCE);
    load(&mut desk, Err(Fault::NotFound));
    assert!(matches!(desk.state.detail, Detail::Failed { .. }));
}

#[test]
fn coming_back_to_a_request_shows_it_at_once() {
    let mut desk = plain();
    desk.act(Action::Back);
    desk.act(Action::Go(Screen::Request(Rc::from(REFERENCE))));
    assert!(desk.state.detail.ticket().is_some());
    assert!(is_fetching(&desk), "and as it is now");
}

#[test]
fn what_is_fetched_is_known_to_the_list() {
    let mut desk = Desk::new("eu");
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    desk.connect(Access::Company);
    let attempt = attempt!(desk, LoadRequests);
    desk.act(Action::RequestsLoaded {
        attempt,
        result: Ok(page(
            vec![receipt("PS-EU-000002"), receipt(REFERENCE)],
            None,
            None,
        )),
    });
    desk.act(Action::Go(Screen::Request(Rc::from(REFERENCE))));
    let mut closed = ticket(Vec::new(), Vec::new());
    closed.receipt.status = partner_rules::wire::Status::Closed;
    load(&mut desk, Ok(closed));
    let items = &desk.state.requests.items;
    let found: Vec<_> = items
        .iter()
        .map(|item| (&*item.reference, item.status))
        .collect();
    assert_eq!(
        found,
        [
            ("PS-EU-000002", partner_rules::wire::Status::Open),
            (REFERENCE, partner_rules::wire::Status::Closed)
        ]
    );
}

#[test]
fn a_closed_or_full_ticket_is_a_refusal_and_a_key_at_work_is_none() {
    for (code, fault) in [
        ("ticket_closed", Fault::TicketClosed),
        ("ticket_not_closed", Fault::TicketNotClosed),
        ("ticket_full", Fault::TicketFull),
    ] {
        let found = Fault::from_answer(409, code, None);
        assert_eq!(found, fault);
        assert!(!found.outcome_unknown(), "nothing was stored");
        assert!(!found.leaves_open(), "said after the key was looked up");
        assert_eq!(Fault::from_code(found.code()), found);
    }
    for code in ["idempotency_running", "", "anything"] {
        assert!(
            Fault::from_answer(409, code, Some(2)).outcome_unknown(),
            "{code}"
        );
    }
}
