//! `POST /v1/uploads`: takes a file, for a ticket of the same user to name within a day.

use crate::app::App;
use crate::clock::Timestamp;
use crate::files::{NewFile, ReceiveError, Received, kind, name};
use crate::identity::Caller;
use crate::layers::body::Stream;
use crate::problem::{ApiError, ProblemCode, violation};
use crate::random;
use crate::rates::Identity;
use crate::routes::openapi::{BodyRefusals, FileBytes};
use crate::store::files::{NewUpload, Quota, Room, UNUSED_S};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::{Extension, Json};
use partner_rules::ViolationCode;
use partner_rules::wire::Upload;
use std::sync::Arc;

const NAME: &str = "upload-name";

/// Uploads a file. A ticket that names it in `uploads` within 24 hours takes it over.
#[utoipa::path(
    post,
    path = "/uploads",
    operation_id = "upload",
    tag = "tickets",
    security(("bearer" = [])),
    params(
        ("Upload-Name" = String, Header, min_length = 1, example = "Screenshot%201.png", description = "The file's name, percent-encoded UTF-8; its ending must be one of a list and fit the content")
    ),
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "The file's bytes, under any `Content-Type`"),
    responses((status = 201, body = Upload), BodyRefusals)
)]
pub(in crate::routes) async fn upload(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
    Extension(body): Extension<Stream>,
) -> Result<(StatusCode, Json<Upload>), ApiError> {
    caller.must_have_access()?;
    let upload = take_in(&app, caller.identity(), caller.identity(), &headers, &body).await?;
    Ok((StatusCode::CREATED, Json(upload)))
}

/// Takes a file for whom it will belong to. `sender`: who is counted for it.
pub(super) async fn take_in(
    app: &App,
    whose: Identity<'_>,
    sender: Identity<'_>,
    headers: &HeaderMap,
    body: &Stream,
) -> Result<Upload, ApiError> {
    let name = read_name(headers)?;
    if !kind::is_listed(&name) {
        return Err(refused("uploads", ViolationCode::FileType));
    }
    let max = app.config.policy.rules().limits().file_bytes_max;
    let announced = announced(headers);
    if announced > u64::from(max) {
        return Err(ProblemCode::BodyTooLarge.into());
    }
    app.rates.write(sender)?;
    let (quota, now) = (app.config.limits.uploads, app.clock.now());
    let room = app.store.room(whose, announced, quota, now);
    must_have_room(room.await?, now)?;

    let id = random::hex(&random::bytes::<16>().map_err(ApiError::internal)?);
    let mut file = app.files.begin(&id).await.map_err(ApiError::disk)?;
    let received = receive(app, body, &mut file, max).await?;
    let kind = kind::judge(&name, &received.seen)
        .ok_or_else(|| refused("uploads", ViolationCode::FileType))?;
    file.keep().await.map_err(ApiError::disk)?;
    let now = app.clock.now();
    let sha256 = random::hex(&received.sha256);
    let upload = NewUpload {
        id: &id,
        whose,
        name: &name,
        size: received.size,
        sha256: &sha256,
        content_type: kind.content_type,
        created_at: now,
    };
    record(app, &upload, quota, now).await?;
    Ok(Upload {
        expires_at: now.plus_seconds(UNUSED_S).rfc3339(),
        size: received.size,
        id,
        name,
        sha256,
    })
}

/// What others uploaded meanwhile counts too. If the store fails, the row may be there or not, so the
/// file stays; without a row it is removed when it is old.
async fn record(
    app: &App,
    upload: &NewUpload<'_>,
    quota: Quota,
    now: Timestamp,
) -> Result<(), ApiError> {
    let room = app.store.add_upload(upload, quota).await?;
    if room != Room::Free {
        app.files.remove(upload.id).await;
    }
    must_have_room(room, now)
}

pub(crate) fn must_have_room(room: Room, now: Timestamp) -> Result<(), ApiError> {
    match room {
        Room::Free => Ok(()),
        Room::Until(free) => Err(full(free, now)),
    }
}

/// There is no room until then.
pub(super) fn full(free: Timestamp, now: Timestamp) -> ApiError {
    let wait = free.seconds().saturating_sub(now.seconds()).max(1);
    ApiError::new(ProblemCode::RateLimited).retry_after(u64::try_from(wait).unwrap_or(1))
}

async fn receive(
    app: &App,
    body: &Stream,
    file: &mut NewFile,
    max: u32,
) -> Result<Received, ApiError> {
    let limits = app.config.limits;
    let mut body = body.lock().await;
    let all = file.receive(&mut body, max, limits.body_time);
    match tokio::time::timeout(limits.upload_time, all).await {
        Ok(Ok(received)) => Ok(received),
        Ok(Err(ReceiveError::TooLarge)) => Err(ProblemCode::BodyTooLarge.into()),
        Ok(Err(ReceiveError::Broken)) => Err(ProblemCode::MalformedRequest.into()),
        Ok(Err(ReceiveError::Disk(cause))) => Err(ApiError::disk(cause)),
        Ok(Err(ReceiveError::Slow)) | Err(_) => Err(ProblemCode::RequestTimeout.into()),
    }
}

pub(crate) fn read_name(headers: &HeaderMap) -> Result<String, ApiError> {
    let given = headers
        .get(NAME)
        .ok_or_else(|| refused("name", ViolationCode::Required))?;
    let decoded = percent_encoding::percent_decode(given.as_bytes())
        .decode_utf8()
        .map_err(|_| refused("name", ViolationCode::Syntax))?;
    if decoded.trim().is_empty() {
        return Err(refused("name", ViolationCode::Required));
    }
    Ok(name::harmless(&decoded))
}

/// The length that the sender says; 0 if it says none.
pub(super) fn announced(headers: &HeaderMap) -> u64 {
    headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .unwrap_or_default()
}

fn refused(field: &str, code: ViolationCode) -> ApiError {
    ApiError::new(ProblemCode::InvalidFields).violations(vec![violation(field, code)])
}
