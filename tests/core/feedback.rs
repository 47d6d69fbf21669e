//! What somebody says about the translation: checked, sent under one key, and never lost.

use crate::desk::Desk;
use partner_desk::state::feedback::{Answer, FeedbackAction, Part, Standing, Wrong};
use partner_desk::state::files::Picked;
use partner_desk::state::signal::{Errand, FocusTarget, Spoken};
use partner_desk::state::storage::{Kept, Mirror};
use partner_desk::state::{Action, Effect, Fault, Screen, pending};
use partner_rules::ViolationCode;
use std::rc::Rc;

fn act(desk: &mut Desk, action: FeedbackAction) {
    desk.act(Action::Feedback(action));
}

fn begun() -> Desk {
    let mut desk = Desk::new("eu");
    act(&mut desk, FeedbackAction::Wanted);
    assert_eq!(desk.state.screen, Screen::Feedback);
    let errands = &desk.state.signals.errands;
    assert!(
        errands
            .iter()
            .any(|(_, errand)| *errand == Errand::BeginFeedback)
    );
    let (page, key) = (Rc::from("https://shop.example/help"), Rc::from("key-1"));
    act(&mut desk, FeedbackAction::Begun { page, key });
    desk
}

fn complete() -> Desk {
    let mut desk = begun();
    for (part, text) in [
        (Part::Name, "Jo"),
        (Part::Email, "jo@shop.example"),
        (Part::Subject, "A word"),
    ] {
        act(&mut desk, FeedbackAction::Edited(part, Rc::from(text)));
    }
    desk
}

fn picked(name: &str, size: u64) -> Picked {
    Picked {
        id: Rc::from(name),
        name: Rc::from(name),
        size,
    }
}

fn failed(desk: &mut Desk, fault: Fault) {
    let attempt = attempt!(desk, SendFeedback);
    let answer = Answer::Failed {
        fault,
        wrong: Vec::new(),
    };
    act(desk, FeedbackAction::Answered { attempt, answer });
}

#[test]
fn name_address_and_subject_are_required_and_the_first_of_them_gets_focus() {
    let mut desk = begun();
    act(&mut desk, FeedbackAction::Submit);
    let parts: Vec<_> = desk
        .state
        .feedback
        .wrong
        .iter()
        .map(|wrong| wrong.part)
        .collect();
    assert_eq!(parts, [Part::Name, Part::Email, Part::Subject]);
    assert_eq!(desk.focus(), Some(&FocusTarget::Feedback(Part::Name)));
    assert_eq!(desk.state.feedback.sending(), None);
    act(&mut desk, FeedbackAction::Edited(Part::Name, Rc::from("J")));
    assert_eq!(
        desk.state.feedback.wrong.len(),
        2,
        "what is changed is not wrong for now"
    );
}

#[test]
fn the_page_is_filled_in_once_and_may_be_left_out() {
    let mut desk = complete();
    assert_eq!(
        desk.state.feedback.text(Part::PageUrl),
        "https://shop.example/help"
    );
    act(
        &mut desk,
        FeedbackAction::Edited(Part::PageUrl, Rc::from("")),
    );
    let (page, key) = (Rc::from("https://other.example/"), Rc::from("key-2"));
    act(&mut desk, FeedbackAction::Begun { page, key });
    assert_eq!(desk.state.feedback.text(Part::PageUrl), "");
    assert_eq!(desk.state.feedback.key.as_deref(), Some("key-1"));
    act(
        &mut desk,
        FeedbackAction::Edited(Part::PageUrl, Rc::from("javascript:alert(1)")),
    );
    act(&mut desk, FeedbackAction::Submit);
    let wrong = Wrong {
        part: Part::PageUrl,
        code: ViolationCode::Syntax,
        limit: None,
    };
    assert_eq!(desk.state.feedback.wrong, [wrong]);
}

#[test]
fn pictures_are_five_of_the_size_and_types_that_are_taken() {
    for (files, code) in [
        (
            (0..6).map(|n| picked(&format!("{n}.png"), 1)).collect(),
            ViolationCode::TooManyFiles,
        ),
        (
            vec![picked("a.PNG", 20 << 20), picked("b.webp", (20 << 20) + 1)],
            ViolationCode::FileTooLarge,
        ),
        (
            vec![picked("a.jpg", 1), picked("setup.exe", 1)],
            ViolationCode::FileType,
        ),
        (vec![picked("png", 1)], ViolationCode::FileType),
    ] {
        let mut desk = complete();
        act(&mut desk, FeedbackAction::Picked(files));
        act(&mut desk, FeedbackAction::Submit);
        let found: Vec<_> = desk
            .state
            .feedback
            .wrong
            .iter()
            .map(|wrong| wrong.code)
            .collect();
        assert_eq!(found, [code]);
    }
    let mut desk = complete();
    act(
        &mut desk,
        FeedbackAction::Picked(vec![picked("a.gif", 1), picked("b.txt", 1)]),
    );
    act(&mut desk, FeedbackAction::Removed(Rc::from("b.txt")));
    act(&mut desk, FeedbackAction::Submit);
    assert!(desk.state.feedback.sending().is_some());
}

#[test]
fn an_unknown_outcome_freezes_it_and_the_same_goes_again_under_the_same_key() {
    let mut desk = complete();
    act(&mut desk, FeedbackAction::Submit);
    failed(&mut desk, Fault::Unreachable);
    assert_eq!(
        desk.state.feedback.standing,
        Standing::Unknown(Fault::Unreachable)
    );
    act(
        &mut desk,
        FeedbackAction::Edited(Part::Subject, Rc::from("Another word")),
    );
    assert_eq!(desk.state.feedback.text(Part::Subject), "A word");
    let first = desk.state.feedback.key.clone();
    act(&mut desk, FeedbackAction::Submit);
    assert_eq!(desk.state.feedback.key, first);
    let attempt = attempt!(desk, SendFeedback);
    let reference = Rc::from("TF-000001");
    act(
        &mut desk,
        FeedbackAction::Answered {
            attempt,
            answer: Answer::Sent { reference },
        },
    );
    let said = desk.state.signals.spoken.as_ref().map(|(_, spoken)| spoken);
    assert_eq!(said, Some(&Spoken::FeedbackSent));
    act(&mut desk, FeedbackAction::Another);
    assert_eq!(desk.state.feedback.text(Part::Name), "Jo");
    assert_eq!(desk.state.feedback.text(Part::Subject), "");
    assert_eq!(
        desk.state.feedback.key, None,
        "another one has a key of its own"
    );
}

#[test]
fn a_refusal_leaves_it_to_be_changed_and_an_old_answer_changes_nothing() {
    let mut desk = complete();
    act(&mut desk, FeedbackAction::Submit);
    let attempt = attempt!(desk, SendFeedback);
    let fault = Fault::RateLimited {
        retry_after_s: Some(60),
    };
    failed(&mut desk, fault.clone());
    assert_eq!(desk.state.feedback.standing, Standing::Failed(fault));
    act(
        &mut desk,
        FeedbackAction::Edited(Part::Subject, Rc::from("Shorter")),
    );
    assert_eq!(desk.state.feedback.standing, Standing::Editing);
    let reference = Rc::from("TF-000009");
    act(
        &mut desk,
        FeedbackAction::Answered {
            attempt,
            answer: Answer::Sent { reference },
        },
    );
    assert_eq!(desk.state.feedback.standing, Standing::Editing);
    assert!(
        !pending(&desk.state)
            .iter()
            .any(|effect| matches!(effect, Effect::SendFeedback { .. }))
    );
}

#[test]
fn back_leads_to_help_and_what_was_typed_waits() {
    let mut desk = complete();
    desk.act(Action::Back);
    assert_eq!(desk.state.screen, Screen::Help);
    assert_eq!(desk.focus(), Some(&FocusTarget::Id("pd-feedback-open")));
    act(&mut desk, FeedbackAction::Wanted);
    assert_eq!(desk.state.feedback.text(Part::Subject), "A word");
}

fn keeps(desk: &mut Desk) -> bool {
    desk.written().contains(&Mirror::feedback())
}

#[test]
fn what_is_typed_is_kept_for_the_one_who_is_signed_in_and_for_nobody_else() {
    let mut desk = complete();
    assert!(desk.written().is_empty(), "nobody knows whose it is");
    desk.identify(Kept::default());
    assert!(keeps(&mut desk), "what was typed before");

    let mut nobody = begun();
    act(
        &mut nobody,
        FeedbackAction::Edited(Part::Name, Rc::from("Jo")),
    );
    assert!(!keeps(&mut nobody));
}

#[test]
fn what_an_earlier_page_has_left_stands_there_unless_something_new_is_begun() {
    let left = complete().state.feedback;
    let kept = || Kept {
        feedback: Some((*left).clone()),
        ..Kept::default()
    };
    let mut desk = begun();
    desk.identify(kept());
    assert_eq!(desk.state.feedback.text(Part::Subject), "A word");

    let mut desk = begun();
    act(
        &mut desk,
        FeedbackAction::Edited(Part::Subject, Rc::from("Another")),
    );
    desk.identify(kept());
    assert_eq!(desk.state.feedback.text(Part::Subject), "Another");
    assert!(
        !keeps(&mut desk),
        "two tabs would answer each other for ever"
    );
}

#[test]
fn what_has_arrived_is_not_kept_and_neither_are_its_files() {
    let mut desk = complete();
    desk.identify(Kept::default());
    act(
        &mut desk,
        FeedbackAction::Picked(vec![picked("screen.png", 10)]),
    );
    act(&mut desk, FeedbackAction::Submit);
    desk.state.signals.errands.clear();
    let attempt = attempt!(desk, SendFeedback);
    let answer = Answer::Sent {
        reference: Rc::from("TF-000001"),
    };
    act(&mut desk, FeedbackAction::Answered { attempt, answer });
    assert!(keeps(&mut desk));
    assert!(!desk.state.feedback.is_begun());
    let errands = &desk.state.signals.errands;
    let dropped = Errand::DropFiles(vec![Rc::from("screen.png")]);
    assert!(errands.iter().any(|(_, errand)| *errand == dropped));
}
