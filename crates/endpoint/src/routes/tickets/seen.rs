//! `PUT /v1/tickets/{reference}/seen`: the caller has looked at a ticket as it was at an instant.

use crate::app::App;
use crate::clock::Timestamp;
use crate::identity::Caller;
use crate::problem::{ApiError, ProblemCode};
use crate::routes::openapi::BodyRefusals;
use crate::routes::{Fields, must_be_json};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use partner_rules::ViolationCode;
use partner_rules::wire::{SeenUntil, Unread, WireViolation};
use std::sync::Arc;

/// Nothing on the ticket up to an instant is unread any more.
#[utoipa::path(
    put,
    path = "/tickets/{reference}/seen",
    operation_id = "seen",
    tag = "tickets",
    security(("bearer" = [])),
    params(("reference" = String, Path, description = "As on the receipt", example = "PS-EU-000001")),
    request_body(content = SeenUntil, example = json!({"until": "2026-11-23T09:05:00.000Z"})),
    responses((status = 200, body = Unread), BodyRefusals)
)]
pub(in crate::routes) async fn seen(
    State(app): State<Arc<App>>,
    caller: Caller,
    reference: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Unread>, ApiError> {
    let Path(reference) = reference.map_err(|_| ProblemCode::NotFound)?;
    must_be_json(&headers)?;
    let read = read(&bytes)?;
    let sight = caller.sight();
    let until = match read {
        Ok(until) => until,
        // A ticket beyond one's sight is like none whatever is sent.
        Err(_) if !app.store.sees(&sight, &reference).await? => {
            return Err(ProblemCode::NotFound.into());
        }
        Err(violations) => {
            return Err(ApiError::new(ProblemCode::InvalidFields).violations(violations));
        }
    };
    let now = app.clock.now();
    let unread = app.store.see(&sight, &reference, until, now).await?;
    let unread = unread.ok_or(ProblemCode::NotFound)?;
    Ok(Json(Unread { unread }))
}

/// The instant, or what is wrong with it.
pub(crate) fn read(bytes: &[u8]) -> Result<Result<Timestamp, Vec<WireViolation>>, ApiError> {
    let mut fields = Fields::read(bytes)?;
    let text: Option<String> = fields.code("until");
    let until = text.as_deref().and_then(Timestamp::parse);
    if text.is_some() && until.is_none() {
        fields.wrong("until", ViolationCode::Syntax);
    }
    let violations = fields.finish()?;
    Ok(until.ok_or(violations))
}
