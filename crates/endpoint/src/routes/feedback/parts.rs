//! The parts of a feedback form as they arrive: texts into memory up to a bound, screenshots to disk.
//!
//! What is wrong with a value does not end the reading, so that a sender hears of everything at once, and the
//! answer arrives. What is wrong with the form itself does.

use super::form::{Form, SCREENSHOTS, Screenshot, TEXTS};
use super::pieces::Meter;
use crate::app::App;
use crate::files::{Arriving, NewFile, kind, name};
use crate::problem::{ApiError, ProblemCode};
use crate::random;
use crate::routes::uploads::must_have_room;
use crate::store::feedback::Day;
use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use partner_rules::ViolationCode;
use partner_rules::policy::Limits;
use std::sync::Arc;

/// Seven texts, five files, and whatever a form of somebody else's has besides. Then it is no form any more.
const PARTS_MAX: usize = 64;
/// The longest text that is taken is 32,000 characters of 4 bytes; blanks around it may be as long again.
const TEXT_MAX_BYTES: usize = 256 * 1024;
/// Of the names of unknown parts, in characters: they are repeated in the answer.
const NAME_SHOWN: usize = 100;

/// What reading needs to know.
pub(super) struct Intake<'a> {
    pub(super) app: &'a App,
    pub(super) meter: Arc<Meter>,
    /// What was stored of feedback today; `None` if nothing of this will be stored, since its key stands for
    /// something already.
    pub(super) day: Option<Day>,
}

/// Reads all parts. The files that it gives are on disk and not kept yet.
pub(super) async fn read(intake: &Intake<'_>, mut multipart: Multipart) -> Result<Form, ApiError> {
    let mut form = Form::default();
    for _ in 0..PARTS_MAX {
        let Some(field) = intake.within(multipart.next_field()).await? else {
            return Ok(form);
        };
        let part = Part { field, intake };
        let name = part.field.name().ok_or(ProblemCode::MalformedRequest)?;
        if let Some(known) = TEXTS.into_iter().find(|known| *known == name) {
            if form.texts.contains_key(known) {
                return Err(ProblemCode::MalformedRequest.into());
            }
            let text = part.text().await?;
            form.texts.insert(known, text);
        } else if name == SCREENSHOTS {
            part.screenshot(&mut form).await?;
        } else {
            let shown = name.chars().take(NAME_SHOWN).collect();
            form.unknown.insert(shown);
            part.pass().await?;
        }
    }
    Err(ProblemCode::MalformedRequest.into())
}

impl Intake<'_> {
    fn limits(&self) -> &Limits {
        self.app.config.policy.rules().limits()
    }

    /// Waits for the parser as long as for any piece of a body.
    async fn within<T>(
        &self,
        next: impl Future<Output = Result<T, MultipartError>>,
    ) -> Result<T, ApiError> {
        let patience = self.app.config.limits.body_time;
        let next = tokio::time::timeout(patience, next)
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

    /// Whether so many bytes of files still fit into today.
    fn must_fit(&self, bytes: u64) -> Result<(), ApiError> {
        let quota = self.app.config.limits.feedback_bytes_per_day;
        self.day.map_or(Ok(()), |day| {
            must_have_room(day.room(bytes, quota), self.app.clock.now())
        })
    }
}

struct Part<'a> {
    field: Field<'a>,
    intake: &'a Intake<'a>,
}

impl Part<'_> {
    async fn next(&mut self) -> Result<Option<Bytes>, ApiError> {
        self.intake.within(self.field.chunk()).await
    }

    async fn pass(mut self) -> Result<(), ApiError> {
        while self.next().await?.is_some() {}
        Ok(())
    }

    /// `None` if it is longer than any text that is taken.
    async fn text(mut self) -> Result<Option<String>, ApiError> {
        let mut bytes = Some(Vec::new());
        while let Some(piece) = self.next().await? {
            if let Some(kept) = &mut bytes {
                kept.extend_from_slice(&piece);
            }
            bytes = bytes.filter(|kept| kept.len() <= TEXT_MAX_BYTES);
        }
        let text = bytes.map(String::from_utf8).transpose();
        text.map_err(|_| ProblemCode::MalformedRequest.into())
    }

    async fn screenshot(mut self, form: &mut Form) -> Result<(), ApiError> {
        let given = self.field.file_name().unwrap_or_default().to_owned();
        let name = name::harmless(&given);
        let (count_max, bytes_max) = {
            let limits = self.intake.limits();
            (limits.files_max, limits.file_bytes_max)
        };
        let before = form.written;
        let fits = form.sent < count_max && kind::may_be_picture(&name);
        let mut arriving = Arriving::default();
        let mut size = 0;
        let mut sink = if fits && form.wrong.is_empty() && self.intake.day.is_some() {
            Sink::Wanted
        } else {
            Sink::Closed
        };
        while let Some(piece) = self.next().await? {
            size = arriving.look(&piece);
            if size > u64::from(bytes_max) {
                // What was written of it goes.
                sink = Sink::Closed;
            }
            if sink.is_open() && !piece.is_empty() {
                form.written = before.saturating_add(size);
                self.intake.must_fit(form.written)?;
                sink = sink.written(self.intake.app, &piece).await?;
            }
        }
        if given.is_empty() && size == 0 {
            // How a browser sends that no file was chosen.
            return Ok(());
        }
        form.sent = form.sent.saturating_add(1);
        if form.sent > count_max {
            form.refuse(ViolationCode::TooManyFiles, Some(count_max));
        }
        let received = arriving.whole();
        form.hashes.push(random::hex(&received.sha256));
        let kind = kind::judge(&name, &received.seen).filter(|kind| kind.is_picture());
        let Some(kind) = kind else {
            form.refuse(ViolationCode::FileType, None);
            return Ok(());
        };
        if size > u64::from(bytes_max) {
            form.refuse(ViolationCode::FileTooLarge, Some(bytes_max));
            return Ok(());
        }
        if let Sink::Open { id, mut file } = sink {
            file.flush().await.map_err(ApiError::disk)?;
            form.screenshots.push(Screenshot {
                id,
                name,
                size: received.size,
                sha256: random::hex(&received.sha256),
                content_type: kind.content_type,
                file,
            });
        }
        Ok(())
    }
}

/// Where the bytes of a screenshot go.
enum Sink {
    /// To a file, which is made for the first of them.
    Wanted,
    Open {
        id: String,
        file: NewFile,
    },
    /// Nowhere: they will not be kept.
    Closed,
}

impl Sink {
    const fn is_open(&self) -> bool {
        !matches!(self, Self::Closed)
    }

    async fn written(self, app: &App, piece: &[u8]) -> Result<Self, ApiError> {
        let (id, mut file) = match self {
            Self::Closed => return Ok(self),
            Self::Open { id, file } => (id, file),
            Self::Wanted => {
                let id = random::hex(&random::bytes::<16>().map_err(ApiError::internal)?);
                let file = app.files.begin(&id).await.map_err(ApiError::disk)?;
                (id, file)
            }
        };
        file.write(piece).await.map_err(ApiError::disk)?;
        Ok(Self::Open { id, file })
    }
}
