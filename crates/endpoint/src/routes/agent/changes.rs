//! `POST /agent/tickets/{reference}/{act}`: each once per `Idempotency-Key`, and needs one.

use crate::app::App;
use crate::casework::{
    self, Act, Agent, Complete, Done, HandOver, Note, Raise, Reason, Refusal, Reply, Verify,
};
use crate::problem::{ApiError, ProblemCode};
use crate::routes::tickets::key;
use crate::routes::{Fields, must_be_json};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Does one thing on a ticket.
pub(super) async fn change(
    State(app): State<Arc<App>>,
    agent: Agent,
    place: Result<Path<(String, String)>, PathRejection>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let Path((reference, call)) = place.map_err(|_| ProblemCode::NotFound)?;
    let key = key::read(&headers)?;
    must_be_json(&headers)?;
    let act = read(&call, &bytes)?;
    agent.may_write(&app)?;
    let done = casework::act(&app, &agent, &reference, act, Some(&key)).await?;
    Ok(answer(done))
}

/// 201 with what was done; when it was done before, it says so.
pub(super) fn answer(done: Done) -> Response {
    let replayed = done.replayed;
    let mut response = (StatusCode::CREATED, Json(done)).into_response();
    if replayed {
        response
            .headers_mut()
            .insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    response
}

fn read(call: &str, bytes: &[u8]) -> Result<Act, ApiError> {
    let mut fields = Fields::read(bytes)?;
    let act = match call {
        "replies" => Act::Reply(Reply {
            text: fields.text("text"),
            uploads: fields.optional("uploads").unwrap_or_default(),
            status_note: flag(&mut fields, "status_note"),
            determined: flag(&mut fields, "determined"),
            resolved: flag(&mut fields, "resolved"),
        }),
        "notes" => Act::Note(Note {
            text: fields.text("text"),
            uploads: fields.optional("uploads").unwrap_or_default(),
        }),
        "hold" => Act::Hold(reason(&mut fields)),
        "resume" => Act::Resume(reason(&mut fields)),
        "close" => Act::Close(reason(&mut fields)),
        "reopen" => Act::Reopen(reason(&mut fields)),
        "take-back" => Act::TakeBack(reason(&mut fields)),
        "hand-over" => Act::HandOver(HandOver {
            team: fields.text("team"),
            reason: fields.text("reason"),
        }),
        "raise" => Act::Raise(Raise {
            reason: fields.text("reason"),
        }),
        "verify" => return verify(fields),
        "complete" => Act::Complete(Complete {
            superadmin_email: fields.text("superadmin_email"),
            service: fields.optional_text("service"),
            org_id_kind: fields.optional("org_id_kind"),
            org_id: fields.optional_text("org_id"),
        }),
        _ => return Err(ProblemCode::NotFound.into()),
    };
    sound(fields)?;
    Ok(act)
}

fn verify(mut fields: Fields) -> Result<Act, ApiError> {
    let (class, licences) = (fields.code("class"), fields.code("licences"));
    sound(fields)?;
    match (class, licences) {
        (Some(class), Some(licences)) => Ok(Act::Verify(Verify { class, licences })),
        // Each that is missing is a violation, so this is never reached.
        (None, _) | (_, None) => Err(ProblemCode::MalformedJson.into()),
    }
}

/// A field of the wrong type, or one that the call does not know.
pub(super) fn sound(fields: Fields) -> Result<(), ApiError> {
    let violations = fields.finish()?;
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Invalid(violations).into())
    }
}

fn flag(fields: &mut Fields, name: &str) -> bool {
    fields.optional(name).unwrap_or_default()
}

fn reason(fields: &mut Fields) -> Reason {
    Reason {
        reason: fields.optional_text("reason"),
    }
}
