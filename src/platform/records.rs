//! How drafts and entries of the outbox look in the browser's storage, and how they are read back. What
//! is not as it should be is left out: a record of another version must not stop the widget.

use super::bridge::text;
use super::clock::whole;
use super::endpoint::read;
use super::vault::{Change, Record};
use crate::state::files::{Attached, Files, Standing};
use crate::state::outbox::{self, Entry, Outbox};
use crate::state::storage::{Kept, KeptDraft};
use crate::state::{Fault, State, transition};
use js_sys::{Array, Object, Reflect};
use partner_rules::wire::NewTicket;
use partner_rules::{Draft, OrgIdKind};
use serde::Serialize;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

/// Drafts live this long without being changed; so do marks. Entries of the outbox stay until they are sent.
const DRAFT_MS: f64 = 30.0 * 86_400_000.0;

const DRAFT: &str = "draft";
const ENTRY: &str = "entry ";
const OVER: &str = "over ";

/// The bytes of attachments go sooner.
const FILE_MS: f64 = 7.0 * 86_400_000.0;

/// The draft as the state holds it.
pub fn draft(state: &State, now_ms: f64) -> Change {
    let kept = transition::kept_draft(state);
    let record = written(&kept.draft, &kept.files);
    set(&record, "at", now_ms);
    set(&record, "revision", kept.revision);
    if let Some(key) = &kept.key {
        set(&record, "key", &**key);
    }
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
            found.draft = Some(KeptDraft {
                draft: read_draft(&record),
                files: read_files(&record),
                key: text(&record, "key").map(Rc::from),
                revision: count(&record, "revision"),
            });
        } else if let Some(key) = name.strip_prefix(ENTRY) {
            found.entries.extend(read_entry(key, &record));
        } else if let Some(key) = name.strip_prefix(OVER) {
            let reference = text(&record, "reference").map(Rc::from);
            found.over.push((Rc::from(key), reference));
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

/// The bytes of attachments, by the ids of their files.
pub fn blobs(records: Vec<Record>, now_ms: f64) -> Sorted<Vec<(Rc<str>, Blob)>> {
    let (records, old) = fresh(records, now_ms, FILE_MS);
    let blob = |(id, record): Record| {
        let kept = get(&record, "blob");
        let blob = match kept.dyn_into::<Blob>() {
            Ok(blob) => blob,
            Err(bytes) if bytes.is_object() => {
                Blob::new_with_buffer_source_sequence(&Array::of1(&bytes)).ok()?
            }
            Err(_) => return None,
        };
        Some((Rc::from(id), blob))
    };
    Sorted {
        found: records.into_iter().filter_map(blob).collect(),
        old,
    }
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

/// The bytes of a file: a blob, or a buffer where the browser keeps no blobs (WebKit's private windows).
pub fn file(id: &str, blob: &JsValue, now_ms: f64) -> Change {
    let record = Object::new();
    set(&record, "at", now_ms);
    set(&record, "blob", blob.clone());
    change("", id, Some(record.into()))
}

pub fn no_file(id: &str) -> Change {
    change("", id, None)
}

/// A file without its bytes. One that is at the endpoint is named there, until it expires.
fn written_file(file: &Attached) -> JsValue {
    let record = Object::new();
    set(&record, "id", &*file.id);
    set(&record, "name", &*file.name);
    set(&record, "size", length(file.size));
    if let Standing::Ready {
        upload_id,
        expires_at_ms,
    } = &file.standing
    {
        set(&record, "upload", &**upload_id);
        if let Some(at) = expires_at_ms {
            set(&record, "expires", ms(*at));
        }
    }
    record.into()
}

fn read_files(record: &JsValue) -> Files {
    let list = Array::from(&get(record, "files"));
    let file = |record: JsValue| {
        let standing = match text(&record, "upload") {
            Some(upload) => Standing::Ready {
                upload_id: Rc::from(upload),
                expires_at_ms: number(&record, "expires").map(whole),
            },
            None => Standing::Waiting,
        };
        Some(Attached {
            id: Rc::from(text(&record, "id")?),
            name: Rc::from(text(&record, "name")?),
            size: super::blobs::whole(number(&record, "size")?),
            kept: true,
            standing,
        })
    };
    Files {
        list: list.iter().filter_map(file).collect(),
        ..Files::default()
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "sizes of files fit into 53 bits"
)]
fn length(bytes: u64) -> f64 {
    bytes as f64
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

fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    // A plain object takes every property.
    let _always = Reflect::set(object, &name.into(), &value.into());
}

fn get(record: &JsValue, name: &str) -> JsValue {
    Reflect::get(record, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn number(record: &JsValue, name: &str) -> Option<f64> {
    get(record, name).as_f64()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count that was written as one"
)]
fn count(record: &JsValue, name: &str) -> u32 {
    number(record, name).unwrap_or_default() as u32
}

/// The fields of a draft by their names on the wire.
fn written(draft: &Draft, files: &Files) -> Object {
    let record = Object::new();
    let list: Array = files.list.iter().map(written_file).collect();
    set(&record, "files", list);
    for (name, text) in [
        ("service", &draft.service),
        ("org_id", &draft.org_id),
        ("subject", &draft.subject),
        ("description", &draft.description),
        ("superadmin_email", &draft.superadmin_email),
        ("customer_email", &draft.customer_email),
        ("zuid", &draft.zuid),
    ] {
        set(&record, name, &**text);
    }
    set(&record, "org_id_kind", draft.org_id_kind.code());
    set(&record, "superadmin_unknown", draft.superadmin_unknown);
    record
}

fn read_draft(record: &JsValue) -> Draft {
    let field = |name: &str| text(record, name).unwrap_or_default();
    Draft {
        service: field("service"),
        org_id_kind: if field("org_id_kind") == OrgIdKind::Zgid.code() {
            OrgIdKind::Zgid
        } else {
            OrgIdKind::Zoid
        },
        org_id: field("org_id"),
        subject: field("subject"),
        description: field("description"),
        superadmin_email: field("superadmin_email"),
        superadmin_unknown: get(record, "superadmin_unknown").is_truthy(),
        customer_email: field("customer_email"),
        zuid: field("zuid"),
    }
}

fn written_entry(entry: &Entry) -> JsValue {
    let record = written(&entry.draft, &entry.files);
    set(&record, "made", ms(entry.made_ms));
    if let Some(body) = &entry.body {
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        if let Ok(body) = body.serialize(&serializer) {
            set(&record, "body", body);
        }
    }
    let bases: Array = entry
        .bases
        .iter()
        .map(|base| JsValue::from(&**base))
        .collect();
    set(&record, "bases", bases);
    set(&record, "tried", Outbox::may_be_stored(entry));
    if let outbox::Standing::Refused { fault } = &entry.standing {
        set(&record, "code", fault.code());
    }
    record.into()
}

/// `None`: what is there says nothing that could be sent or shown.
fn read_entry(key: &str, record: &JsValue) -> Option<Entry> {
    let body = get(record, "body");
    let body = if body.is_object() {
        Some(Rc::new(read::<NewTicket>(body).ok()?))
    } else {
        None
    };
    let fault = Fault::Unreachable;
    let standing = match (&body, text(record, "code")) {
        (None, _) => outbox::Standing::Aside,
        (Some(_), Some(code)) => outbox::Standing::Refused {
            fault: Fault::from_code(&code),
        },
        (Some(_), None) if get(record, "tried").is_truthy() => outbox::Standing::Unknown { fault },
        (Some(_), None) => outbox::Standing::Waiting { fault },
    };
    let bases = Array::from(&get(record, "bases"));
    Some(Entry {
        key: Rc::from(key),
        draft: read_draft(record),
        files: read_files(record),
        body,
        bases: bases
            .iter()
            .filter_map(|base| base.as_string())
            .map(Rc::from)
            .collect(),
        made_ms: whole(number(record, "made").unwrap_or_default()),
        standing,
        round: 0,
    })
}

#[expect(
    clippy::cast_precision_loss,
    reason = "times of JavaScript fit into 53 bits"
)]
fn ms(ms: i64) -> f64 {
    ms as f64
}
