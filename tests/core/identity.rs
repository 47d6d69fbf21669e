//! Who is signed in, and waiting when it was too much.

use crate::desk::{Desk, filed, page, receipt};
use partner_desk::state::action::Answer;
use partner_desk::state::form::Input;
use partner_desk::state::signal::Errand;
use partner_desk::state::{
    Action, Connection, Detail, Effect, Fault, Screen, Submission, pending, transition,
};
use partner_rules::wire::Access;

const LIMITED: Fault = Fault::RateLimited {
    retry_after_s: Some(7),
};

fn wants_to_connect(desk: &Desk) -> bool {
    pending(&desk.state)
        .iter()
        .any(|effect| matches!(effect, Effect::Connect { .. }))
}

fn wait(desk: &Desk) -> Option<u32> {
    pending(&desk.state).into_iter().find_map(|effect| {
        if let Effect::Wait { attempt } = effect {
            Some(attempt)
        } else {
            None
        }
    })
}

fn list_attempt(desk: &Desk) -> u32 {
    attempt!(desk, LoadRequests)
}

fn listed(
    desk: &mut Desk,
    result: Result<partner_rules::wire::Page<partner_rules::wire::Receipt>, Fault>,
) {
    let attempt = list_attempt(desk);
    desk.act(Action::RequestsLoaded { attempt, result });
}

/// On the list, with one request in it.
fn on_list() -> Desk {
    let mut desk = Desk::on_form();
    desk.act(Action::Back);
    listed(
        &mut desk,
        Ok(page(vec![receipt("PS-EU-000001")], None, Some(1))),
    );
    desk
}

#[test]
fn another_provider_is_asked_and_nothing_is_lost() {
    let mut desk = Desk::complete();
    let form = desk.state.form.clone();
    desk.act(Action::ProviderChanged);
    assert!(
        desk.state
            .signals
            .errands
            .iter()
            .any(|(_, errand)| *errand == Errand::RenewToken)
    );
    assert_eq!(desk.state.form, form);
    assert!(!wants_to_connect(&desk));
}

#[test]
fn a_lost_session_takes_the_account_s_data_and_leaves_the_draft() {
    let mut desk = on_list();
    desk.act(Action::Go(Screen::AddTicket));
    desk.fill("Zoho CRM", "20000000001", "admin@large.example");
    desk.act(Action::SessionLost);
    assert_eq!(desk.state.connection, Connection::Failed(Fault::SignedOut));
    assert!(desk.state.requests.items.is_empty());
    assert_eq!(desk.state.form.draft.subject, "Cannot sign in");

    // The page has a provider again: on it goes, where it was.
    desk.act(Action::ProviderChanged);
    assert!(wants_to_connect(&desk));
    desk.connect(Access::Company);
    assert_eq!(desk.state.screen, Screen::AddTicket);
    assert_eq!(desk.outcome(), "undecided");
}

#[test]
fn a_lost_session_closes_what_it_showed() {
    let mut desk = on_list();
    desk.act(Action::Go(Screen::Request("PS-EU-000001".into())));
    desk.act(Action::SessionLost);
    assert_eq!(desk.state.screen, Screen::Requests);
    assert_eq!(desk.state.detail, Detail::Closed);
}

#[test]
fn a_list_that_nobody_may_read_is_a_lost_session() {
    let mut desk = on_list();
    desk.act(Action::RequestsWanted);
    listed(&mut desk, Err(Fault::SignedOut));
    assert_eq!(desk.state.connection, Connection::Failed(Fault::SignedOut));
    assert!(desk.state.requests.items.is_empty());
}

#[test]
fn tokens_are_forgotten_before_anything_is_asked_again() {
    let mut desk = Desk::complete();
    desk.act(Action::SignedOut);
    let effects = pending(&desk.state);
    let place = |wanted: fn(&Effect) -> bool| effects.iter().position(wanted);
    let forget = place(|effect| matches!(effect, Effect::Errand { .. })).expect("to be forgotten");
    let connect = place(|effect| matches!(effect, Effect::Connect { .. })).expect("to connect");
    assert!(forget < connect);
    assert!(desk.state.form.draft.subject.is_empty());
    assert!(desk.state.filed.is_none());
}

#[test]
fn a_closed_panel_connects_when_it_is_opened() {
    let mut desk = Desk::complete();
    desk.act(Action::Closed);
    desk.act(Action::SessionLost);
    desk.act(Action::ProviderChanged);
    assert!(!wants_to_connect(&desk));
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    assert!(wants_to_connect(&desk));
}

#[test]
fn too_many_connections_go_on_by_themselves() {
    let mut desk = Desk::new("eu");
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    let attempt = attempt!(desk, Connect);
    desk.act(Action::ConnectFailed {
        attempt,
        fault: LIMITED,
    });
    let waiting = wait(&desk).expect("to wait");
    desk.act(Action::Waiting {
        attempt: waiting,
        at_ms: 7_000,
    });
    let retry = desk.state.retry.expect("waiting");
    assert_eq!((retry.seconds, retry.at_ms), (7, Some(7_000)));

    // Another wait's end changes nothing.
    desk.act(Action::Waited {
        attempt: waiting + 100,
    });
    assert!(!wants_to_connect(&desk));
    desk.act(Action::Waited { attempt: waiting });
    assert!(wants_to_connect(&desk));
    assert_eq!(wait(&desk), None);
}

#[test]
fn a_limited_list_is_loaded_again() {
    let mut desk = on_list();
    desk.act(Action::RequestsWanted);
    listed(&mut desk, Err(LIMITED));
    let attempt = wait(&desk).expect("to wait");
    desk.act(Action::Waited { attempt });
    let _attempt = list_attempt(&desk);
}

#[test]
fn a_limited_ticket_goes_again_with_its_key_unless_it_is_changed() {
    let refuse = |desk: &mut Desk| {
        desk.answer(Answer::Refused {
            fault: LIMITED,
            violations: Vec::new(),
        });
        wait(desk).expect("to wait")
    };
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    let key = desk.key_sent();
    let attempt = refuse(&mut desk);
    desk.act(Action::Waited { attempt });
    assert_eq!(desk.key_sent(), key);
    desk.answer(Answer::Accepted(Box::new(filed("PS-EU-000002", false))));
    assert!(desk.state.filed.is_some());

    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    let attempt = refuse(&mut desk);
    desk.act(Action::Edited(Input::Subject("Another".to_owned())));
    desk.act(Action::Waited { attempt });
    assert_eq!(desk.state.submission, Submission::Editing);
}

#[test]
fn a_longer_wait_replaces_a_shorter_one_only() {
    let mut desk = on_list();
    for (asked, kept) in [(7, 7), (3, 7), (60, 60)] {
        desk.act(Action::RequestsWanted);
        listed(
            &mut desk,
            Err(Fault::RateLimited {
                retry_after_s: Some(asked),
            }),
        );
        assert_eq!(desk.state.retry.expect("waiting").seconds, kept);
    }
    // Signing out ends the wait with all the rest.
    transition(&mut desk.state, Action::SignedOut);
    assert_eq!(wait(&desk), None);
}
