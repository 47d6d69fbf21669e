//! What is written about requests: drafts of replies, and what is on its way.

use super::fields::{count, set};
use super::files::{read_files, written_file};
use super::{Change, WRITING, change};
use crate::platform::bridge::text;
use crate::state::State;
use crate::state::reply::{Act, Remark, Writing};
use js_sys::{Array, Object};
use partner_rules::Dc;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// The draft of a reply as the state holds it.
pub fn writing(state: &State, reference: &str, now_ms: f64) -> Option<Change> {
    let writing = state.writings.of(reference)?;
    let record = Object::new();
    set(&record, "at", now_ms);
    set(&record, "text", &*writing.text);
    set(&record, "reason", &*writing.reason);
    set(&record, "revision", writing.revision);
    let files: Array = writing.files.list.iter().map(written_file).collect();
    set(&record, "files", files);
    if let Some(key) = &writing.key {
        set(&record, "key", &**key);
    }
    Some(change(WRITING, reference, Some(record.into())))
}

pub(super) fn read_writing(reference: &str, record: &JsValue) -> Writing {
    let part = |name: &str| Rc::from(text(record, name).unwrap_or_default());
    Writing {
        reference: Rc::from(reference),
        text: part("text"),
        files: read_files(record),
        key: text(record, "key").map(Rc::from),
        reason: part("reason"),
        revision: count(record, "revision"),
        ..Writing::default()
    }
}

pub(super) fn write_remark(record: &Object, remark: &Remark) {
    set(record, "act", remark.act.code());
    set(record, "reference", &*remark.reference);
    set(record, "dc", remark.dc.code());
    set(record, "text", &*remark.text);
}

/// `None`: it is none.
pub(super) fn read_remark(record: &JsValue) -> Option<Remark> {
    Some(Remark {
        act: Act::parse(&text(record, "act")?)?,
        reference: Rc::from(text(record, "reference")?),
        dc: Dc::parse(&text(record, "dc")?)?,
        text: Rc::from(text(record, "text")?),
    })
}
