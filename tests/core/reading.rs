//! Where one begins to read a request, and how much of its foot is shown.

use crate::conversing::{REFERENCE, load, message, plain, shown, ticket};
use crate::desk::Desk;
use partner_desk::state::conversation::Ticket;
use partner_desk::state::signal::Errand;
use partner_desk::state::transition::ConversingAction;
use partner_desk::state::{Action, Fault, Screen};
use partner_rules::wire::{HistoryEntry, Message};
use serde_json::json;
use std::rc::Rc;

const ME: &str = "ada@partner.example";

fn by_agent(id: &str, minute: u32) -> Message {
    let agent = json!({"kind": "agent", "name": "Grace", "email": null});
    Message {
        author: serde_json::from_value(agent).expect("an agent"),
        ..mine(id, minute)
    }
}

fn mine(id: &str, minute: u32) -> Message {
    message(id, &format!("2026-11-23T10:{minute:02}:00Z"))
}

fn held(minute: u32) -> HistoryEntry {
    serde_json::from_value(json!({
        "at": format!("2026-11-23T10:{minute:02}:00Z"), "change": "held", "reason": null, "severity": null,
        "by": {"kind": "agent", "name": "Grace", "email": null}, "priority_customer": false,
        "classification": {"outcome": "standard", "reasons": [], "commitment": null, "policy_version": "1"},
    }))
    .expect("a change")
}

fn unread(messages: Vec<Message>, history: Vec<HistoryEntry>) -> Ticket {
    let mut ticket = ticket(messages, history);
    ticket.receipt.unread = true;
    ticket
}

/// Where it was begun, the last time.
fn begun(desk: &Desk) -> Option<Option<usize>> {
    let mut errands = desk.state.signals.errands.iter().rev();
    errands.find_map(|(_, errand)| {
        if let Errand::Begin { line } = errand {
            Some(*line)
        } else {
            None
        }
    })
}

fn carried_out(desk: &mut Desk) {
    desk.state.signals.errands.clear();
}

fn go(desk: &mut Desk, screen: Screen) {
    desk.act(Action::Go(screen));
}

fn request() -> Screen {
    Screen::Request(Rc::from(REFERENCE))
}

fn act(desk: &mut Desk, action: ConversingAction) {
    desk.act(Action::Conversing(action));
}

fn is_small(desk: &Desk) -> bool {
    let writing = desk.state.writings.of(REFERENCE);
    writing.is_none_or(|writing| writing.is_small())
}

#[test]
fn what_is_new_begins_with_what_agents_did_since_oneself() {
    for (ticket, line) in [
        (ticket(vec![by_agent("1", 1)], Vec::new()), None),
        (unread(Vec::new(), Vec::new()), None),
        (
            unread(vec![by_agent("1", 1), by_agent("2", 2)], Vec::new()),
            Some(1),
        ),
        (
            unread(
                vec![by_agent("1", 1), mine("2", 2), by_agent("3", 3)],
                Vec::new(),
            ),
            Some(3),
        ),
        (
            unread(vec![by_agent("1", 1), mine("2", 2)], vec![held(3)]),
            Some(3),
        ),
        // Somebody answered without having looked: nothing is new after that.
        (
            unread(vec![by_agent("1", 1), mine("2", 2)], Vec::new()),
            None,
        ),
    ] {
        let told = format!("{:?}", ticket.more.messages);
        assert_eq!(ticket.first_new(ME), line, "{told}");
    }
    let colleague = unread(vec![mine("1", 1), by_agent("2", 2)], Vec::new());
    assert_eq!(colleague.first_new("max@partner.example"), Some(2));
}

#[test]
fn a_request_is_begun_once_it_is_there() {
    let desk = shown(unread(vec![by_agent("1", 1)], Vec::new()));
    assert_eq!(begun(&desk), Some(Some(1)));
    assert_eq!(begun(&plain()), Some(None), "else with the last line");
}

#[test]
fn what_arrives_while_somebody_reads_moves_nothing() {
    let mut desk = plain();
    carried_out(&mut desk);
    desk.act(Action::DetailStale {
        reference: Rc::from(REFERENCE),
    });
    load(&mut desk, Ok(unread(vec![by_agent("1", 1)], Vec::new())));
    assert_eq!(begun(&desk), None);
}

#[test]
fn come_back_to_it_begins_at_once_and_again_only_with_news() {
    let mut desk = plain();
    for (messages, line) in [(vec![by_agent("1", 1)], Some(Some(1))), (Vec::new(), None)] {
        desk.act(Action::Back);
        carried_out(&mut desk);
        go(&mut desk, request());
        assert!(begun(&desk).is_some(), "as far as it is known");
        carried_out(&mut desk);
        let now = if messages.is_empty() {
            ticket(messages, Vec::new())
        } else {
            unread(messages, Vec::new())
        };
        load(&mut desk, Ok(now));
        assert_eq!(begun(&desk), line);
    }
}

#[test]
fn what_could_not_be_loaded_is_begun_when_it_could() {
    let mut desk = plain();
    desk.act(Action::Back);
    go(&mut desk, Screen::Request(Rc::from("PS-EU-000009")));
    carried_out(&mut desk);
    load(&mut desk, Err(Fault::Unreachable));
    assert_eq!(begun(&desk), None);
    go(&mut desk, Screen::Request(Rc::from("PS-EU-000009")));
    load(&mut desk, Ok(ticket(Vec::new(), Vec::new())));
    assert_eq!(begun(&desk), Some(None));
}

#[test]
fn the_foot_is_small_until_somebody_goes_to_it_and_again_when_nothing_was_written() {
    let mut desk = plain();
    assert!(is_small(&desk));
    act(&mut desk, ConversingAction::Begun);
    assert!(!is_small(&desk));
    let makes_way = |(_, errand): &(u32, Errand)| *errand == Errand::MakeWay;
    assert!(desk.state.signals.errands.iter().any(makes_way));
    carried_out(&mut desk);
    act(&mut desk, ConversingAction::Begun);
    assert!(!desk.state.signals.errands.iter().any(makes_way), "once");
    desk.act(Action::Back);
    go(&mut desk, request());
    assert!(is_small(&desk));
}

#[test]
fn what_was_begun_shows_the_whole_foot() {
    for action in [
        ConversingAction::Typed(Rc::from(" ")),
        ConversingAction::ReasonTyped(Rc::from("Solved")),
    ] {
        let mut desk = plain();
        act(&mut desk, action);
        desk.act(Action::Back);
        go(&mut desk, request());
        assert!(!is_small(&desk));
    }
}
