//! What happens to requests elsewhere.

use crate::desk::{Desk, page, receipt};
use partner_desk::state::conversation::Ticket;
use partner_desk::state::news::Answered;
use partner_desk::state::requests::window::Sight;
use partner_desk::state::signal::{Errand, HostEvent, Spoken};
use partner_desk::state::transition::ListAction;
use partner_desk::state::{Action, Effect, Fault, NewsAction, Screen, pending};
use partner_rules::wire::{Access, AuthorKind, LastChange, Receipt, TicketChange};
use serde_json::json;
use std::rc::Rc;

const REFERENCE: &str = "PS-EU-000001";

fn opened() -> Desk {
    let mut desk = Desk::new("eu");
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    desk.connect(Access::Own);
    let attempt = attempt!(desk, LoadRequests);
    desk.act(Action::RequestsLoaded {
        attempt,
        result: Ok(page(
            vec![receipt("PS-EU-000002"), receipt(REFERENCE)],
            None,
            None,
        )),
    });
    desk
}

fn answered_by_agent() -> Receipt {
    Receipt {
        updated_at: "2026-11-23T11:00:00Z".to_owned(),
        last: Some(LastChange {
            change: TicketChange::Replied,
            by: AuthorKind::Agent,
        }),
        unread: true,
        ..receipt(REFERENCE)
    }
}

fn happened(desk: &mut Desk, reference: &str) {
    desk.act(Action::News(NewsAction::Happened(Rc::from(reference))));
}

fn answer(desk: &mut Desk, receipts: Vec<Receipt>, unread: u32) {
    let attempt = attempt!(desk, AskNews);
    desk.act(Action::News(NewsAction::Asked {
        attempt,
        result: Ok(Answered { receipts, unread }),
    }));
}

fn asks(desk: &Desk) -> bool {
    let asks = |effect: &Effect| matches!(effect, Effect::AskNews { .. });
    pending(&desk.state).iter().any(asks)
}

fn told(desk: &Desk) -> Vec<u32> {
    let events = desk.events().into_iter();
    let count = |event: &HostEvent| match event {
        HostEvent::Unread { count } => Some(*count),
        HostEvent::Submitted { .. } | HostEvent::Queued { .. } | HostEvent::Failed { .. } => None,
    };
    events.filter_map(count).collect()
}

#[test]
fn an_agent_s_reply_is_counted_told_and_said_and_moves_no_row() {
    let mut desk = opened();
    happened(&mut desk, REFERENCE);
    answer(&mut desk, vec![answered_by_agent()], 1);
    assert_eq!(told(&desk), [1]);
    let said = desk.state.signals.spoken.clone().map(|(_, said)| said);
    let news = Spoken::News {
        reference: Rc::from(REFERENCE),
        change: Some(TicketChange::Replied),
    };
    assert_eq!(said, Some(news));
    let items = &desk.state.requests.items;
    assert_eq!(items[1].reference, REFERENCE);
    assert!(items[1].unread);
    assert!(
        desk.focus()
            .is_none_or(|_| desk.state.screen == Screen::Requests)
    );
}

#[test]
fn what_oneself_did_is_not_said() {
    let mut desk = opened();
    happened(&mut desk, REFERENCE);
    answer(&mut desk, vec![receipt(REFERENCE)], 0);
    assert_eq!(desk.state.signals.spoken, None);
    assert!(told(&desk).is_empty());
}

#[test]
fn several_changes_are_one_question_and_one_during_it_is_another() {
    let mut desk = opened();
    happened(&mut desk, REFERENCE);
    let first = attempt!(desk, AskNews);
    happened(&mut desk, "PS-EU-000002");
    assert_eq!(attempt!(desk, AskNews), first);
    answer(&mut desk, vec![receipt(REFERENCE)], 0);
    assert_ne!(attempt!(desk, AskNews), first);
    let asking = desk.state.news.asking.as_ref().expect("asking");
    assert_eq!(&*asking.references, [Rc::from("PS-EU-000002")]);
}

#[test]
fn a_change_that_comes_during_its_own_question_is_asked_for_again() {
    let mut desk = opened();
    happened(&mut desk, REFERENCE);
    happened(&mut desk, REFERENCE);
    answer(&mut desk, vec![receipt(REFERENCE)], 0);
    assert!(
        asks(&desk),
        "the answer may be from before the second change"
    );
}

#[test]
fn a_hidden_page_asks_when_it_is_seen_again() {
    let mut desk = opened();
    desk.act(Action::News(NewsAction::Looked(false)));
    let follows = |effect: &Effect| matches!(effect, Effect::Follow { .. });
    assert!(!pending(&desk.state).iter().any(follows));
    happened(&mut desk, REFERENCE);
    assert!(!asks(&desk));
    desk.act(Action::News(NewsAction::Looked(true)));
    assert!(asks(&desk));
    assert!(pending(&desk.state).iter().any(follows));
}

#[test]
fn after_a_gap_the_list_is_loaded_anew_once_the_endpoint_answers() {
    let mut desk = opened();
    desk.act(Action::News(NewsAction::Missed));
    let attempt = attempt!(desk, AskNews);
    desk.act(Action::News(NewsAction::Asked {
        attempt,
        result: Err(Fault::Unreachable),
    }));
    let loads = |effect: &Effect| matches!(effect, Effect::LoadRequests { .. });
    assert!(!pending(&desk.state).iter().any(loads));
    desk.act(Action::Tick { now_ms: 30_000 });
    answer(&mut desk, vec![], 2);
    assert!(pending(&desk.state).iter().any(loads));
    assert_eq!(told(&desk), [2]);
}

#[test]
fn many_changes_at_once_are_a_gap() {
    let mut desk = opened();
    for number in 0..100 {
        happened(&mut desk, &format!("PS-EU-{number:06}"));
    }
    let asking = desk.state.news.asking.clone().expect("asking");
    assert!(asking.references.len() <= 1, "{asking:?}");
    assert!(desk.state.news.stale.len() <= 8);
    assert!(desk.state.news.gap);
}

#[test]
fn with_the_panel_closed_only_the_number_is_asked_for() {
    let mut desk = opened();
    desk.act(Action::Closed);
    happened(&mut desk, REFERENCE);
    let asking = desk.state.news.asking.as_ref().expect("asking");
    assert!(asking.references.is_empty());
    answer(&mut desk, vec![], 1);
    assert_eq!(told(&desk), [1]);
    assert!(!asks(&desk));
}

#[test]
fn what_is_shown_is_marked_as_seen_once_and_only_while_somebody_looks() {
    let mut desk = opened();
    desk.act(Action::News(NewsAction::Looked(false)));
    desk.act(Action::Go(Screen::Request(Rc::from(REFERENCE))));
    let attempt = attempt!(desk, LoadDetail);
    let ticket = Ticket {
        receipt: answered_by_agent(),
        more: serde_json::from_value(json!({
            "description": "", "superadmin_email": null, "customer_email": null, "zuid": null, "lang": null,
            "messages": [], "attachments": [], "timeline": [], "history": [],
        }))
        .expect("the rest"),
    };
    desk.act(Action::DetailLoaded {
        attempt,
        result: Ok(Box::new(ticket)),
    });
    assert!(desk.state.detail.showing(REFERENCE).is_some());
    let marks = |effect: &Effect| matches!(effect, Effect::MarkSeen { .. });
    assert!(!pending(&desk.state).iter().any(marks));
    desk.act(Action::News(NewsAction::Looked(true)));
    let attempt = attempt!(desk, MarkSeen);
    desk.state.news.unread = 1;
    desk.act(Action::News(NewsAction::Marked {
        attempt,
        unread: Some(0),
    }));
    assert!(!pending(&desk.state).iter().any(marks));
    let shown = desk.state.detail.ticket().expect("shown");
    assert!(!shown.receipt.unread, "come back to it, nothing is new");
    desk.act(Action::Tick { now_ms: 60_000 });
    assert!(!pending(&desk.state).iter().any(marks));
    assert_eq!(desk.state.news.unread, 0);
}

#[test]
fn signing_out_takes_the_number_back() {
    let mut desk = opened();
    happened(&mut desk, REFERENCE);
    answer(&mut desk, vec![answered_by_agent()], 1);
    desk.act(Action::SignedOut);
    assert_eq!(told(&desk), [1, 0]);
    assert_eq!(desk.state.news.follow, None);
}

#[test]
fn without_access_nothing_is_followed() {
    let mut desk = Desk::new("eu");
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    desk.connect(Access::None);
    assert_eq!(desk.state.news.follow, None);
    happened(&mut desk, REFERENCE);
    assert!(!asks(&desk));
}

#[test]
fn what_happened_before_the_stream_began_is_seen_by_the_number_of_unread_requests() {
    let loads = |effect: &Effect| matches!(effect, Effect::LoadRequests { .. });
    let mut desk = opened();
    desk.act(Action::News(NewsAction::Began));
    answer(&mut desk, vec![], 0);
    assert!(!pending(&desk.state).iter().any(loads), "the same number");
    desk.act(Action::News(NewsAction::Began));
    answer(&mut desk, vec![], 1);
    assert!(pending(&desk.state).iter().any(loads));
    assert_eq!(told(&desk), [1]);
}

#[test]
fn a_new_request_above_what_somebody_looks_at_does_not_move_it() {
    let scrolled = |desk: &Desk| {
        let errands = desk.state.signals.errands.iter();
        errands
            .filter(|(_, errand)| matches!(errand, Errand::ScrollRows(1)))
            .count()
    };
    let mut desk = opened();
    happened(&mut desk, "PS-EU-000003");
    answer(&mut desk, vec![receipt("PS-EU-000003")], 0);
    assert_eq!(
        scrolled(&desk),
        0,
        "at the top the new one is what one sees"
    );
    desk.act(Action::List(ListAction::Seen(Sight {
        first: 1,
        ..Sight::default()
    })));
    happened(&mut desk, "PS-EU-000004");
    answer(&mut desk, vec![receipt("PS-EU-000004")], 0);
    assert_eq!(scrolled(&desk), 1);
    assert_eq!(desk.state.requests.sight.first, 2);
    happened(&mut desk, "PS-EU-000004");
    answer(&mut desk, vec![receipt("PS-EU-000004")], 0);
    assert_eq!(scrolled(&desk), 1, "known already");
}
