//! Files of the conversation: fetched when somebody wants them, and forgotten with the request.

use crate::conversing::plain;
use crate::desk::Desk;
use partner_desk::state::signal::Spoken;
use partner_desk::state::transition::ViewingAction;
use partner_desk::state::viewing::{Purpose, Standing, Trouble, is_picture};
use partner_desk::state::{Action, Fault, pending};
use partner_rules::wire::Attachment;
use std::rc::Rc;

fn want(desk: &mut Desk, id: &str, purpose: Purpose) -> u32 {
    desk.act(Action::Viewing(ViewingAction::Wanted {
        id: Rc::from(id),
        name: Rc::from("a.png"),
        purpose,
    }));
    attempt!(desk, FetchFile)
}

fn answer(desk: &mut Desk, attempt: u32, result: Result<(), Trouble>) {
    desk.act(Action::Viewing(ViewingAction::Answered { attempt, result }));
}

#[test]
fn a_saved_file_is_said_and_forgotten() {
    let mut desk = plain();
    let attempt = want(&mut desk, "1", Purpose::Save);
    answer(&mut desk, attempt, Ok(()));
    assert!(desk.state.viewing.files.is_empty());
    assert!(matches!(
        desk.state.signals.spoken,
        Some((_, Spoken::Saved))
    ));
}

#[test]
fn a_picture_is_shown_until_it_is_hidden_or_the_request_is_left() {
    let mut desk = plain();
    let attempt = want(&mut desk, "1", Purpose::Look);
    answer(&mut desk, attempt, Ok(()));
    let shown = |desk: &Desk| desk.state.viewing.of("1", Purpose::Look).cloned();
    assert_eq!(shown(&desk).expect("there").standing, Standing::Shown);
    desk.act(Action::Viewing(ViewingAction::Hidden(Rc::from("1"))));
    assert_eq!(shown(&desk), None);
    let _attempt = want(&mut desk, "1", Purpose::Look);
    desk.act(Action::Back);
    assert_eq!(shown(&desk), None);
    assert!(
        !pending(&desk.state)
            .iter()
            .any(|effect| matches!(effect, partner_desk::state::Effect::FetchFile { .. })),
        "and is not fetched any more"
    );
}

#[test]
fn a_late_answer_is_ignored_and_a_failed_one_can_be_asked_again() {
    let mut desk = plain();
    let first = want(&mut desk, "1", Purpose::Look);
    answer(&mut desk, first, Err(Trouble::Fault(Fault::Unreachable)));
    let second = want(&mut desk, "1", Purpose::Look);
    answer(&mut desk, first, Ok(()));
    assert_eq!(
        desk.state
            .viewing
            .of("1", Purpose::Look)
            .expect("there")
            .standing,
        Standing::Wanted { attempt: second }
    );
}

#[test]
fn only_pictures_of_four_kinds_and_of_a_bounded_size_are_drawn() {
    let file = |content_type: &str, size: u32| Attachment {
        id: "1".to_owned(),
        name: "a".to_owned(),
        size,
        sha256: String::new(),
        content_type: content_type.to_owned(),
    };
    for kind in ["image/png", "image/jpeg", "image/webp", "image/gif"] {
        assert!(is_picture(&file(kind, 20 << 20)), "{kind}");
        assert!(!is_picture(&file(kind, (20 << 20) + 1)), "{kind}");
    }
    for kind in [
        "image/svg+xml",
        "image/bmp",
        "text/html",
        "application/pdf",
        "",
    ] {
        assert!(!is_picture(&file(kind, 10)), "{kind}");
    }
}
