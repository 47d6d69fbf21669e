//! `POST /v1/tickets/{reference}/close` and `/reopen`, each exactly once per key.

use super::change;
use crate::app::App;
use crate::identity::Caller;
use crate::problem::{ApiError, ProblemCode};
use crate::routes::Fields;
use crate::routes::openapi::BodyRefusals;
use crate::routes::receipt::{earlier, fingerprint, keyed, turn};
use crate::store::conversation::{On, Once, Side, Switch};
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use partner_rules::conversation;
use partner_rules::wire::{Receipt, StatusChange, TicketChange, WireViolation};
use std::sync::Arc;

/// Closes a ticket.
#[utoipa::path(
    post,
    path = "/tickets/{reference}/close",
    operation_id = "close_ticket",
    tag = "tickets",
    security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "As on the receipt", example = "PS-EU-000001"),
        ("Idempotency-Key" = String, Header, pattern = "^[!-~]([ -~]{0,253}[!-~])?$", example = "my-first-closing",
            description = "1 to 255 printable ASCII characters, one per closing")
    ),
    request_body(content = StatusChange, example = json!({"reason": "It works again."})),
    responses(
        (status = 201, body = Receipt, headers(
            ("Idempotency-Replayed" = Option<String>, description = "`true` when the key had closed the ticket before")
        )),
        BodyRefusals
    )
)]
pub(in crate::routes) async fn close(
    State(app): State<Arc<App>>,
    caller: Caller,
    reference: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    switch(&app, &caller, reference, &headers, &bytes, Side::Closed).await
}

/// Reopens a ticket that is closed.
#[utoipa::path(
    post,
    path = "/tickets/{reference}/reopen",
    operation_id = "reopen_ticket",
    tag = "tickets",
    security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "As on the receipt", example = "PS-EU-000001"),
        ("Idempotency-Key" = String, Header, pattern = "^[!-~]([ -~]{0,253}[!-~])?$", example = "my-first-reopening",
            description = "1 to 255 printable ASCII characters, one per reopening")
    ),
    request_body(content = StatusChange, example = json!({"reason": "It happened again."})),
    responses(
        (status = 201, body = Receipt, headers(
            ("Idempotency-Replayed" = Option<String>, description = "`true` when the key had reopened the ticket before")
        )),
        BodyRefusals
    )
)]
pub(in crate::routes) async fn reopen(
    State(app): State<Arc<App>>,
    caller: Caller,
    reference: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    switch(&app, &caller, reference, &headers, &bytes, Side::Open).await
}

async fn switch(
    app: &App,
    caller: &Caller,
    reference: Result<Path<String>, PathRejection>,
    headers: &HeaderMap,
    bytes: &[u8],
    to: Side,
) -> Result<Response, ApiError> {
    let Path(reference) = reference.map_err(|_| ProblemCode::NotFound)?;
    let (scope, body) = keyed(caller, headers, || read(bytes))?;
    let _turn = turn(&app.locks, &scope).await?;
    let (word, change) = match to {
        Side::Closed => ("close", TicketChange::Closed),
        Side::Open => ("reopen", TicketChange::Reopened),
    };
    let call = format!("POST /v1/tickets/{reference}/{word}");
    let known_by = fingerprint(&call, &body.change).filter(|_| body.violations.is_empty());
    if let Some(answer) = earlier(app, &scope, known_by.as_ref()).await? {
        return Ok(answer);
    }
    change::may(app, caller, &reference).await?;
    let reason = body.check()?;
    // Only a sound body has none missing.
    let known_by = known_by.ok_or(ProblemCode::MalformedJson)?;
    let switch = Switch {
        to,
        by: &caller.author(),
        reason: reason.as_deref(),
    };
    let on = On {
        sight: &caller.sight(),
        reference: &reference,
    };
    let once = Once {
        scope: &scope,
        fingerprint: &known_by,
    };
    let stored = app.store.switch(on, &switch, once, app.clock.now()).await?;
    change::answer(app, caller, stored, change).await
}

/// A body that is JSON with known fields; more is not said yet.
pub(crate) struct Body {
    change: StatusChange,
    violations: Vec<WireViolation>,
}

pub(crate) fn read(bytes: &[u8]) -> Result<Body, ApiError> {
    let mut fields = Fields::read(bytes)?;
    let reason = fields.optional_text("reason");
    let violations = fields.finish()?;
    Ok(Body {
        change: StatusChange { reason },
        violations,
    })
}

impl Body {
    /// The reason, normalised, if there is one.
    pub(crate) fn check(self) -> Result<Option<String>, ApiError> {
        let Self {
            change,
            mut violations,
        } = self;
        let reason = conversation::reason(change.reason.as_deref().unwrap_or_default());
        change::flaw("reason", &reason, &mut violations);
        match reason {
            Ok(reason) if violations.is_empty() => Ok(reason),
            Ok(_) | Err(_) => Err(ApiError::new(ProblemCode::InvalidFields).violations(violations)),
        }
    }
}
