//! `POST /v1/tickets/{reference}/replies`: a partner's message, stored exactly once per key.

use super::{change, uploads};
use crate::app::App;
use crate::identity::Caller;
use crate::problem::{ApiError, ProblemCode};
use crate::random;
use crate::routes::Fields;
use crate::routes::openapi::BodyRefusals;
use crate::routes::receipt::{earlier, fingerprint, keyed, turn};
use crate::store::conversation::{NewMessage, On, Once};
use crate::store::idempotency::Fingerprint;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use partner_rules::conversation;
use partner_rules::policy::Limits;
use partner_rules::wire::{Message, NewReply, TicketChange, WireViolation};
use std::sync::Arc;

/// Adds a message to a ticket that is not closed.
#[utoipa::path(
    post,
    path = "/tickets/{reference}/replies",
    operation_id = "reply",
    tag = "tickets",
    security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "As on the receipt", example = "PS-EU-000001"),
        ("Idempotency-Key" = String, Header, pattern = "^[!-~]([ -~]{0,253}[!-~])?$", example = "my-first-reply",
            description = "1 to 255 printable ASCII characters, one per reply")
    ),
    request_body(content = NewReply, example = json!({"text": "It happens in Firefox only."})),
    responses(
        (status = 201, body = Message, headers(
            ("Idempotency-Replayed" = Option<String>, description = "`true` when the key had stored this reply before")
        )),
        BodyRefusals
    )
)]
pub(in crate::routes) async fn reply(
    State(app): State<Arc<App>>,
    caller: Caller,
    reference: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let Path(reference) = reference.map_err(|_| ProblemCode::NotFound)?;
    let (scope, body) = keyed(&caller, &headers, || read(&bytes))?;
    let _turn = turn(&app.locks, &scope).await?;
    let hashes = app.store.hashes(caller.identity(), &body.uploads).await?;
    let uploads_known = hashes.is_some();
    let fingerprint = body.fingerprint(&reference, hashes);
    if let Some(answer) = earlier(&app, &scope, fingerprint.as_ref()).await? {
        return Ok(answer);
    }
    change::may(&app, &caller, &reference).await?;
    let sound = body.check(app.config.policy.rules().limits(), uploads_known)?;
    // Only a sound body has none missing.
    let fingerprint = fingerprint.ok_or(ProblemCode::MalformedJson)?;
    let id = random::hex(&random::bytes::<16>().map_err(ApiError::internal)?);
    let message = NewMessage {
        id: &id,
        author: &caller.author(),
        text: &sound.text,
        uploads: &sound.uploads,
    };
    let on = On {
        sight: &caller.sight(),
        reference: &reference,
    };
    let once = Once {
        scope: &scope,
        fingerprint: &fingerprint,
    };
    let most = app.config.limits.messages_per_ticket;
    let now = app.clock.now();
    let stored = app.store.reply(on, &message, most, once, now).await?;
    change::answer(&app, &caller, stored, TicketChange::Replied).await
}

/// A body that is JSON with known fields; more is not said yet.
pub(crate) struct Body {
    pub(crate) text: String,
    pub(crate) uploads: Vec<String>,
    violations: Vec<WireViolation>,
}

pub(crate) fn read(bytes: &[u8]) -> Result<Body, ApiError> {
    let mut fields = Fields::read(bytes)?;
    let text = fields.text("text");
    let uploads = uploads::read(&mut fields);
    let violations = fields.finish()?;
    Ok(Body {
        text,
        uploads,
        violations,
    })
}

impl Body {
    /// As of a ticket: the texts as sent, and the files' contents for the uploads.
    pub(crate) fn fingerprint(
        &self,
        reference: &str,
        hashes: Option<Vec<String>>,
    ) -> Option<Fingerprint> {
        let parsed = NewReply {
            text: self.text.clone(),
            uploads: hashes?,
        };
        let call = format!("POST /v1/tickets/{reference}/replies");
        fingerprint(&call, &parsed).filter(|_| self.violations.is_empty())
    }

    /// Checks the fields by the same rules as the browser.
    pub(crate) fn check(self, limits: &Limits, uploads_known: bool) -> Result<NewReply, ApiError> {
        let Self {
            text,
            uploads,
            mut violations,
        } = self;
        let text = conversation::reply(&text, limits);
        change::flaw("text", &text, &mut violations);
        uploads::check(&uploads, uploads_known, limits, &mut violations);
        match text {
            Ok(text) if violations.is_empty() => Ok(NewReply { text, uploads }),
            Ok(_) | Err(_) => Err(ApiError::new(ProblemCode::InvalidFields).violations(violations)),
        }
    }
}
