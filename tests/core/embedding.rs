//! What the page decides: data centre, access, signing out.

use crate::desk::{Desk, options};
use partner_desk::state::signal::{Errand, Spoken};
use partner_desk::state::{Action, Connection, Effect, Fault, Screen, State, pending};
use partner_rules::wire::Access;
use std::rc::Rc;

#[test]
fn before_the_first_opening_nothing_is_sent() {
    assert!(pending(&Desk::new("eu").state).is_empty());
}

#[test]
fn without_a_data_centre_there_are_channels_and_never_a_form() {
    let mut desk = Desk::new("");
    desk.act(Action::Opened {
        screen: Some(Screen::AddTicket),
        now_ms: 0,
    });
    assert_eq!(desk.state.screen, Screen::Help);
    assert!(
        !pending(&desk.state)
            .iter()
            .any(|effect| matches!(effect, Effect::Connect { .. }))
    );
}

#[test]
fn without_access_nothing_can_be_filed() {
    let mut desk = Desk::new("eu");
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    desk.connect(Access::None);
    assert!(!desk.state.may_file());
}

#[test]
fn a_data_centre_without_widget_channel_has_no_form() {
    let mut desk = Desk::new("sa");
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    desk.connect(Access::Company);
    assert!(!desk.state.may_file());
}

#[test]
fn a_failed_connection_is_tried_again_on_the_next_opening() {
    let mut desk = Desk::new("eu");
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    let attempt = attempt!(desk, Connect);
    desk.act(Action::ConnectFailed {
        attempt,
        fault: Fault::Unreachable,
    });
    desk.act(Action::Closed);
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    assert!(matches!(desk.state.connection, Connection::Wanted { .. }));
}

#[test]
fn signing_out_leaves_nothing_and_takes_no_late_answer() {
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    let (attempt, before) = (desk.submit_attempt(), desk.state.attempts);
    desk.act(Action::SignedOut);
    assert!(desk.state.form.is_empty());
    assert!(desk.state.requests.items.is_empty());
    assert!(desk.state.attempts >= before);
    let errands = &desk.state.signals.errands;
    assert!(
        errands
            .iter()
            .any(|(_, errand)| *errand == Errand::ForgetToken)
    );
    let answer = partner_desk::state::action::Answer::Unknown(Fault::Unreachable);
    desk.act(Action::SubmitAnswered { attempt, answer });
    assert_eq!(desk.state.submission, State::new(options("eu")).submission);
}

#[test]
fn another_data_centre_means_another_endpoint_and_keeps_what_is_typed() {
    let mut desk = Desk::complete();
    let typed = desk.state.form.draft.clone();
    desk.act(Action::OptionsChanged(Rc::new(options("us"))));
    assert!(matches!(desk.state.connection, Connection::Wanted { .. }));
    assert!(desk.state.requests.items.is_empty());
    assert_eq!(desk.state.form.draft, typed);
}

#[test]
fn the_launcher_is_moved_once_per_wish_and_it_is_said() {
    let mut desk = Desk::new("eu");
    desk.act(Action::LauncherMoved);
    let errands = &desk.state.signals.errands;
    let moves = errands
        .iter()
        .filter(|(_, errand)| *errand == Errand::MoveLauncher);
    assert_eq!(moves.count(), 1);
    assert_eq!(
        desk.state.signals.spoken.as_ref().map(|(_, said)| said),
        Some(&Spoken::LauncherMoved)
    );
}
