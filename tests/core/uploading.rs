//! Attachments on their way to the endpoint, and what becomes of them there.

use crate::files::{MAX_BYTES, all_there, arrive, codes, fail, limits, picked, standing, with};
use partner_desk::state::Fault;
use partner_desk::state::files::{Arrival, Files, FilesAction, Standing, Told};
use partner_rules::ViolationCode;
use partner_rules::wire::WireViolation;
use std::rc::Rc;

#[test]
fn files_go_one_at_a_time() {
    let mut files = with(2);
    files.start(1);
    assert_eq!(files.next_to_send(), None);
    files.start(2);
    assert_eq!(
        files.sending().map(|(file, attempt)| (&*file.id, attempt)),
        Some(("f1", 1))
    );
    assert_eq!(arrive(&mut files, 1, "up-1", None), None);
    assert_eq!(files.next_to_send().map(|file| &*file.id), Some("f2"));
}

#[test]
fn ids_of_uploads_are_there_once_every_file_is_and_in_the_order_of_the_list() {
    let mut files = with(2);
    assert_eq!(files.upload_ids(), None);
    files.start(1);
    arrive(&mut files, 1, "up-1", None);
    assert_eq!(files.upload_ids(), None);
    files.start(2);
    assert_eq!(arrive(&mut files, 2, "up-2", None), Some(Told::AllThere));
    let ids = files.upload_ids();
    assert_eq!(ids, Some(vec!["up-1".to_owned(), "up-2".to_owned()]));
    assert_eq!(
        Files::default().upload_ids(),
        Some(Vec::new()),
        "no files are no hindrance"
    );
}

#[test]
fn progress_never_goes_beyond_the_size() {
    let mut files = with(1);
    files.start(1);
    files.progress(1, 60);
    assert_eq!(
        *standing(&files, "f1"),
        Standing::Sending {
            attempt: 1,
            sent_bytes: 60
        }
    );
    files.progress(1, 1_000);
    assert_eq!(
        *standing(&files, "f1"),
        Standing::Sending {
            attempt: 1,
            sent_bytes: 100
        }
    );
}

#[test]
fn an_answer_for_another_attempt_changes_nothing() {
    let mut files = with(2);
    files.start(1);
    files.remove("f1", &limits());
    files.start(2);
    let before = files.clone();
    files.progress(1, 50);
    assert_eq!(arrive(&mut files, 1, "late", None), None);
    assert_eq!(fail(&mut files, 1, Fault::Unreachable, Vec::new()), None);
    assert_eq!(files, before);
}

#[test]
fn an_answer_for_a_file_that_was_taken_off_changes_nothing() {
    let mut files = with(1);
    files.start(1);
    files.remove("f1", &limits());
    assert_eq!(arrive(&mut files, 1, "late", None), None);
    assert_eq!(files, Files::default());
}

#[test]
fn what_failed_is_tried_again_when_somebody_wants_it() {
    let mut files = with(2);
    files.start(1);
    let told = fail(&mut files, 1, Fault::Unreachable, Vec::new());
    assert_eq!(told, Some(Told::Failed(Rc::from("f1.png"))));
    assert_eq!(
        files.next_to_send().map(|file| &*file.id),
        Some("f2"),
        "others go on"
    );
    assert!(
        files.violations().is_empty(),
        "it is no violation to be offline"
    );
    assert_eq!(files.upload_ids(), None);
    files.apply(FilesAction::Retried(Rc::from("f1")), &limits());
    assert_eq!(*standing(&files, "f1"), Standing::Waiting);
    files.start(2);
    fail(&mut files, 2, Fault::from_answer(503, "", None), Vec::new());
    files.retry_all();
    assert_eq!(*standing(&files, "f1"), Standing::Waiting);
}

#[test]
fn trying_again_does_not_touch_what_is_refused_or_there() {
    let mut files = all_there(1);
    files.add(vec![picked("film", MAX_BYTES + 1)], &limits());
    let before = files.clone();
    files.retry_all();
    files.retry("f1");
    files.retry("film");
    assert_eq!(files, before);
}

#[test]
fn a_type_that_the_endpoint_does_not_take_is_refused_and_takes_no_place() {
    let mut files = with(6);
    files.start(1);
    let fault = Fault::Refused {
        status: 422,
        code: Rc::from("invalid_fields"),
    };
    let by_type = WireViolation {
        field: "uploads".to_owned(),
        code: ViolationCode::FileType,
        limit: None,
    };
    fail(&mut files, 1, fault, vec![by_type]);
    assert_eq!(codes(&files), ["file_type"]);
    assert_eq!(*standing(&files, "f6"), Standing::Waiting);
}

#[test]
fn what_the_endpoint_finds_too_large_is_not_sent_again() {
    let mut files = with(1);
    files.start(1);
    let fault = Fault::Refused {
        status: 413,
        code: Rc::from("body_too_large"),
    };
    fail(&mut files, 1, fault, Vec::new());
    assert_eq!(codes(&files), ["file_too_large"]);
    files.add(vec![picked("other", 1)], &limits());
    assert_eq!(files.next_to_send().map(|file| &*file.id), Some("other"));
}

#[test]
fn any_other_refusal_can_be_tried_again() {
    let mut files = with(1);
    files.start(1);
    let fault = Fault::RateLimited {
        retry_after_s: Some(60),
    };
    fail(&mut files, 1, fault.clone(), Vec::new());
    assert_eq!(*standing(&files, "f1"), Standing::Failed(fault));
}

#[test]
fn bytes_that_cannot_be_read_any_more_keep_the_ticket_from_going() {
    let mut files = with(1);
    files.start(1);
    let arrival = Arrival::Unreadable;
    files.apply(
        FilesAction::Answered {
            attempt: 1,
            arrival,
        },
        &limits(),
    );
    assert_eq!(codes(&files), ["upload_expired"]);
    files.retry_all();
    assert_eq!(files.next_to_send(), None);
    let mut restored = with(1);
    restored.gone("f1");
    assert_eq!(*standing(&restored, "f1"), Standing::Gone);
}

#[test]
fn uploads_that_count_no_more_go_up_again() {
    let mut files = all_there(2);
    files.expired();
    assert_eq!(files.upload_ids(), None);
    assert_eq!(files.next_to_send().map(|file| &*file.id), Some("f1"));
}

#[test]
fn an_upload_lapses_a_minute_before_it_expires_and_one_without_a_time_never() {
    let mut files = all_there(1);
    files.lapse(1_000_000 - 60_000);
    assert!(files.upload_ids().is_some());
    files.lapse(1_000_000 - 59_999);
    assert!(files.upload_ids().is_none());
    let mut timeless = with(1);
    timeless.start(1);
    arrive(&mut timeless, 1, "up", None);
    timeless.lapse(i64::MAX);
    assert!(timeless.upload_ids().is_some());
}
