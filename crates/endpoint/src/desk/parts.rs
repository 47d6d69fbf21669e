//! A form with files, part by part: texts into memory up to a bound, files to disk. The secret of the session
//! comes first, so that nothing is kept of a form that is none of ours.

use super::fields::{Fields, SECRET, must_be_ours};
use super::visit::Visit;
use crate::app::App;
use crate::clock::Timestamp;
use crate::files::{Arriving, NewFile, kind, name};
use crate::layers::body::Stream;
use crate::problem::{ApiError, ProblemCode, violation};
use crate::random;
use crate::rates::Identity;
use crate::routes::feedback::pieces::{Meter, Pieces};
use crate::routes::uploads::must_have_room;
use crate::store::files::NewUpload;
use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, header};
use partner_rules::ViolationCode;
use partner_rules::wire::WireViolation;
use std::sync::Arc;

/// A form of ours has a dozen; then it is no form any more.
const PARTS_MAX: usize = 64;
/// A reply has 32,000 characters of at most 4 bytes.
const TEXT_MAX_BYTES: usize = 256 * 1024;
/// For everything in a form besides files.
const BESIDES: u64 = 1 << 20;

/// What a form had.
#[derive(Debug, Default)]
pub(super) struct Sent {
    /// With an `upload` for each file that was taken: its id and its name.
    pub(super) fields: Fields,
    pub(super) wrong: Vec<WireViolation>,
}

/// Reads the whole form. Files are uploads of `whose` then, as partners have them; of nobody: they are not kept.
pub(super) async fn read(
    app: &App,
    visit: &Visit,
    whose: Option<Identity<'_>>,
    headers: &HeaderMap,
    body: Stream,
) -> Result<Sent, ApiError> {
    let limits = app.config.policy.rules().limits();
    let max = u64::from(limits.files_max) * u64::from(limits.file_bytes_max) + BESIDES;
    let meter = Arc::<Meter>::default();
    let pieces = Pieces::new(body.lock_owned().await, Arc::clone(&meter), max);
    let mut request = Request::new(Body::new(pieces));
    if let Some(kind) = headers.get(header::CONTENT_TYPE) {
        let kind = kind.clone();
        request.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    let multipart = Multipart::from_request(request, &()).await;
    let multipart = multipart.map_err(|_| ProblemCode::UnsupportedMediaType)?;
    let intake = Intake {
        app,
        whose,
        meter,
        now: app.clock.now(),
    };
    let all = intake.all(visit, multipart);
    let sent = tokio::time::timeout(app.config.limits.upload_time, all).await;
    sent.map_err(|_| ProblemCode::RequestTimeout)?
}

struct Intake<'a> {
    app: &'a App,
    whose: Option<Identity<'a>>,
    meter: Arc<Meter>,
    now: Timestamp,
}

impl Intake<'_> {
    async fn all(&self, visit: &Visit, mut multipart: Multipart) -> Result<Sent, ApiError> {
        let mut sent = Sent::default();
        for _ in 0..PARTS_MAX {
            let Some(field) = self.within(multipart.next_field()).await? else {
                return Ok(sent);
            };
            let name = field
                .name()
                .ok_or(ProblemCode::MalformedRequest)?
                .to_owned();
            if name == SECRET {
                sent.fields.push(&name, &self.text(field).await?);
                must_be_ours(visit, &sent.fields)?;
                continue;
            }
            must_be_ours(visit, &sent.fields)?;
            if field.file_name().is_some() {
                self.file(field, &mut sent).await?;
            } else {
                let text = self.text(field).await?;
                sent.fields.push(&name, &text);
            }
        }
        Err(ProblemCode::MalformedRequest.into())
    }

    /// Waits for the parser as long as for any piece of a body.
    async fn within<T>(
        &self,
        next: impl Future<Output = Result<T, MultipartError>>,
    ) -> Result<T, ApiError> {
        let next = tokio::time::timeout(self.app.config.limits.body_time, next)
            .await
            .map_err(|_| ProblemCode::RequestTimeout)?;
        self.meter.went_on();
        next.map_err(|_| {
            if self.meter.was_too_large() {
                ProblemCode::BodyTooLarge.into()
            } else {
                ProblemCode::MalformedRequest.into()
            }
        })
    }

    async fn next(&self, field: &mut Field<'_>) -> Result<Option<Bytes>, ApiError> {
        self.within(field.chunk()).await
    }

    async fn text(&self, mut field: Field<'_>) -> Result<String, ApiError> {
        let mut bytes = Vec::new();
        while let Some(piece) = self.next(&mut field).await? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > TEXT_MAX_BYTES {
                return Err(ProblemCode::BodyTooLarge.into());
            }
        }
        String::from_utf8(bytes).map_err(|_| ProblemCode::MalformedRequest.into())
    }

    /// What is wrong with a file does not end the reading: the others are kept, and the sender hears of it.
    async fn file(&self, mut field: Field<'_>, sent: &mut Sent) -> Result<(), ApiError> {
        let given = field.file_name().unwrap_or_default().to_owned();
        let name = name::harmless(&given);
        let limits = self.app.config.policy.rules().limits();
        let before = sent.fields.all("upload").len();
        let fits = u32::try_from(before).is_ok_and(|count| count < limits.files_max);
        let id = random::hex(&random::bytes::<16>().map_err(ApiError::internal)?);
        let mut arriving = Arriving::default();
        let whose = self.whose;
        let wanted = whose.is_some() && fits && !given.is_empty() && kind::is_listed(&name);
        let mut file: Option<NewFile> = None;
        if wanted {
            file = Some(self.app.files.begin(&id).await.map_err(ApiError::disk)?);
        }
        let mut size = 0;
        while let Some(piece) = self.next(&mut field).await? {
            size = arriving.look(&piece);
            if size > u64::from(limits.file_bytes_max) {
                // What was written of it goes.
                file = None;
            }
            if let Some(file) = &mut file {
                file.write(&piece).await.map_err(ApiError::disk)?;
            }
        }
        if size == 0 && given.is_empty() {
            // How a browser sends that no file was chosen.
            return Ok(());
        }
        let received = arriving.whole();
        let kind = kind::judge(&name, &received.seen);
        let code = match (&file, &kind) {
            (_, _) if !fits => Some((ViolationCode::TooManyFiles, Some(limits.files_max))),
            (_, None) => Some((ViolationCode::FileType, None)),
            (None, Some(_)) => Some((ViolationCode::FileTooLarge, Some(limits.file_bytes_max))),
            (Some(_), Some(_)) => None,
        };
        if let Some((code, limit)) = code {
            sent.wrong.push(WireViolation {
                limit,
                ..violation("files", code)
            });
            return Ok(());
        }
        let (Some(mut file), Some(kind), Some(whose)) = (file, kind, whose) else {
            return Ok(());
        };
        file.flush().await.map_err(ApiError::disk)?;
        file.keep().await.map_err(ApiError::disk)?;
        let upload = NewUpload {
            id: &id,
            whose,
            name: &name,
            size: received.size,
            sha256: &random::hex(&received.sha256),
            content_type: kind.content_type,
            created_at: self.now,
        };
        let quota = self.app.config.limits.uploads;
        let room = self.app.store.add_upload(&upload, quota).await?;
        if let Err(full) = must_have_room(room, self.now) {
            self.app.files.remove(&id).await;
            return Err(full);
        }
        sent.fields.push("upload", &format!("{id}:{name}"));
        Ok(())
    }
}
