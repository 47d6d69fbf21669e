//! The outbox: what waits, when it goes out, and what somebody may do with it.

use crate::desk::{Desk, filed};
use partner_desk::state::action::Answer;
use partner_desk::state::outbox::Standing;
use partner_desk::state::signal::{Errand, FocusTarget, HostEvent, Spoken};
use partner_desk::state::storage::Kept;
use partner_desk::state::transition::OutboxAction;
use partner_desk::state::{Action, Effect, Fault, Input, Screen, Submission, pending};
use std::rc::Rc;

const DOWN: Fault = Fault::Unreachable;

fn act(desk: &mut Desk, action: fn(Rc<str>) -> OutboxAction, key: &str) {
    desk.act(Action::Outbox(action(Rc::from(key))));
}

fn submitted() -> Desk {
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    desk
}

/// One ticket of which nothing has left, on the list.
fn waiting() -> Desk {
    let mut desk = submitted();
    desk.answer(Answer::NotSent(DOWN));
    desk.act(Action::Back);
    desk
}

/// One ticket of which nobody knows whether it has arrived, on the list.
fn unknown() -> Desk {
    let mut desk = submitted();
    desk.unknown();
    desk.act(Action::Back);
    desk
}

fn pauses(desk: &Desk) -> Option<u32> {
    desk.state.outbox.pause.map(|pause| pause.ms)
}

#[test]
fn what_has_not_left_is_queued_once_and_goes_out_by_itself() {
    let mut desk = submitted();
    desk.answer(Answer::NotSent(DOWN));
    let queued = HostEvent::Queued {
        draft: Rc::from("key-1"),
    };
    assert_eq!(desk.events(), [&queued]);
    assert_eq!(desk.focus(), Some(&FocusTarget::Problem));
    desk.pause_ends();
    let attempt = desk.submit_attempt();
    let answer = Answer::NotSent(DOWN);
    desk.act(Action::SubmitAnswered { attempt, answer });
    assert_eq!(desk.events(), [&queued], "nothing new has happened");
    desk.pause_ends();
    desk.accept();
    assert!(desk.state.outbox.entries.is_empty());
    assert_eq!(
        desk.state.screen,
        Screen::Receipt,
        "the form still showed it"
    );
}

#[test]
fn pauses_grow_and_begin_anew_when_the_network_is_back() {
    let mut desk = waiting();
    let mut before = pauses(&desk).expect("a pause");
    for _ in 0..12 {
        desk.pause_ends();
        desk.answer(Answer::NotSent(DOWN));
        let now = pauses(&desk).expect("a pause");
        assert!(now >= before && now <= 600_000, "{before} {now}");
        before = now;
    }
    assert_eq!(before, 600_000);
    desk.act(Action::Outbox(OutboxAction::Nudged));
    assert!(pauses(&desk).expect("a pause") < 5_000);
}

#[test]
fn a_ticket_in_trouble_does_not_keep_the_others_from_going() {
    let mut desk = waiting();
    desk.act(Action::Go(Screen::AddTicket));
    desk.fill("Zoho Desk", "20000000001", "admin@large.example");
    desk.act(Action::Submit);
    desk.answer(Answer::NotSent(DOWN));
    desk.act(Action::Back);
    desk.pause_ends();
    let first = desk.submit_attempt();
    desk.unknown();
    let second = desk.submit_attempt();
    assert_ne!(
        first, second,
        "the second one has its turn in the same round"
    );
    desk.accept();
    let left: Vec<&str> = desk.outbox().into_iter().map(|(key, _)| key).collect();
    assert_eq!(left, ["key-1"]);
}

#[test]
fn another_ticket_can_be_written_while_one_is_not_known() {
    let mut desk = unknown();
    desk.act(Action::Go(Screen::AddTicket));
    assert!(desk.state.form.is_empty());
    assert!(!desk.state.submission.is_frozen());
    desk.act(Action::Edited(Input::Subject("Another".to_owned())));
    act(&mut desk, OutboxAction::Show, "key-1");
    assert_eq!(desk.state.form.draft.subject, "Cannot sign in");
    desk.act(Action::Edited(Input::Subject("Changed".to_owned())));
    assert_eq!(desk.state.form.draft.subject, "Cannot sign in", "frozen");
    desk.act(Action::Back);
    desk.act(Action::Go(Screen::AddTicket));
    assert_eq!(desk.state.form.draft.subject, "Another", "the draft waited");
}

#[test]
fn an_acceptance_in_the_background_leaves_form_and_screen_alone() {
    let mut desk = unknown();
    desk.act(Action::Go(Screen::AddTicket));
    desk.act(Action::Edited(Input::Subject("Another".to_owned())));
    desk.pause_ends();
    desk.answer(Answer::Accepted(Box::new(filed("PS-EU-000001", true))));
    assert_eq!(desk.state.screen, Screen::AddTicket);
    assert_eq!(desk.state.form.draft.subject, "Another");
    assert_eq!(desk.state.requests.items.len(), 1);
    assert!(matches!(
        desk.events().last(),
        Some(HostEvent::Submitted { replayed: true, .. })
    ));
}

#[test]
fn what_has_not_left_can_be_edited_and_keeps_its_key() {
    let mut desk = waiting();
    act(&mut desk, OutboxAction::Edit, "key-1");
    assert_eq!(desk.state.screen, Screen::AddTicket);
    assert_eq!(desk.state.form.draft.subject, "Cannot sign in");
    assert_eq!(desk.state.form.key.as_deref(), Some("key-1"));
    assert!(desk.outbox().is_empty());
    desk.act(Action::Edited(Input::Subject("Better".to_owned())));
    desk.act(Action::Submit);
    let body = desk.shown().body().cloned().expect("a body");
    assert_eq!((&*desk.key_sent(), &*body.subject), ("key-1", "Better"));
}

#[test]
fn editing_one_puts_the_draft_aside_and_loses_neither() {
    let mut desk = waiting();
    desk.act(Action::Go(Screen::AddTicket));
    desk.act(Action::Edited(Input::Subject("Half a thought".to_owned())));
    desk.act(Action::Back);
    act(&mut desk, OutboxAction::Edit, "key-1");
    assert_eq!(desk.state.form.draft.subject, "Cannot sign in");
    assert_eq!(desk.outbox(), [("key-2", &Standing::Aside)]);
    desk.act(Action::Outbox(OutboxAction::Nudged));
    assert_eq!(
        pauses(&desk),
        None,
        "a draft that was put aside goes nowhere"
    );
    act(&mut desk, OutboxAction::Edit, "key-2");
    assert_eq!(desk.state.form.draft.subject, "Half a thought");
    assert_eq!(desk.outbox(), [("key-1", &Standing::Aside)]);
}

#[test]
fn what_may_have_arrived_is_neither_edited_nor_cancelled() {
    let mut desk = unknown();
    act(&mut desk, OutboxAction::Edit, "key-1");
    assert_eq!(desk.state.screen, Screen::Requests);
    act(&mut desk, OutboxAction::Cancel, "key-1");
    assert_eq!(desk.outbox().len(), 1);
    assert_eq!(
        desk.state.outbox.kept.as_deref(),
        Some("key-1"),
        "the row says why"
    );
    assert!(matches!(
        desk.state.signals.spoken,
        Some((_, Spoken::NotCancelled))
    ));
}

#[test]
fn a_cancellation_can_be_taken_back() {
    let mut desk = waiting();
    act(&mut desk, OutboxAction::Cancel, "key-1");
    assert!(desk.outbox().is_empty());
    assert_eq!(desk.focus(), Some(&FocusTarget::Undo));
    desk.act(Action::Outbox(OutboxAction::Undo));
    assert_eq!(desk.outbox().len(), 1);
}

#[test]
fn a_refusal_that_nobody_looks_at_waits_with_its_reason() {
    let mut desk = unknown();
    desk.pause_ends();
    desk.answer(Answer::Refused {
        fault: Fault::ChannelUnavailable,
        violations: Vec::new(),
    });
    let refused = Standing::Refused {
        fault: Fault::ChannelUnavailable,
    };
    assert_eq!(desk.outbox(), [("key-1", &refused)]);
    assert_eq!(pauses(&desk), None);
    act(&mut desk, OutboxAction::Edit, "key-1");
    assert_eq!(
        desk.state.submission,
        Submission::Refused {
            fault: Fault::ChannelUnavailable
        }
    );
    assert_eq!(desk.state.form.draft.subject, "Cannot sign in");
}

#[test]
fn being_turned_away_at_the_door_is_tried_again_later() {
    let mut desk = waiting();
    for fault in [Fault::SignedOut, Fault::Token, Fault::AccessDenied] {
        desk.pause_ends();
        desk.answer(Answer::Refused {
            fault: fault.clone(),
            violations: Vec::new(),
        });
        assert_eq!(desk.outbox(), [("key-1", &Standing::Waiting { fault })]);
    }
}

#[test]
fn a_probe_that_fails_settles_nothing_about_an_attempt_before() {
    let mut desk = unknown();
    desk.pause_ends();
    desk.answer(Answer::NotSent(DOWN));
    assert_eq!(
        desk.outbox(),
        [("key-1", &Standing::Unknown { fault: DOWN })]
    );
}

#[test]
fn failures_that_go_on_are_told_once() {
    let mut desk = unknown();
    let failures = |desk: &Desk| {
        let failed = |event: &&&HostEvent| matches!(event, HostEvent::Failed { .. });
        desk.events().iter().filter(failed).count()
    };
    assert_eq!(failures(&desk), 1);
    desk.pause_ends();
    desk.unknown();
    assert_eq!(failures(&desk), 1, "by itself");
    act(&mut desk, OutboxAction::Send, "key-1");
    desk.unknown();
    assert_eq!(failures(&desk), 2, "somebody had pressed the button");
}

#[test]
fn whoever_took_it_is_asked_from_now_on() {
    let mut desk = Desk::complete();
    let options = partner_desk::options::Options::from(partner_desk::options::RawOptions {
        dc: Some("eu".to_owned()),
        endpoint: Some("https://desk.example https://other.example".to_owned()),
        ..Default::default()
    });
    desk.state.options = Rc::new(options);
    desk.act(Action::Submit);
    let bases: Vec<&str> = desk.shown().bases.iter().map(|base| &**base).collect();
    assert_eq!(bases, ["https://desk.example", "https://other.example"]);
    let mut accepted = filed("PS-EU-000001", false);
    accepted.endpoint = Rc::from("https://other.example");
    desk.answer(Answer::Accepted(Box::new(accepted)));
    let connected = desk.state.connected().expect("connected");
    assert_eq!(&*connected.base, "https://other.example");
}

#[test]
fn only_an_endpoint_that_did_not_answer_hands_on() {
    for status in [502, 503, 504] {
        assert!(Fault::from_answer(status, "", None).passes_on(), "{status}");
    }
    assert!(Fault::Unreachable.passes_on());
    for status in [400, 401, 403, 404, 409, 413, 422, 429, 500, 501] {
        assert!(
            !Fault::from_answer(status, "x", None).passes_on(),
            "{status}"
        );
    }
}

#[test]
fn codes_of_faults_are_read_back() {
    for code in [
        "unreachable",
        "signed_out",
        "access_denied",
        "wrong_dc",
        "idempotency_mismatch",
        "other",
    ] {
        assert_eq!(Fault::from_code(code).code(), code);
    }
}

#[test]
fn signing_out_waits_for_what_is_unsent_and_counts() {
    let mut desk = waiting();
    desk.act(Action::SignOutWanted);
    let attempt = attempt!(desk, Leave);
    desk.accept();
    assert!(desk.state.outbox.entries.is_empty());
    assert!(
        left(&desk).contains(&(1, 0)),
        "{:?}",
        desk.state.signals.errands
    );
    desk.act(Action::LeaveDue { attempt });
    assert_eq!(left(&desk), [(1, 0)], "once");
}

fn left(desk: &Desk) -> Vec<(u32, u32)> {
    let errands = desk.state.signals.errands.iter();
    let left = errands.filter_map(|(_, errand)| {
        if let Errand::Left { sent, dropped } = errand {
            Some((*sent, *dropped))
        } else {
            None
        }
    });
    left.collect()
}

#[test]
fn what_cannot_be_sent_before_signing_out_is_dropped_and_told() {
    let mut desk = unknown();
    desk.identify(Kept::default());
    desk.act(Action::SignOutWanted);
    desk.unknown();
    assert_eq!(left(&desk), [(0, 1)]);
    let told = desk.events();
    let code = |event: &HostEvent| match event {
        HostEvent::Failed {
            code, retryable, ..
        } => Some((code.to_string(), *retryable)),
        HostEvent::Submitted { .. } | HostEvent::Queued { .. } | HostEvent::Unread { .. } => None,
    };
    assert_eq!(
        told.iter().filter_map(|event| code(event)).next_back(),
        Some(("signed_out".to_owned(), false))
    );
    let owner = Some(Rc::from("owner"));
    assert!(desk.state.signals.errands.iter().any(|(_, errand)| *errand
        == Errand::Purge {
            owner: owner.clone(),
            tell: true,
        }));
    assert!(
        !pending(&desk.state)
            .iter()
            .any(|effect| matches!(effect, Effect::Pause { .. } | Effect::Submit { .. }))
    );
}

#[test]
fn signing_out_does_not_wait_for_ever() {
    let mut desk = waiting();
    desk.act(Action::SignOutWanted);
    let attempt = attempt!(desk, Leave);
    desk.act(Action::LeaveDue { attempt });
    assert_eq!(left(&desk), [(0, 1)]);
}

#[test]
fn signing_out_with_nothing_unsent_is_done_at_once() {
    let mut desk = Desk::on_form();
    desk.act(Action::SignOutWanted);
    assert_eq!(left(&desk), [(0, 0)]);
}

#[test]
fn a_stranger_s_refusal_on_the_way_settles_nothing() {
    for status in [400, 404, 405, 413] {
        let mut desk = unknown();
        desk.pause_ends();
        desk.answer(Answer::Refused {
            fault: Fault::from_answer(status, "", None),
            violations: Vec::new(),
        });
        assert!(
            matches!(desk.outbox().as_slice(), [(_, Standing::Unknown { .. })]),
            "{status}"
        );
    }
}

#[test]
fn a_queued_ticket_stays_queued_when_it_is_turned_away_by_itself_while_the_form_shows_it() {
    let mut desk = submitted();
    desk.answer(Answer::NotSent(DOWN));
    desk.act(Action::Closed);
    desk.pause_ends();
    desk.answer(Answer::Refused {
        fault: Fault::SignedOut,
        violations: Vec::new(),
    });
    assert_eq!(desk.outbox().len(), 1, "it said that it goes out by itself");
    assert!(pauses(&desk).is_some());
}

#[test]
fn the_network_s_return_counts_also_while_an_attempt_hangs() {
    let mut desk = unknown();
    for _ in 0..6 {
        desk.pause_ends();
        desk.unknown();
    }
    desk.pause_ends();
    assert!(pending(&desk.state).contains(&Effect::Watch));
    desk.act(Action::Outbox(OutboxAction::Nudged));
    desk.unknown();
    assert!(pauses(&desk).expect("a pause") < 5_000);
}

#[test]
fn as_long_as_an_endpoint_asks_for_nothing_goes() {
    let mut desk = waiting();
    desk.pause_ends();
    desk.answer(Answer::Unknown(Fault::from_answer(503, "", Some(300))));
    assert_eq!(pauses(&desk), None, "the endpoint's wait holds");
    desk.act(Action::Outbox(OutboxAction::Nudged));
    assert_eq!(pauses(&desk), None);
    let attempt = attempt!(desk, Wait);
    desk.act(Action::Waited { attempt });
    desk.accept();
    assert!(desk.outbox().is_empty());
}

#[test]
fn an_acceptance_lets_the_others_go_on_soon() {
    let mut desk = waiting();
    for _ in 0..5 {
        desk.pause_ends();
        desk.answer(Answer::NotSent(DOWN));
    }
    desk.act(Action::Go(Screen::AddTicket));
    desk.fill("Zoho Desk", "20000000001", "admin@large.example");
    desk.act(Action::Submit);
    desk.accept();
    assert!(pauses(&desk).expect("a pause") <= 10_000);
}

#[test]
fn signing_out_is_answered_also_when_another_tab_is_faster() {
    let mut desk = waiting();
    desk.act(Action::SignOutWanted);
    desk.act(Action::SignedOutElsewhere);
    assert_eq!(left(&desk).len(), 1, "somebody waits for it");
    let mut desk = waiting();
    desk.act(Action::SignOutWanted);
    desk.act(Action::SignedOut);
    assert_eq!(left(&desk).len(), 1);
}

#[test]
fn a_ticket_that_went_elsewhere_does_not_change_whom_the_page_asks() {
    let mut desk = unknown();
    let mut options = crate::desk::options("us");
    options.endpoints = Rc::from([
        Rc::from("https://us.example"),
        Rc::from("https://desk.example"),
    ]);
    desk.act(Action::OptionsChanged(Rc::new(options)));
    desk.connect(partner_rules::wire::Access::Company);
    if let partner_desk::state::Connection::Ready(connected) = &mut desk.state.connection {
        Rc::make_mut(connected).base = Rc::from("https://us.example");
    }
    act(&mut desk, OutboxAction::Send, "key-1");
    desk.accept();
    let base = desk
        .state
        .connected()
        .map(|connected| connected.base.to_string());
    assert_eq!(base.as_deref(), Some("https://us.example"));
}
