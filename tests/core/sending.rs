//! Sending: accepted, refused, unknown.

use crate::desk::{Desk, filed};
use partner_desk::state::action::Answer;
use partner_desk::state::signal::{Errand, FocusTarget, HostEvent};
use partner_desk::state::{Action, Effect, Fault, Input, Screen, Submission, pending};
use partner_rules::wire::WireViolation;
use partner_rules::{Field, ViolationCode};

fn refusal(fault: Fault, violations: Vec<WireViolation>) -> Answer {
    Answer::Refused { fault, violations }
}

fn sends(desk: &Desk) -> usize {
    pending(&desk.state)
        .iter()
        .filter(|effect| matches!(effect, Effect::Submit { .. }))
        .count()
}

#[test]
fn an_accepted_ticket_gives_a_receipt_an_event_and_an_empty_form() {
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    desk.accept();
    assert_eq!(desk.state.screen, Screen::Receipt);
    assert!(desk.state.form.is_empty());
    assert_eq!(
        desk.state.form.key, None,
        "the next ticket gets a key of its own"
    );
    assert_eq!(desk.state.requests.items.len(), 1);
    assert!(matches!(
        desk.events().as_slice(),
        [HostEvent::Submitted {
            replayed: false,
            ..
        }]
    ));
}

#[test]
fn a_second_click_sends_nothing_more() {
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    let attempt = desk.submit_attempt();
    desk.act(Action::Submit);
    assert_eq!((sends(&desk), desk.submit_attempt()), (1, attempt));
}

#[test]
fn an_unknown_outcome_freezes_the_form_and_is_asked_again_with_the_same_key_and_body() {
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    let sent = desk.shown().clone();
    let key = desk.key_sent();
    desk.unknown();
    assert_eq!(desk.focus(), Some(&FocusTarget::Problem));

    let before = desk.state.form.draft.clone();
    desk.act(Action::Edited(Input::Subject("Changed".to_owned())));
    assert_eq!(
        desk.state.form.draft, before,
        "frozen until the outcome is known"
    );

    desk.act(Action::Submit);
    assert_eq!(desk.key_sent(), key);
    assert_eq!(
        (desk.shown().body(), &desk.shown().bases),
        (sent.body(), &sent.bases)
    );
    desk.answer(Answer::Accepted(Box::new(filed("PS-EU-000001", true))));
    assert_eq!(desk.state.screen, Screen::Receipt);
}

#[test]
fn late_answer_of_an_earlier_attempt_is_ignored() {
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    let early = desk.submit_attempt();
    desk.unknown();
    desk.act(Action::Submit);
    let answer = Answer::Accepted(Box::new(filed("PS-EU-000009", false)));
    desk.act(Action::SubmitAnswered {
        attempt: early,
        answer,
    });
    assert_eq!(desk.state.screen, Screen::AddTicket);
    assert_eq!(sends(&desk), 1);
}

#[test]
fn a_refusal_by_field_lands_on_the_fields_and_keeps_the_key() {
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    let key = desk.key_sent();
    let violation = WireViolation {
        field: "subject".to_owned(),
        code: ViolationCode::TooLong,
        limit: Some(255),
    };
    let fault = Fault::from_answer(422, "invalid_fields", None);
    desk.answer(refusal(fault, vec![violation]));
    assert_eq!(desk.errors(), [Field::Subject]);
    assert_eq!(desk.focus(), Some(&FocusTarget::ErrorSummary));
    desk.act(Action::Edited(Input::Subject("Shorter".to_owned())));
    assert!(
        desk.errors().is_empty(),
        "what the endpoint said goes with the edit"
    );
    desk.act(Action::Submit);
    assert_eq!(desk.key_sent(), key);
}

#[test]
fn a_refusal_without_fields_is_told_and_the_form_stays_editable() {
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    desk.answer(refusal(
        Fault::RateLimited {
            retry_after_s: Some(7),
        },
        Vec::new(),
    ));
    assert!(matches!(desk.state.submission, Submission::Refused { .. }));
    assert_eq!(desk.focus(), Some(&FocusTarget::Problem));
    desk.act(Action::Edited(Input::Subject("Edited".to_owned())));
    assert_eq!(desk.state.form.draft.subject, "Edited");
    assert!(matches!(
        desk.events().as_slice(),
        [HostEvent::Failed {
            retryable: true,
            ..
        }]
    ));
}

#[test]
fn a_key_that_is_taken_is_replaced() {
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    desk.answer(refusal(Fault::KeyUsed, Vec::new()));
    // The shell has made a new one by now.
    assert!(desk.state.form.key.is_some());
    assert!(matches!(
        desk.state.submission,
        Submission::Refused {
            fault: Fault::KeyUsed
        }
    ));
}

#[test]
fn only_answers_that_tell_count_as_refusals() {
    for status in [500, 502, 503, 504] {
        assert!(
            Fault::from_answer(status, "", None).outcome_unknown(),
            "{status}"
        );
    }
    assert!(Fault::from_answer(409, "idempotency_running", None).outcome_unknown());
    for (status, code) in [
        (400, "x"),
        (401, "x"),
        (403, "access_denied"),
        (413, "x"),
        (422, "x"),
        (429, "x"),
    ] {
        assert!(
            !Fault::from_answer(status, code, None).outcome_unknown(),
            "{status}"
        );
    }
}

#[test]
fn a_receipt_that_arrives_on_another_screen_does_not_move_the_reader() {
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    desk.act(Action::Back);
    desk.accept();
    assert_eq!(desk.state.screen, Screen::Requests);
    assert_eq!(desk.state.requests.items.len(), 1);
}

#[test]
fn a_ticket_of_unknown_outcome_goes_again_to_where_it_went_whatever_the_page_changes() {
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    desk.unknown();
    desk.act(Action::OptionsChanged(std::rc::Rc::new(
        crate::desk::options("us"),
    )));
    desk.act(Action::Submit);
    let entry = desk.shown();
    assert_eq!(*entry.bases, [std::rc::Rc::from("https://desk.example")]);
    assert_eq!(entry.dc(), Some(partner_rules::Dc::Eu));
}

#[test]
fn being_turned_away_settles_nothing_about_the_attempt_before() {
    let turned_away = [
        Fault::RateLimited {
            retry_after_s: Some(2),
        },
        Fault::Token,
        Fault::SignedOut,
        Fault::AccessDenied,
        Fault::from_answer(403, "origin_not_allowed", None),
    ];
    for fault in turned_away {
        let mut desk = Desk::complete();
        desk.act(Action::Submit);
        let key = desk.key_sent();
        desk.unknown();
        desk.act(Action::Submit);
        desk.answer(Answer::Refused {
            fault: fault.clone(),
            violations: Vec::new(),
        });
        // Still frozen, still the same parcel.
        assert!(desk.state.submission.is_frozen(), "{fault:?}");
        assert_eq!(desk.key_sent(), key);
        desk.act(Action::Submit);
        assert_eq!(desk.key_sent(), key);
        desk.accept();
        assert!(desk.state.filed.is_some());
    }
}

#[test]
fn an_answer_about_the_key_settles_an_unknown_attempt() {
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    desk.unknown();
    desk.act(Action::Submit);
    desk.answer(Answer::Refused {
        fault: Fault::ChannelUnavailable,
        violations: Vec::new(),
    });
    assert!(!desk.state.submission.is_frozen());
}

#[test]
fn what_was_expected_of_a_ticket_is_not_said_after_it_was_filed() {
    let mut desk = Desk::complete();
    desk.act(Action::OptionsCounted(3));
    desk.act(Action::Submit);
    let later = |(_, errand): &(u32, Errand)| matches!(errand, Errand::SayLater(_));
    assert!(!desk.state.signals.errands.iter().any(later));
}
