//! `POST /v1/translation-feedback`: what a visitor thinks of a page's translation, with screenshots. Needs no
//! token: everybody may call, so everything about it has a bound that is everybody's together.
//!
//! The order of questions is that of tickets: a key that stands for this very form is answered with its receipt
//! whatever has changed since. Only then it matters whether the sender may file more.

mod document;
mod form;
mod parts;
pub(crate) mod pieces;

use super::must_be;
use super::receipt::{created, replay, turn};
use super::tickets::key;
use super::uploads::{announced, full, must_have_room};
use crate::address::ClientAddress;
use crate::app::App;
use crate::layers::body::Stream;
use crate::problem::{ApiError, ProblemCode};
use crate::routes::openapi::BodyRefusals;
use crate::store::feedback::{Day, Filed, NewFeedback};
use crate::store::idempotency::{Fingerprint, Scope};
use axum::Extension;
use axum::body::Body;
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request, State};
use axum::response::Response;
use document::FeedbackForm;
use form::{Form, Screenshot};
use partner_rules::policy::Limits;
use partner_rules::wire::{Attachment, FeedbackReceipt};
use parts::Intake;
use pieces::Pieces;
use std::sync::Arc;
use std::time::Duration;

/// For a place among those who send.
const WAIT_FOR_PLACE: Duration = Duration::from_secs(5);
/// What a body may have besides screenshots, in bytes: texts, and the heads of parts.
const BESIDES: u64 = 1 << 20;

/// Says something about the translation of a page.
#[utoipa::path(
    post,
    path = "/translation-feedback",
    operation_id = "translation_feedback",
    tag = "feedback",
    params(
        ("Idempotency-Key" = String, Header, pattern = "^[!-~]([ -~]{0,253}[!-~])?$", example = "my-first-feedback",
            description = "1 to 255 printable ASCII characters, one per form")
    ),
    request_body(content = FeedbackForm, content_type = "multipart/form-data", example = json!({
        "name": "Ada", "email": "ada@visitor.example", "subject": "A word is missing",
        "description": "In the second line.", "page_url": "https://portal.example/de/partners",
        "lang": "de", "version": "1.0.0"
    })),
    responses(
        (status = 201, body = FeedbackReceipt, headers(
            ("Idempotency-Replayed" = Option<String>, description = "`true` when the key had filed this before")
        )),
        BodyRefusals
    )
)]
pub(super) async fn create(
    State(app): State<Arc<App>>,
    Extension(address): Extension<ClientAddress>,
    Extension(body): Extension<Stream>,
    request: Request,
) -> Result<Response, ApiError> {
    let key = key::read(request.headers())?;
    must_be("multipart/form-data", request.headers())?;
    let max = body_max(app.config.policy.rules().limits());
    if announced(request.headers()) > max {
        return Err(ProblemCode::BodyTooLarge.into());
    }
    // Nobody's: the same key is the same form, wherever it comes from.
    let scope = Scope {
        shop_id: String::new(),
        sub: String::new(),
        key,
    };
    let _turn = turn(&app.feedback.locks, &scope).await?;
    let known = app.store.feedback_key(&scope.key).await?;
    let day = match &known {
        Some(_) => None,
        None => Some(may_file(&app, address).await?),
    };
    let intake = Intake {
        app: &app,
        meter: Arc::default(),
        day,
    };
    let form = receive(&intake, address, (request, body), max).await?;
    form.must_be_known()?;
    let fingerprint = form.fingerprint();
    if let Some(known) = known {
        return replay(known.against(fingerprint.as_ref()));
    }
    file(&app, address, form, fingerprint, &scope.key).await
}

/// The largest body, in bytes.
fn body_max(limits: &Limits) -> u64 {
    u64::from(limits.files_max) * u64::from(limits.file_bytes_max) + BESIDES
}

/// Whether anything new would be taken from here, before anything is read. Counts nothing.
async fn may_file(app: &App, address: ClientAddress) -> Result<Day, ApiError> {
    app.rates.more_feedback(address)?;
    let now = app.clock.now();
    let day = app.store.feedback_day(now).await?;
    must_have_room(day.room(0, app.config.limits.feedback_bytes_per_day), now)?;
    Ok(day)
}

async fn receive(
    intake: &Intake<'_>,
    address: ClientAddress,
    (request, body): (Request, Stream),
    max: u64,
) -> Result<Form, ApiError> {
    let app = intake.app;
    let place = app.feedback.places.take(address, WAIT_FOR_PLACE).await;
    let _place = place.ok_or_else(|| {
        ApiError::new(ProblemCode::RateLimited).retry_after(WAIT_FOR_PLACE.as_secs())
    })?;
    let pieces = Pieces::new(body.lock_owned().await, Arc::clone(&intake.meter), max);
    let request = request.map(|_unread| Body::new(pieces));
    let multipart = Multipart::from_request(request, &())
        .await
        .map_err(|_| ProblemCode::MalformedRequest)?;
    let form = tokio::time::timeout(
        app.config.limits.upload_time,
        parts::read(intake, multipart),
    );
    form.await.map_err(|_| ProblemCode::RequestTimeout)?
}

async fn file(
    app: &App,
    address: ClientAddress,
    form: Form,
    fingerprint: Option<Fingerprint>,
    key: &str,
) -> Result<Response, ApiError> {
    let (feedback, screenshots) = form.judge()?;
    // Only a sound form has none missing.
    let fingerprint = fingerprint.ok_or(ProblemCode::MalformedRequest)?;
    app.rates.feedback(address)?;
    let screenshots = keep(app, screenshots).await?;
    let new = NewFeedback {
        feedback: &feedback,
        screenshots: &screenshots,
        created_at: app.clock.now(),
        key,
        fingerprint: &fingerprint,
    };
    let quota = app.config.limits.feedback_bytes_per_day;
    // If the store fails, the rows may be there or not, so the files stay; without a row they are removed when
    // they are old.
    match app.store.file_feedback(&new, quota).await? {
        Filed::New(answer) => {
            app.metrics.feedback_filed();
            Ok(created(answer))
        }
        Filed::Bound(bound) => {
            forget(app, &screenshots).await;
            replay(bound)
        }
        Filed::Full(free) => {
            forget(app, &screenshots).await;
            Err(full(free, new.created_at))
        }
    }
}

/// Puts the files under their names. What cannot be kept takes the others along.
async fn keep(app: &App, screenshots: Vec<Screenshot>) -> Result<Vec<Attachment>, ApiError> {
    let mut kept = Vec::new();
    for screenshot in screenshots {
        let Screenshot {
            id,
            name,
            size,
            sha256,
            content_type,
            file,
        } = screenshot;
        if let Err(cause) = file.keep().await {
            forget(app, &kept).await;
            app.files.remove(&id).await;
            return Err(ApiError::disk(cause));
        }
        kept.push(Attachment {
            id,
            name,
            size,
            sha256,
            content_type: content_type.to_owned(),
        });
    }
    Ok(kept)
}

async fn forget(app: &App, screenshots: &[Attachment]) {
    for screenshot in screenshots {
        app.files.remove(&screenshot.id).await;
    }
}
