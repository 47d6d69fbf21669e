//! Attachments: what is picked, the limits, what keeps the ticket from going.

use partner_desk::state::Fault;
use partner_desk::state::files::{
    Arrival, Attached, Files, FilesAction, Picked, Standing, Told, Uploaded,
};
use partner_rules::policy::{DEFAULT_JSON, Limits, RawPolicy};
use partner_rules::wire::WireViolation;
use partner_rules::{Field, Violation, ViolationCode};
use std::rc::Rc;

pub(crate) const MAX_BYTES: u64 = 20 << 20;

pub(crate) fn limits() -> Limits {
    let raw: RawPolicy = serde_json::from_str(DEFAULT_JSON).expect("the default policy");
    raw.limits
}

pub(crate) fn picked(id: &str, size: u64) -> Picked {
    Picked {
        id: Rc::from(id),
        name: Rc::from(format!("{id}.png")),
        size,
    }
}

/// A form with so many small files.
pub(crate) fn with(count: usize) -> Files {
    let mut files = Files::default();
    files.add(
        (1..=count).map(|n| picked(&format!("f{n}"), 100)).collect(),
        &limits(),
    );
    files
}

pub(crate) fn arrive(
    files: &mut Files,
    attempt: u32,
    upload: &str,
    expires_at_ms: Option<i64>,
) -> Option<Told> {
    let id = Rc::from(upload);
    let arrival = Arrival::Uploaded(Uploaded { id, expires_at_ms });
    files.apply(FilesAction::Answered { attempt, arrival }, &limits())
}

pub(crate) fn fail(
    files: &mut Files,
    attempt: u32,
    fault: Fault,
    violations: Vec<WireViolation>,
) -> Option<Told> {
    let arrival = Arrival::Failed { fault, violations };
    files.apply(FilesAction::Answered { attempt, arrival }, &limits())
}

/// All of them sent, one after the other.
pub(crate) fn all_there(count: usize) -> Files {
    let mut files = with(count);
    for n in 1..=count {
        let attempt = u32::try_from(n).expect("few");
        files.start(attempt);
        arrive(&mut files, attempt, &format!("up-{n}"), Some(1_000_000));
    }
    files
}

pub(crate) fn codes(files: &Files) -> Vec<&'static str> {
    files
        .violations()
        .iter()
        .map(|violation| violation.code.code())
        .collect()
}

pub(crate) fn standing<'a>(files: &'a Files, id: &str) -> &'a Standing {
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
