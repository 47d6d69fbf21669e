//! The list of requests: pages, filters, what of it is drawn; and the open one.

use crate::desk::{Desk, page, receipt};
use partner_desk::state::conversation::Detail;
use partner_desk::state::requests::Load;
use partner_desk::state::requests::filter::{Choice, SeverityWanted, Sort};
use partner_desk::state::requests::window::{ROWS, Sight};
use partner_desk::state::signal::{Errand, FocusTarget, Spoken};
use partner_desk::state::transition::ListAction;
use partner_desk::state::{Action, Fault, Screen};
use partner_rules::wire::{Access, Receipt, Status};
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
        result: Ok(page(items, next, None)),
    });
}

fn reference(number: usize) -> String {
    format!("PS-EU-{number:06}")
}

/// Newest first, from the `from`-th on.
fn rows(from: usize, count: usize, of: usize) -> Vec<Receipt> {
    (from..from + count)
        .map(|at| receipt(&reference(of - at)))
        .collect()
}

/// The page that is wanted, as an endpoint with `of` requests would give it.
fn serve(desk: &mut Desk, of: usize) {
    let attempt = attempt!(desk, LoadRequests);
    let cursor = if let Load::Wanted { cursor, .. } = &desk.state.requests.load {
        cursor.clone()
    } else {
        None
    };
    let from = cursor.as_ref().map_or(0, |at| at.parse().expect("a row"));
    let limit = if cursor.is_some() { 200 } else { 50 };
    let count = limit.min(of - from);
    let next = (from + count < of).then(|| (from + count).to_string());
    let total = cursor.is_none().then(|| u32::try_from(of).expect("a few"));
    desk.act(Action::RequestsLoaded {
        attempt,
        result: Ok(page(rows(from, count, of), next.as_deref(), total)),
    });
}

fn wants_a_page(desk: &Desk) -> bool {
    matches!(desk.state.requests.load, Load::Wanted { .. })
}

fn list(desk: &mut Desk, action: ListAction) {
    desk.act(Action::List(action));
}

fn scroll(desk: &mut Desk, first: usize) {
    list(
        desk,
        ListAction::Seen(Sight {
            first,
            px: i32::try_from(first * 90).expect("a few"),
            focused: desk.state.requests.sight.focused.clone(),
        }),
    );
}

fn references(desk: &Desk) -> Vec<&str> {
    desk.state
        .requests
        .items
        .iter()
        .map(|item| item.reference.as_str())
        .collect()
}

fn said_later(desk: &Desk) -> Vec<&Spoken> {
    let errands = desk.state.signals.errands.iter();
    errands
        .filter_map(|(_, errand)| {
            if let Errand::SayLater(spoken) = errand {
                Some(spoken)
            } else {
                None
            }
        })
        .collect()
}

#[test]
fn pages_are_appended_without_doubles() {
    let mut desk = opened();
    load(&mut desk, &["PS-EU-000003", "PS-EU-000002"], Some("next"));
    assert!(wants_a_page(&desk), "so few leave room for more");
    load(&mut desk, &["PS-EU-000002", "PS-EU-000001"], None);
    assert_eq!(
        references(&desk),
        ["PS-EU-000003", "PS-EU-000002", "PS-EU-000001"]
    );
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
fn ten_thousand_requests_are_loaded_only_as_far_as_somebody_looks() {
    let mut desk = opened();
    serve(&mut desk, 10_000);
    assert!(!wants_a_page(&desk));
    assert_eq!(desk.state.requests.rows(), 10_000);
    scroll(&mut desk, 5);
    assert!(!wants_a_page(&desk), "enough is there below");
    scroll(&mut desk, 30);
    serve(&mut desk, 10_000);
    assert_eq!(desk.state.requests.items.len(), 250);
    assert!(!wants_a_page(&desk));
}

#[test]
fn whoever_jumps_to_the_end_gets_every_page_up_to_there_and_no_double() {
    let mut desk = opened();
    serve(&mut desk, 10_000);
    scroll(&mut desk, 9_995);
    assert!(desk.state.requests.shows_gap());
    assert!(
        desk.state.requests.window().is_empty(),
        "nothing to draw yet"
    );
    let mut pages = 0;
    while wants_a_page(&desk) {
        serve(&mut desk, 10_000);
        pages += 1;
    }
    assert_eq!(pages, 50);
    assert_eq!(desk.state.requests.items.len(), 10_000);
    assert!(!desk.state.requests.shows_gap());
    assert_eq!(desk.state.requests.window(), 9_980..10_000);
    let mut all = references(&desk);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 10_000);
}

#[test]
fn loading_ends_when_whoever_jumped_comes_back() {
    let mut desk = opened();
    serve(&mut desk, 10_000);
    scroll(&mut desk, 9_995);
    serve(&mut desk, 10_000);
    assert!(wants_a_page(&desk));
    scroll(&mut desk, 0);
    serve(&mut desk, 10_000);
    assert!(!wants_a_page(&desk), "the page under way was the last one");
}

#[test]
fn everywhere_the_window_is_around_what_is_in_sight_and_never_larger() {
    let mut desk = opened();
    serve(&mut desk, 1_000);
    scroll(&mut desk, 999);
    while wants_a_page(&desk) {
        serve(&mut desk, 1_000);
    }
    for first in 0..1_000 {
        scroll(&mut desk, first);
        let window = desk.state.requests.window();
        assert!(window.len() <= ROWS, "{first}: {window:?}");
        let seen = first.saturating_sub(10)..(first + 20).min(1_000);
        assert!(
            window.start <= seen.start && window.end >= seen.end,
            "{first}: {window:?}"
        );
    }
}

#[test]
fn the_row_with_focus_is_drawn_wherever_one_scrolls_to() {
    let mut desk = opened();
    serve(&mut desk, 1_000);
    let focused: Rc<str> = Rc::from(reference(997));
    list(
        &mut desk,
        ListAction::Seen(Sight {
            focused: Some(focused),
            ..Sight::default()
        }),
    );
    assert_eq!(desk.state.requests.aside(), None, "it is in the window");
    scroll(&mut desk, 500);
    while wants_a_page(&desk) {
        serve(&mut desk, 1_000);
    }
    assert_eq!(desk.state.requests.aside(), Some(3));
    assert!(!desk.state.requests.window().contains(&3));
}

#[test]
fn a_page_that_does_not_come_is_not_asked_for_with_every_pixel() {
    let mut desk = opened();
    serve(&mut desk, 1_000);
    scroll(&mut desk, 40);
    let attempt = attempt!(desk, LoadRequests);
    desk.act(Action::RequestsLoaded {
        attempt,
        result: Err(Fault::Unreachable),
    });
    scroll(&mut desk, 41);
    assert!(matches!(desk.state.requests.load, Load::Failed { .. }));
    desk.act(Action::RequestsAgain);
    serve(&mut desk, 1_000);
    assert_eq!(desk.state.requests.items.len(), 250);
}

#[test]
fn coming_back_finds_the_list_as_far_as_it_was_loaded_and_as_it_is_now() {
    let mut desk = opened();
    serve(&mut desk, 1_000);
    scroll(&mut desk, 120);
    serve(&mut desk, 1_000);
    let opened: Rc<str> = Rc::from(reference(880));
    desk.act(Action::Go(Screen::Request(Rc::clone(&opened))));
    desk.act(Action::Back);
    let errands: Vec<_> = desk.state.signals.errands.iter().map(|(_, e)| e).collect();
    let scroll = errands
        .iter()
        .position(|e| **e == Errand::ScrollTo(120 * 90));
    let target = Errand::Focus(FocusTarget::Row(opened));
    let focus = errands.iter().position(|e| **e == target);
    assert!(scroll.is_some() && scroll < focus, "{errands:?}");
    // Two have come in between.
    serve(&mut desk, 1_002);
    assert_eq!(desk.state.requests.items.len(), 252);
    assert_eq!(desk.state.requests.rows(), 1_002);
    let (first, last) = (reference(1_002), reference(751));
    assert_eq!(references(&desk).first(), Some(&first.as_str()));
    assert_eq!(references(&desk).last(), Some(&last.as_str()));
    assert!(said_later(&desk).is_empty(), "nobody asked for a count");
}

#[test]
fn what_somebody_looks_at_stays_in_sight_when_requests_come_in_above_it() {
    let moves = |desk: &Desk| -> Vec<i32> {
        let errands = desk.state.signals.errands.iter();
        errands
            .filter_map(|(_, errand)| {
                if let Errand::ScrollRows(rows) = errand {
                    Some(*rows)
                } else {
                    None
                }
            })
            .collect()
    };
    let mut desk = opened();
    serve(&mut desk, 1_000);
    scroll(&mut desk, 120);
    serve(&mut desk, 1_000);
    desk.act(Action::RequestsWanted);
    serve(&mut desk, 1_000);
    assert_eq!(moves(&desk), [0; 0], "nothing has come");
    desk.act(Action::RequestsWanted);
    serve(&mut desk, 1_003);
    assert_eq!(moves(&desk), [3]);
    assert_eq!(desk.state.requests.sight.first, 123);
    scroll(&mut desk, 0);
    desk.act(Action::RequestsWanted);
    serve(&mut desk, 1_004);
    assert_eq!(moves(&desk), [3], "at the top the new one is what one sees");
}

#[test]
fn of_a_list_that_has_become_short_nothing_stays_below() {
    let mut desk = opened();
    serve(&mut desk, 1_000);
    scroll(&mut desk, 120);
    serve(&mut desk, 1_000);
    desk.act(Action::RequestsWanted);
    serve(&mut desk, 40);
    assert_eq!(desk.state.requests.items.len(), 40);
    assert_eq!(desk.state.requests.rows(), 40);
}

#[test]
fn a_filter_makes_another_list_and_says_how_many_there_are() {
    let mut desk = opened();
    serve(&mut desk, 1_000);
    scroll(&mut desk, 120);
    serve(&mut desk, 1_000);
    list(
        &mut desk,
        ListAction::Chosen(Choice::Status(Some(Status::OnHold))),
    );
    assert_eq!(desk.state.requests.sight, Sight::default());
    assert_eq!(
        desk.state.requests.items.len(),
        250,
        "until the answer comes"
    );
    serve(&mut desk, 2);
    assert_eq!(references(&desk), [reference(2), reference(1)]);
    assert_eq!(said_later(&desk), [&Spoken::RequestsFound(2)]);
    assert_eq!(desk.state.requests.filter.count(), 1);
    list(
        &mut desk,
        ListAction::Chosen(Choice::Severity(Some(SeverityWanted::S1))),
    );
    list(
        &mut desk,
        ListAction::Chosen(Choice::Service(Some(Rc::from("crm")))),
    );
    assert_eq!(desk.state.requests.filter.count(), 3);
    assert!(said_later(&desk).is_empty(), "the old count is out of date");
}

#[test]
fn an_answer_to_an_older_search_is_ignored() {
    let mut desk = opened();
    serve(&mut desk, 3);
    list(&mut desk, ListAction::Searched("a".to_owned()));
    let late = attempt!(desk, LoadRequests);
    list(&mut desk, ListAction::Searched("ab".to_owned()));
    desk.act(Action::RequestsLoaded {
        attempt: late,
        result: Ok(page(rows(0, 2, 2), None, Some(2))),
    });
    assert!(wants_a_page(&desk));
    assert_eq!(desk.state.requests.items.len(), 3);
    serve(&mut desk, 1);
    assert_eq!(desk.state.requests.items.len(), 1);
    assert_eq!(desk.state.requests.shown.query, "ab");
}

#[test]
fn an_over_long_search_is_not_asked_for_and_the_next_one_is() {
    let mut desk = opened();
    serve(&mut desk, 3);
    list(&mut desk, ListAction::Searched("é".repeat(255)));
    assert!(wants_a_page(&desk), "characters count, not bytes");
    list(&mut desk, ListAction::Searched("é".repeat(256)));
    assert!(!wants_a_page(&desk));
    assert!(desk.state.requests.filter.is_too_long());
    desk.act(Action::RequestsWanted);
    assert!(!wants_a_page(&desk));
    list(&mut desk, ListAction::Searched("é".to_owned()));
    assert!(wants_a_page(&desk));
}

#[test]
fn clearing_takes_back_filters_and_search_but_not_the_order() {
    let mut desk = opened();
    serve(&mut desk, 3);
    list(&mut desk, ListAction::Chosen(Choice::Sort(Sort::Oldest)));
    list(
        &mut desk,
        ListAction::Chosen(Choice::Status(Some(Status::Closed))),
    );
    list(&mut desk, ListAction::Searched("x".to_owned()));
    list(&mut desk, ListAction::Cleared);
    let filter = &desk.state.requests.filter;
    assert!(!filter.is_narrow());
    assert_eq!(filter.sort, Sort::Oldest);
    assert_eq!(desk.focus(), Some(&FocusTarget::Id("pd-search")));
    assert!(wants_a_page(&desk));
}

#[test]
fn filters_stay_while_the_panel_lives_and_go_with_the_one_who_set_them() {
    let mut desk = opened();
    serve(&mut desk, 3);
    list(
        &mut desk,
        ListAction::Chosen(Choice::Status(Some(Status::Closed))),
    );
    serve(&mut desk, 1);
    desk.act(Action::Go(Screen::Help));
    desk.act(Action::Closed);
    desk.act(Action::Opened {
        screen: Some(Screen::Requests),
        now_ms: 0,
    });
    assert_eq!(desk.state.requests.filter.count(), 1);
    desk.act(Action::SignedOut);
    assert_eq!(desk.state.requests.filter.count(), 0);
}

#[test]
fn a_request_that_was_looked_at_stands_in_the_list_as_it_is_now() {
    let mut desk = opened();
    serve(&mut desk, 3);
    let mut closed = receipt(&reference(2));
    closed.status = Status::Closed;
    Rc::make_mut(&mut desk.state.requests).renew(&closed);
    let found = desk.state.requests.find(&reference(2)).expect("listed");
    assert_eq!(found.status, Status::Closed);
    let row = desk.state.requests.items.get(1).expect("the second row");
    assert_eq!(row.status, Status::Closed);
    assert_eq!(desk.state.requests.find(&reference(9)), None);
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
