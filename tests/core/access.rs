//! The tab Access: loading, searching, granting.

use crate::desk::Desk;
use partner_desk::state::access::{AccessPage, Whose};
use partner_desk::state::signal::{Errand, Spoken};
use partner_desk::state::transition::AccessAction;
use partner_desk::state::{Action, Effect, Fault, Screen};
use partner_rules::wire::{Access, AccessUser};
use std::rc::Rc;

const LIMITED: Fault = Fault::RateLimited {
    retry_after_s: Some(1),
};

fn user(email: &str, access: Access) -> AccessUser {
    AccessUser {
        email: email.to_owned(),
        name: None,
        role: None,
        access,
        granted: true,
        updated_at: None,
    }
}

fn load_attempt(desk: &Desk) -> u32 {
    attempt!(desk, LoadAccess)
}

fn set_attempt(desk: &Desk) -> u32 {
    attempt!(desk, SetAccess)
}

fn loaded(desk: &mut Desk, result: Result<AccessPage, Fault>) {
    let attempt = load_attempt(desk);
    desk.act(Action::Access(AccessAction::Loaded { attempt, result }));
}

fn page(users: &[&str], next: Option<&str>) -> AccessPage {
    AccessPage {
        users: users.iter().map(|email| user(email, Access::Own)).collect(),
        next_cursor: next.map(str::to_owned),
        default: Some(Access::Own),
    }
}

fn opened() -> Desk {
    let mut desk = Desk::on_form();
    desk.act(Action::TabChosen(Screen::Access));
    loaded(
        &mut desk,
        Ok(page(&["ada@partner.example", "bob@partner.example"], None)),
    );
    desk
}

fn set(desk: &mut Desk, who: &str, to: Access) -> Whose {
    let whose: Whose = Some(Rc::from(who));
    desk.act(Action::Access(AccessAction::Set {
        whose: whose.clone(),
        to,
    }));
    whose
}

fn was_set(desk: &mut Desk, result: Result<Option<AccessUser>, Fault>) {
    let attempt = set_attempt(desk);
    desk.act(Action::Access(AccessAction::WasSet { attempt, result }));
}

fn emails(desk: &Desk) -> Vec<&str> {
    let users = desk.state.access.users.iter();
    users.map(|user| user.email.as_str()).collect()
}

#[test]
fn a_search_replaces_the_list_and_an_answer_for_the_one_before_is_ignored() {
    let mut desk = opened();
    desk.act(Action::Access(AccessAction::Searched("b".to_owned())));
    let first = load_attempt(&desk);
    desk.act(Action::Access(AccessAction::Searched("bo".to_owned())));
    desk.act(Action::Access(AccessAction::Loaded {
        attempt: first,
        result: Ok(page(&["late@partner.example"], None)),
    }));
    assert_eq!(emails(&desk).len(), 2);
    loaded(&mut desk, Ok(page(&["bob@partner.example"], None)));
    assert_eq!(emails(&desk), ["bob@partner.example"]);
}

#[test]
fn later_pages_are_appended_and_a_failed_one_can_be_had_again() {
    let mut desk = opened();
    desk.act(Action::Access(AccessAction::Searched("a".to_owned())));
    loaded(&mut desk, Ok(page(&["a1@x.example"], Some("next"))));
    desk.act(Action::Access(AccessAction::More));
    loaded(&mut desk, Err(Fault::Unreachable));
    desk.act(Action::Access(AccessAction::Again));
    loaded(&mut desk, Ok(page(&["a2@x.example"], None)));
    assert_eq!(emails(&desk), ["a1@x.example", "a2@x.example"]);
}

#[test]
fn a_grant_shows_at_once_and_is_said_when_it_holds() {
    let mut desk = opened();
    let whose = set(&mut desk, "bob@partner.example", Access::Company);
    let change = desk
        .state
        .access
        .change(whose.as_deref())
        .expect("under way");
    assert_eq!((change.to, &change.fault), (Access::Company, &None));
    was_set(
        &mut desk,
        Ok(Some(user("bob@partner.example", Access::Company))),
    );
    assert!(desk.state.access.changes.is_empty());
    assert_eq!(desk.state.access.users[1].access, Access::Company);
    let spoken = desk.state.signals.spoken.as_ref().map(|(_, said)| said);
    assert_eq!(
        spoken,
        Some(&Spoken::AccessSet {
            whose,
            to: Access::Company
        })
    );
}

#[test]
fn a_grant_that_fails_says_why_and_shows_what_holds() {
    let mut desk = opened();
    let whose = set(&mut desk, "bob@partner.example", Access::None);
    was_set(&mut desk, Err(Fault::Unreachable));
    let change = desk.state.access.change(whose.as_deref()).expect("failed");
    assert_eq!(change.fault, Some(Fault::Unreachable));
    let back = Errand::ShowLevel(whose.clone(), Access::Own);
    assert!(
        desk.state
            .signals
            .errands
            .iter()
            .any(|(_, errand)| *errand == back)
    );
    // A second try takes its place.
    set(&mut desk, "bob@partner.example", Access::None);
    assert_eq!(desk.state.access.changes.len(), 1);
    assert_eq!(desk.state.access.under_way().count(), 1);
}

#[test]
fn a_later_choice_wins_over_an_earlier_one_still_under_way() {
    let mut desk = opened();
    set(&mut desk, "bob@partner.example", Access::None);
    let first = set_attempt(&desk);
    set(&mut desk, "bob@partner.example", Access::Company);
    desk.act(Action::Access(AccessAction::WasSet {
        attempt: first,
        result: Ok(Some(user("bob@partner.example", Access::None))),
    }));
    assert_eq!(desk.state.access.users[1].access, Access::Own);
    was_set(
        &mut desk,
        Ok(Some(user("bob@partner.example", Access::Company))),
    );
    assert_eq!(desk.state.access.users[1].access, Access::Company);
}

#[test]
fn another_default_is_asked_for_with_all_who_follow_it() {
    let mut desk = opened();
    desk.act(Action::Access(AccessAction::Set {
        whose: None,
        to: Access::None,
    }));
    was_set(&mut desk, Ok(None));
    assert_eq!(desk.state.access.default, Some(Access::None));
    let _attempt = load_attempt(&desk);
}

#[test]
fn one_s_own_access_holds_at_once() {
    let mut desk = opened();
    assert!(desk.state.may_file());
    set(&mut desk, "ada@partner.example", Access::None);
    was_set(
        &mut desk,
        Ok(Some(user("ADA@partner.example", Access::None))),
    );
    assert!(!desk.state.may_file());
}

#[test]
fn an_open_log_follows_the_changes() {
    let mut desk = opened();
    desk.act(Action::Access(AccessAction::LogOpened(true)));
    let attempt = attempt!(desk, LoadAccessLog);
    desk.act(Action::Access(AccessAction::LogLoaded {
        attempt,
        result: Ok((Vec::new(), None)),
    }));
    set(&mut desk, "bob@partner.example", Access::None);
    was_set(
        &mut desk,
        Ok(Some(user("bob@partner.example", Access::None))),
    );
    let again = attempt!(desk, LoadAccessLog);
    assert!(again > attempt);
}

#[test]
fn a_limited_list_of_users_goes_on_by_itself() {
    let mut desk = opened();
    desk.act(Action::Access(AccessAction::Searched("b".to_owned())));
    loaded(&mut desk, Err(LIMITED));
    let attempt = desk.state.retry.expect("waiting").attempt;
    desk.act(Action::Waited { attempt });
    let _attempt = load_attempt(&desk);
}

#[test]
fn who_signs_out_takes_the_users_along() {
    let mut desk = opened();
    desk.act(Action::SessionLost);
    assert!(desk.state.access.users.is_empty());
    let mut desk = opened();
    desk.act(Action::SignedOut);
    assert!(desk.state.access.users.is_empty());
    assert_eq!(desk.state.screen, Screen::Requests);
}

#[test]
fn who_is_no_super_administrator_gets_the_list_of_requests() {
    let mut desk = Desk::new("eu");
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    desk.connect_as_member();
    desk.act(Action::TabChosen(Screen::Access));
    assert_eq!(desk.state.screen, Screen::Requests);
    assert!(
        !partner_desk::state::pending(&desk.state)
            .iter()
            .any(|effect| matches!(effect, Effect::LoadAccess { .. }))
    );
}
