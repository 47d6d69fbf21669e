//! Attachments: limits, the way to the endpoint, what keeps the ticket from going.

use partner_desk::state::Fault;
use partner_desk::state::files::{
    Arrival, Attached, Files, FilesAction, Picked, Standing, Told, Uploaded,
};
use partner_rules::policy::{DEFAULT_JSON, Limits, RawPolicy};
use partner_rules::wire::WireViolation;
use partner_rules::{Field, Violation, ViolationCode};
use std::rc::Rc;

const MAX_BYTES: u64 = 20 << 20;

fn limits() -> Limits {
    let raw: RawPolicy = serde_json::from_str(DEFAULT_JSON).expect("the default policy");
    raw.limits
}

fn picked(id: &str, size: u64) -> Picked {
    Picked {
        id: Rc::from(id),
        name: Rc::from(format!("{id}.png")),
        size,
    }
}

/// A form with so many small files.
fn with(count: usize) -> Files {
    let mut files = Files::default();
    files.add(
        (1..=count).map(|n| picked(&format!("f{n}"), 100)).collect(),
        &limits(),
    );
    files
}

fn arrive(
    files: &mut Files,
    attempt: u32,
    upload: &str,
    expires_at_ms: Option<i64>,
) -> Option<Told> {
    let id = Rc::from(upload);
    let arrival = Arrival::Uploaded(Uploaded { id, expires_at_ms });
    files.apply(FilesAction::Answered { attempt, arrival }, &limits())
}

fn fail(
    files: &mut Files,
    attempt: u32,
    fault: Fault,
    violations: Vec<WireViolation>,
) -> Option<Told> {
    let arrival = Arrival::Failed { fault, violations };
    files.apply(FilesAction::Answered { attempt, arrival }, &limits())
}

/// All of them sent, one after the other.
fn all_there(count: usize) -> Files {
    let mut files = with(count);
    for n in 1..=count {
        let attempt = u32::try_from(n).expect("few");
        files.start(attempt);
        arrive(&mut files, attempt, &format!("up-{n}"), Some(1_000_000));
    }
    files
}

fn codes(files: &Files) -> Vec<&'static str> {
    files
        .violations()
        .iter()
        .map(|violation| violation.code.code())
        .collect()
}

fn standing<'a>(files: &'a Files, id: &str) -> &'a Standing {
    let file = files.list.iter().find(|file| &*file.id == id);
    &file.expect("on the list").standing
}

#[test]
fn files_within_the_limits_wait_in_the_order_in_which_they_were_picked() {
    let mut files = Files::default();
    let told = files.apply(
        FilesAction::Picked(vec![picked("a", 1), picked("b", MAX_BYTES)]),
        &limits(),
    );
    assert_eq!(told, Some(Told::Added(2)));
    let ids: Vec<_> = files.list.iter().map(|file| &*file.id).collect();
    assert_eq!(ids, ["a", "b"]);
    assert!(
        files
            .list
            .iter()
            .all(|file| file.standing == Standing::Waiting && !file.kept)
    );
    assert_eq!(files.total_bytes(), MAX_BYTES + 1);
    assert!(files.violations().is_empty());
}

#[test]
fn empty_files_and_the_same_file_twice_are_taken() {
    let mut files = Files::default();
    let twice = || picked("same", 0);
    files.add(
        vec![
            twice(),
            Picked {
                id: Rc::from("other"),
                ..twice()
            },
        ],
        &limits(),
    );
    assert_eq!(files.list.len(), 2);
    assert!(files.violations().is_empty());
}

#[test]
fn picking_nothing_says_nothing() {
    assert_eq!(
        Files::default().apply(FilesAction::Picked(Vec::new()), &limits()),
        None
    );
}

#[test]
fn a_file_that_is_too_large_stands_there_by_its_name_and_keeps_the_ticket_from_going() {
    let mut files = Files::default();
    let told = files.apply(
        FilesAction::Picked(vec![picked("film", MAX_BYTES + 1), picked("log", 5)]),
        &limits(),
    );
    assert_eq!(told, Some(Told::NotTaken(1)));
    assert_eq!(&*files.list[0].name, "film.png");
    let too_large = Violation {
        field: Field::Attachments,
        code: ViolationCode::FileTooLarge,
        limit: Some(20_971_520),
    };
    assert_eq!(files.list[0].standing, Standing::Refused(too_large));
    assert_eq!(files.violations(), [too_large]);
    assert_eq!(files.next_to_send().map(|file| &*file.id), Some("log"));
    assert_eq!(files.total_bytes(), 5);
}

#[test]
fn what_is_too_large_takes_no_place_from_others() {
    let mut files = Files::default();
    let mut all = vec![picked("film", MAX_BYTES + 1)];
    all.extend((1..=5).map(|n| picked(&format!("f{n}"), 1)));
    files.add(all, &limits());
    assert_eq!(codes(&files), ["file_too_large"]);
}

#[test]
fn a_file_too_many_is_refused_and_moves_up_when_another_one_is_taken_off() {
    let mut files = with(6);
    assert_eq!(codes(&files), ["too_many_files"]);
    assert_eq!(files.violations()[0].limit, Some(5));
    assert!(matches!(standing(&files, "f6"), Standing::Refused(_)));
    let told = files.apply(FilesAction::Removed(Rc::from("f2")), &limits());
    assert_eq!(told, Some(Told::Removed(Rc::from("f2.png"))));
    assert_eq!(*standing(&files, "f6"), Standing::Waiting);
    assert!(files.violations().is_empty());
}

#[test]
fn a_whole_folder_does_not_make_an_endless_list_and_is_not_left_out_in_silence() {
    let mut files = Files::default();
    let many = (0..1_000).map(|n| picked(&n.to_string(), 1)).collect();
    assert_eq!(
        files.apply(FilesAction::Picked(many), &limits()),
        Some(Told::NotTaken(995))
    );
    assert_eq!((files.list.len(), files.left_out), (20, 980));
    files.remove("0", &limits());
    assert_eq!(files.left_out, 0);
}

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
    fail(&mut files, 2, Fault::Server { status: 503 }, Vec::new());
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

#[test]
fn other_limits_are_applied_to_what_is_there() {
    let mut files = all_there(3);
    files.measure(&Limits {
        files_max: 2,
        ..limits()
    });
    assert_eq!(codes(&files), ["too_many_files"]);
    files.measure(&limits());
    assert_eq!(
        *standing(&files, "f3"),
        Standing::Waiting,
        "it goes up again"
    );
}

#[test]
fn it_is_remembered_which_files_survive_a_reload() {
    let mut files = with(1);
    assert_eq!(
        files.apply(FilesAction::Kept(Rc::from("f1")), &limits()),
        None
    );
    assert!(files.list.iter().all(|file: &Attached| file.kept));
    files.apply(FilesAction::Kept(Rc::from("unknown")), &limits());
}
