//! What somebody is saying about the translation: its texts, the names of its files, and whether it may have arrived.

use super::fields::{get, set};
use super::files::{picked, written_picked};
use super::{Change, FEEDBACK};
use crate::platform::bridge::text;
use crate::state::Fault;
use crate::state::feedback::{Feedback, Part, Standing};
use js_sys::{Array, Object};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// As the state holds it; nothing if nothing is begun.
pub fn feedback(feedback: &Feedback, now_ms: f64) -> Change {
    Change {
        name: String::from(FEEDBACK),
        record: feedback.is_begun().then(|| written(feedback, now_ms)),
    }
}

fn written(feedback: &Feedback, now_ms: f64) -> JsValue {
    let record = Object::new();
    set(&record, "at", now_ms);
    for part in texts() {
        set(&record, part.wire_name(), feedback.text(part));
    }
    if let Some(key) = &feedback.key {
        set(&record, "key", &**key);
    }
    let files: Array = feedback.files.iter().map(written_picked).collect();
    set(&record, "files", files);
    set(&record, "tried", feedback.is_frozen());
    record.into()
}

pub(super) fn read_feedback(record: &JsValue) -> Feedback {
    let mut feedback = Feedback::default();
    for part in texts() {
        feedback.set(
            part,
            Rc::from(text(record, part.wire_name()).unwrap_or_default()),
        );
    }
    feedback.key = text(record, "key").map(Rc::from);
    let files = Array::from(&get(record, "files"));
    feedback.files = files.iter().filter_map(|file| picked(&file)).collect();
    if get(record, "tried").is_truthy() {
        // It had left when the page went.
        feedback.standing = Standing::Unknown(Fault::Unreachable);
    }
    feedback
}

fn texts() -> impl Iterator<Item = Part> {
    let is_text = |part: &Part| *part != Part::Screenshots;
    Part::ALL.into_iter().filter(is_text)
}
