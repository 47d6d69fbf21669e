//! The list of requests and the open one.

use crate::desk::{Desk, receipt};
use partner_desk::state::conversation::Detail;
use partner_desk::state::signal::FocusTarget;
use partner_desk::state::{Action, Fault, Screen};
use partner_rules::wire::Access;
use std::rc::Rc;

fn opened() -> Desk {
    let mut desk = Desk::new("eu");
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    desk.connect(Access::Own);
    desk
}

fn load(desk: &mut Desk, references: &[&str], next: Option<&str>) {
    let attempt = attempt!(desk, LoadRequests);
    let items = references
        .iter()
        .map(|reference| receipt(reference))
        .collect();
    desk.act(Action::RequestsLoaded {
        attempt,
        result: Ok((items, next.map(str::to_owned))),
    });
}

fn references(desk: &Desk) -> Vec<&str> {
    desk.state
        .requests
        .items
        .iter()
        .map(|item| item.reference.as_str())
        .collect()
}

#[test]
fn pages_are_appended_without_doubles_and_focus_goes_on_with_the_first_new_row() {
    let mut desk = opened();
    load(&mut desk, &["PS-EU-000003", "PS-EU-000002"], Some("next"));
    desk.act(Action::MoreWanted);
    load(&mut desk, &["PS-EU-000002", "PS-EU-000001"], None);
    assert_eq!(
        references(&desk),
        ["PS-EU-000003", "PS-EU-000002", "PS-EU-000001"]
    );
    assert_eq!(desk.focus(), Some(&FocusTarget::RowAt(2)));
}

#[test]
fn a_failed_list_keeps_what_was_there() {
    let mut desk = opened();
    load(&mut desk, &["PS-EU-000001"], None);
    desk.act(Action::RequestsWanted);
    let attempt = attempt!(desk, LoadRequests);
    desk.act(Action::RequestsLoaded {
        attempt,
        result: Err(Fault::Unreachable),
    });
    assert_eq!(references(&desk), ["PS-EU-000001"]);
}

#[test]
fn back_from_a_request_returns_to_its_row() {
    let mut desk = opened();
    load(&mut desk, &["PS-EU-000001"], None);
    desk.act(Action::Go(Screen::Request(Rc::from("PS-EU-000001"))));
    assert!(matches!(desk.state.detail, Detail::Wanted { .. }));
    desk.act(Action::Back);
    assert_eq!(desk.state.screen, Screen::Requests);
    assert_eq!(
        desk.focus(),
        Some(&FocusTarget::Row(Rc::from("PS-EU-000001")))
    );
}

#[test]
fn an_answer_for_a_request_no_longer_open_is_ignored() {
    let mut desk = opened();
    desk.act(Action::Go(Screen::Request(Rc::from("PS-EU-000001"))));
    let first = attempt!(desk, LoadDetail);
    desk.act(Action::Go(Screen::Request(Rc::from("PS-EU-000002"))));
    desk.act(Action::DetailLoaded {
        attempt: first,
        result: Err(Fault::NotFound),
    });
    assert!(matches!(desk.state.detail, Detail::Wanted { .. }));
}
