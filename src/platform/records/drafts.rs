//! Drafts and entries of the outbox, field by field.

use super::fields::{count, get, ms, number, set};
use super::files::{read_files, written_file};
use crate::platform::bridge::text;
use crate::platform::clock::whole;
use crate::platform::endpoint::read;
use crate::state::Fault;
use crate::state::files::Files;
use crate::state::outbox::{Entry, Outbox, Standing};
use crate::state::storage::KeptDraft;
use js_sys::{Array, Object};
use partner_rules::wire::NewTicket;
use partner_rules::{Draft, OrgIdKind};
use serde::Serialize;
use std::rc::Rc;
use wasm_bindgen::JsValue;

pub(super) fn written_draft(kept: &KeptDraft) -> Object {
    let record = written(&kept.draft, &kept.files);
    set(&record, "revision", kept.revision);
    if let Some(key) = &kept.key {
        set(&record, "key", &**key);
    }
    record
}

pub(super) fn read_kept_draft(record: &JsValue) -> KeptDraft {
    KeptDraft {
        draft: read_draft(record),
        files: read_files(record),
        key: text(record, "key").map(Rc::from),
        revision: count(record, "revision"),
    }
}

pub(super) fn written_entry(entry: &Entry) -> JsValue {
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
    if let Standing::Refused { fault } = &entry.standing {
        set(&record, "code", fault.code());
    }
    record.into()
}

/// `None`: what is there says nothing that could be sent or shown.
pub(super) fn read_entry(key: &str, record: &JsValue) -> Option<Entry> {
    let body = get(record, "body");
    let body = if body.is_object() {
        Some(Rc::new(read::<NewTicket>(body).ok()?))
    } else {
        None
    };
    let fault = Fault::Unreachable;
    let standing = match (&body, text(record, "code")) {
        (None, _) => Standing::Aside,
        (Some(_), Some(code)) => Standing::Refused {
            fault: Fault::from_code(&code),
        },
        (Some(_), None) if get(record, "tried").is_truthy() => Standing::Unknown { fault },
        (Some(_), None) => Standing::Waiting { fault },
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
