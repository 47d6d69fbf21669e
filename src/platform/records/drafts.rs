//! Drafts and entries of the outbox, field by field.

use super::fields::{count, get, ms, number, set};
use super::files::{read_files, written_file};
use super::writings::{read_remark, write_remark};
use crate::platform::bridge::text;
use crate::platform::clock::whole;
use crate::platform::endpoint::read;
use crate::state::Fault;
use crate::state::files::Files;
use crate::state::outbox::{Entry, Outbox, Parcel, Standing};
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
    let record = match &entry.parcel {
        Parcel::Ticket { draft, body } => {
            let record = written(draft, &entry.files);
            let serializer = serde_wasm_bindgen::Serializer::json_compatible();
            if let Some(Ok(body)) = body.as_ref().map(|body| body.serialize(&serializer)) {
                set(&record, "body", body);
            }
            record
        }
        Parcel::Remark(remark) => {
            let record = with_files(&entry.files);
            write_remark(&record, remark);
            record
        }
    };
    set(&record, "made", ms(entry.made_ms));
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
    let parcel = if get(record, "act").is_string() {
        Parcel::Remark(Rc::new(read_remark(record)?))
    } else if body.is_object() {
        Parcel::Ticket {
            draft: read_draft(record),
            body: Some(Rc::new(read::<NewTicket>(body).ok()?)),
        }
    } else {
        Parcel::Ticket {
            draft: read_draft(record),
            body: None,
        }
    };
    let sent = match &parcel {
        Parcel::Ticket { body, .. } => body.is_some(),
        Parcel::Remark(_) => true,
    };
    let fault = Fault::Unreachable;
    let standing = match (sent, text(record, "code")) {
        (false, _) => Standing::Aside,
        (true, Some(code)) => Standing::Refused {
            fault: Fault::from_code(&code),
        },
        (true, None) if get(record, "tried").is_truthy() => Standing::Unknown { fault },
        (true, None) => Standing::Waiting { fault },
    };
    let bases = Array::from(&get(record, "bases"));
    Some(Entry {
        key: Rc::from(key),
        parcel,
        files: read_files(record),
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
    let record = with_files(files);
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

fn with_files(files: &Files) -> Object {
    let record = Object::new();
    let list: Array = files.list.iter().map(written_file).collect();
    set(&record, "files", list);
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
