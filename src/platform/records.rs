//! How drafts and entries of the outbox look in the browser's storage, and how they are read back. What
//! is not as it should be is left out: a record of another version must not stop the widget.

mod drafts;
mod feedback;
mod fields;
mod files;
mod writings;

pub use feedback::feedback;
pub use files::{blobs, file, no_file};
pub use writings::writing;

use super::bridge::text;
use super::vault::{Change, Record};
use crate::state::outbox::Entry;
use crate::state::storage::Kept;
use crate::state::{State, transition};
use drafts::{read_entry, read_kept_draft, written_draft, written_entry};
use fields::{number, set};
use js_sys::Object;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Drafts live this long without being changed; so do marks. Entries of the outbox stay until they are sent.
const DRAFT_MS: f64 = 30.0 * 86_400_000.0;

const DRAFT: &str = "draft";
const ENTRY: &str = "entry ";
const OVER: &str = "over ";
const FEEDBACK: &str = "feedback";
const WRITING: &str = "reply ";

/// The draft as the state holds it.
pub fn draft(state: &State, now_ms: f64) -> Change {
    let record = written_draft(&transition::kept_draft(state));
    set(&record, "at", now_ms);
    Change {
        name: String::from(DRAFT),
        record: Some(record.into()),
    }
}

/// An entry as the state holds it; the mark that it is over if it is not in the outbox any more.
pub fn entry(state: &State, key: &str, now_ms: f64) -> Vec<Change> {
    match state.outbox.entry(key) {
        // A mark that it was over stays: it may have been filed in another tab just now.
        Some(entry) => vec![change(ENTRY, key, Some(written_entry(entry)))],
        None => over(key, None, now_ms).into(),
    }
}

/// An entry is over: sent, with the reference, or thrown away.
pub fn over(key: &str, reference: Option<&str>, now_ms: f64) -> [Change; 2] {
    let mark = mark(reference, now_ms);
    [change(ENTRY, key, None), change(OVER, key, Some(mark))]
}

fn mark(reference: Option<&str>, now_ms: f64) -> JsValue {
    let mark = Object::new();
    set(&mark, "at", now_ms);
    if let Some(reference) = reference {
        set(&mark, "reference", reference);
    }
    mark.into()
}

/// The name of the mark that an entry is over.
pub fn over_name(key: &str) -> String {
    named(OVER, key)
}

/// Whether a mark says that the ticket was filed.
pub fn is_filed(mark: &JsValue) -> bool {
    text(mark, "reference").is_some()
}

/// What was found for somebody, and what of it is too old and has to be removed.
pub struct Sorted<Found> {
    pub found: Found,
    pub old: Vec<Change>,
}

/// Sorts drafts, entries and marks.
pub fn kept(records: Vec<Record>, now_ms: f64) -> Sorted<Kept> {
    let (records, mut old) = fresh(records, now_ms, DRAFT_MS);
    let mut found = Kept::default();
    for (name, record) in records {
        if name == DRAFT {
            found.draft = Some(read_kept_draft(&record));
        } else if let Some(key) = name.strip_prefix(ENTRY) {
            found.entries.extend(read_entry(key, &record));
        } else if let Some(key) = name.strip_prefix(OVER) {
            let reference = text(&record, "reference").map(Rc::from);
            found.over.push((Rc::from(key), reference));
        } else if let Some(reference) = name.strip_prefix(WRITING) {
            let writing = writings::read_writing(reference, &record);
            found.writings.push(writing);
        } else if name == FEEDBACK {
            found.feedback = Some(feedback::read_feedback(&record));
        }
    }
    // Filed in one tab while another was writing it down: it is over.
    let filed = |key: &str| {
        let mut over = found.over.iter();
        over.any(|(known, reference)| &**known == key && reference.is_some())
    };
    let (over, entries) = found
        .entries
        .into_iter()
        .partition(|entry: &Entry| filed(&entry.key));
    found.entries = entries;
    let over: Vec<Entry> = over;
    old.extend(over.iter().map(|entry| change(ENTRY, &entry.key, None)));
    Sorted { found, old }
}

/// Parts what is still of use from what is too old.
fn fresh(records: Vec<Record>, now_ms: f64, life_ms: f64) -> (Vec<Record>, Vec<Change>) {
    let (old, fresh): (Vec<_>, Vec<_>) = records
        .into_iter()
        .partition(|(_, record)| number(record, "at").is_some_and(|at| at + life_ms < now_ms));
    let removed = old
        .into_iter()
        .map(|(name, _)| Change { name, record: None });
    (fresh, removed.collect())
}

fn change(prefix: &str, key: &str, record: Option<JsValue>) -> Change {
    Change {
        name: named(prefix, key),
        record,
    }
}

fn named(prefix: &str, key: &str) -> String {
    let mut name = String::from(prefix);
    name.push_str(key);
    name
}
