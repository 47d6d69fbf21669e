//! Attachments in the form and in the outbox: the ticket goes when its files are there, and they go
//! again when the endpoint has lost them.

use crate::desk::{Desk, receipt};
use crate::files::picked;
use partner_desk::state::action::Answer;
use partner_desk::state::files::{Arrival, FilesAction, Uploaded};
use partner_desk::state::outbox::{Outbox, Standing};
use partner_desk::state::signal::{Errand, Spoken};
use partner_desk::state::storage::Kept;
use partner_desk::state::transition::kept_draft;
use partner_desk::state::{Action, Effect, Fault, Screen, Submission, pending};
use partner_rules::wire::WireViolation;
use partner_rules::{Field, ViolationCode};
use std::rc::Rc;

fn upload(desk: &Desk) -> Option<u32> {
    pending(&desk.state).into_iter().find_map(|effect| {
        if let Effect::Upload { attempt } = effect {
            Some(attempt)
        } else {
            None
        }
    })
}

fn submits(desk: &Desk) -> bool {
    pending(&desk.state)
        .iter()
        .any(|effect| matches!(effect, Effect::Submit { .. }))
}

fn attach(desk: &mut Desk, id: &str) {
    desk.act(Action::Files(FilesAction::Picked(vec![picked(id, 100)])));
}

fn arrives(desk: &mut Desk, upload_id: &str) {
    let attempt = upload(desk).expect("an upload is under way");
    let arrival = Arrival::Uploaded(Uploaded {
        id: Rc::from(upload_id),
        expires_at_ms: None,
    });
    desk.act(Action::Files(FilesAction::Answered { attempt, arrival }));
}

fn fails(desk: &mut Desk, fault: Fault, code: Option<ViolationCode>) {
    let attempt = upload(desk).expect("an upload is under way");
    let violations = code.map(|code| WireViolation {
        field: "uploads".to_owned(),
        code,
        limit: None,
    });
    let arrival = Arrival::Failed {
        fault,
        violations: violations.into_iter().collect(),
    };
    desk.act(Action::Files(FilesAction::Answered { attempt, arrival }));
}

fn expired() -> Answer {
    Answer::Refused {
        fault: Fault::from_answer(422, "invalid_fields", None),
        violations: vec![WireViolation {
            field: "uploads".to_owned(),
            code: ViolationCode::UploadExpired,
            limit: None,
        }],
    }
}

#[test]
fn files_go_up_while_somebody_types() {
    let mut desk = Desk::on_form();
    attach(&mut desk, "f1");
    assert!(upload(&desk).is_some());
    arrives(&mut desk, "up-1");
    assert_eq!(upload(&desk), None);
}

#[test]
fn a_ticket_waits_for_its_files_and_names_them() {
    let mut desk = Desk::complete();
    attach(&mut desk, "f1");
    desk.act(Action::Submit);
    assert!(!submits(&desk), "the file is on its way");
    assert!(desk.state.submission.is_frozen());
    arrives(&mut desk, "up-1");
    assert!(submits(&desk));
    assert_eq!(
        desk.shown().files.upload_ids(),
        Some(vec!["up-1".to_owned()])
    );
    desk.accept();
    assert!(desk.state.form.files.list.is_empty());
    let dropped = Errand::DropFiles(vec![Rc::from("f1")]);
    assert!(
        desk.state
            .signals
            .errands
            .iter()
            .any(|(_, errand)| *errand == dropped)
    );
}

#[test]
fn what_the_endpoint_has_lost_goes_up_again_under_the_same_key() {
    let mut desk = Desk::complete();
    attach(&mut desk, "f1");
    arrives(&mut desk, "up-1");
    desk.act(Action::Submit);
    let key = desk.key_sent();
    desk.answer(expired());
    assert!(!submits(&desk));
    arrives(&mut desk, "up-2");
    assert_eq!(desk.key_sent(), key);
    assert_eq!(
        desk.shown().files.upload_ids(),
        Some(vec!["up-2".to_owned()])
    );
    desk.answer(expired());
    assert!(!desk.state.submission.is_frozen(), "once, not for ever");
    assert_eq!(desk.errors(), [Field::Attachments]);
}

#[test]
fn an_upload_that_fails_leaves_the_ticket_unsent() {
    let mut desk = Desk::complete();
    attach(&mut desk, "f1");
    desk.act(Action::Submit);
    fails(&mut desk, Fault::Unreachable, None);
    assert_eq!(
        desk.outbox(),
        [(
            "key-1",
            &Standing::Waiting {
                fault: Fault::Unreachable
            }
        )]
    );
    desk.pause_ends();
    arrives(&mut desk, "up-1");
    desk.accept();
    assert!(desk.outbox().is_empty());
}

#[test]
fn a_type_that_is_not_taken_is_an_error_at_the_attachments() {
    let mut desk = Desk::complete();
    attach(&mut desk, "f1");
    desk.act(Action::Submit);
    let fault = Fault::from_answer(422, "invalid_fields", None);
    fails(&mut desk, fault, Some(ViolationCode::FileType));
    assert!(!desk.state.submission.is_frozen());
    assert_eq!(desk.errors(), [Field::Attachments]);
    desk.act(Action::Files(FilesAction::Removed(Rc::from("f1"))));
    assert!(desk.errors().is_empty(), "its cause is gone");
    desk.act(Action::Submit);
    assert!(submits(&desk));
}

#[test]
fn a_refused_file_keeps_the_ticket_from_being_submitted() {
    let mut desk = Desk::complete();
    desk.act(Action::Files(FilesAction::Picked(vec![picked(
        "big",
        21 << 20,
    )])));
    desk.act(Action::Submit);
    assert_eq!(desk.errors(), [Field::Attachments]);
    assert_eq!(desk.state.submission, Submission::Editing);
}

#[test]
fn attachments_belong_to_the_draft_that_is_kept() {
    let mut desk = Desk::on_form();
    desk.identify(Kept::default());
    attach(&mut desk, "f1");
    assert_eq!(kept_draft(&desk.state).files.list.len(), 1);
    assert!(!desk.state.form.is_empty());
    desk.act(Action::Files(FilesAction::Kept(Rc::from("f1"))));
    assert!(desk.state.form.files.list.iter().all(|file| file.kept));
}

#[test]
fn while_it_is_frozen_nothing_is_attached_or_taken_off() {
    let mut desk = Desk::complete();
    attach(&mut desk, "f1");
    arrives(&mut desk, "up-1");
    desk.act(Action::Submit);
    desk.unknown();
    attach(&mut desk, "f2");
    desk.act(Action::Files(FilesAction::Removed(Rc::from("f1"))));
    assert_eq!(desk.shown().files.list.len(), 1);
    assert_eq!(desk.state.form.files.list.len(), 1);
}

fn alike_attempt(desk: &Desk) -> Option<u32> {
    pending(&desk.state).into_iter().find_map(|effect| {
        if let Effect::LookAlike { attempt } = effect {
            Some(attempt)
        } else {
            None
        }
    })
}

#[test]
fn a_request_like_this_one_is_pointed_out_and_may_be_filed_all_the_same() {
    let mut desk = Desk::complete();
    let attempt = alike_attempt(&desk).expect("looked for");
    let result = Ok(vec![receipt("PS-EU-000007")]);
    desk.act(Action::AlikeLoaded { attempt, result });
    let twin = desk.state.alike.twin.clone().expect("pointed out");
    assert_eq!(twin.reference, "PS-EU-000007");
    let said = Errand::SayLater(Spoken::Alike(Rc::from("PS-EU-000007")));
    assert!(
        desk.state
            .signals
            .errands
            .iter()
            .any(|(_, errand)| *errand == said)
    );
    desk.act(Action::Submit);
    desk.accept();
    assert_eq!(desk.state.screen, Screen::Receipt);
    assert_eq!(desk.state.alike.twin, None);
}

#[test]
fn a_late_answer_about_another_organisation_points_out_nothing() {
    let mut desk = Desk::complete();
    let early = alike_attempt(&desk).expect("looked for");
    desk.act(Action::Edited(partner_desk::state::Input::OrgId(
        "20000000009".to_owned(),
    )));
    desk.act(Action::AlikeLoaded {
        attempt: early,
        result: Ok(vec![receipt("PS-EU-000007")]),
    });
    assert_eq!(desk.state.alike.twin, None);
}

fn unreadable(desk: &mut Desk) {
    let attempt = upload(desk).expect("an upload is under way");
    let arrival = Arrival::Unreadable;
    desk.act(Action::Files(FilesAction::Answered { attempt, arrival }));
}

#[test]
fn a_ticket_whose_file_cannot_be_read_any_more_does_not_hang() {
    let mut desk = Desk::complete();
    attach(&mut desk, "f1");
    desk.act(Action::Submit);
    unreadable(&mut desk);
    assert!(!desk.state.outbox.is_sending());
    assert_eq!(desk.errors(), [Field::Attachments]);
    assert!(desk.outbox().is_empty(), "it is the draft again");
}

#[test]
fn what_happens_to_its_files_says_nothing_about_a_ticket_that_has_left() {
    let mut desk = Desk::complete();
    attach(&mut desk, "f1");
    arrives(&mut desk, "up-1");
    desk.act(Action::Submit);
    desk.unknown();
    desk.state.now_ms = 40 * 86_400_000;
    desk.act(Action::Submit);
    assert!(submits(&desk), "with the uploads of then");
    assert_eq!(
        desk.shown().files.upload_ids(),
        Some(vec!["up-1".to_owned()])
    );
    // The endpoint does not have them: now it is known that nothing was stored.
    desk.answer(expired());
    unreadable(&mut desk);
    assert!(!desk.state.submission.is_frozen());
}

#[test]
fn before_its_files_are_there_a_ticket_has_not_left() {
    let mut desk = Desk::complete();
    attach(&mut desk, "f1");
    desk.act(Action::Submit);
    assert!(!Outbox::may_be_stored(desk.shown()));
    desk.identify(Kept::default());
    let _before = desk.written();
    arrives(&mut desk, "up-1");
    assert!(Outbox::may_be_stored(desk.shown()));
    let entries: Vec<_> = desk
        .written()
        .into_iter()
        .flat_map(|mirror| mirror.entries)
        .collect();
    assert!(
        entries.contains(&Rc::from("key-1")),
        "written before it goes"
    );
}

#[test]
fn a_file_arrives_also_after_the_page_has_forgotten_its_data_centre() {
    let mut desk = Desk::complete();
    attach(&mut desk, "f1");
    desk.act(Action::Submit);
    desk.act(Action::OptionsChanged(Rc::new(
        partner_desk::options::Options::from(partner_desk::options::RawOptions::default()),
    )));
    arrives(&mut desk, "up-1");
    assert!(submits(&desk));
}
