//! Attachments: their bytes in a store of their own, the rest with the draft or the entry.

use super::fields::{get, ms, number, set};
use super::{Change, Record, Sorted, change, fresh};
use crate::platform::blobs::whole as whole_size;
use crate::platform::bridge::text;
use crate::platform::clock::whole;
use crate::state::files::{Attached, Files, Picked, Standing};
use js_sys::{Array, Object};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

/// Bytes go sooner than what was written.
const FILE_MS: f64 = 7.0 * 86_400_000.0;

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

/// A file that was picked, without its bytes.
pub(super) fn written_picked(file: &Picked) -> JsValue {
    let record = Object::new();
    set(&record, "id", &*file.id);
    set(&record, "name", &*file.name);
    set(&record, "size", length(file.size));
    record.into()
}

pub(super) fn picked(record: &JsValue) -> Option<Picked> {
    Some(Picked {
        id: Rc::from(text(record, "id")?),
        name: Rc::from(text(record, "name")?),
        size: whole_size(number(record, "size")?),
    })
}

/// A file without its bytes. One that is at the endpoint is named there, until it expires.
pub(super) fn written_file(file: &Attached) -> JsValue {
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

pub(super) fn read_files(record: &JsValue) -> Files {
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
            size: whole_size(number(&record, "size")?),
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
