//! Feedback on translations. It belongs to no shop and no user, and no question about those finds it.

mod remove;

pub use remove::{Removal, Removed};

use super::files::{Room, UNUSED_S};
use super::idempotency::{Bound, Fingerprint};
use super::{Store, StoreError, codes};
use crate::clock::Timestamp;
use crate::feedback::{Feedback, Kept, Summary, reference};
use crate::store::sql::{Executor, Row, Transaction, query};
use partner_rules::wire::{Attachment, FeedbackReceipt};

/// What a row takes besides its texts: the key, the fingerprint, the indexes. Counted too, or feedback of a
/// few letters would be without a bound.
const ROW_BYTES: u64 = 1024;

/// Feedback that is about to be stored; its files are on disk.
#[derive(Clone, Debug)]
pub struct NewFeedback<'a> {
    pub feedback: &'a Feedback,
    pub screenshots: &'a [Attachment],
    pub created_at: Timestamp,
    pub key: &'a str,
    pub fingerprint: &'a Fingerprint,
}

/// What became of it.
#[derive(Debug)]
pub enum Filed {
    /// Stored just now: the answer's body.
    New(String),
    /// The key stood for something already.
    Bound(Bound),
    /// There is no room for so much more today.
    Full(Timestamp),
}

/// What a key stands for.
#[derive(Clone, Debug)]
pub struct KnownKey {
    fingerprint: Vec<u8>,
    answer: String,
}

/// What was stored within the last 24 hours.
#[derive(Clone, Copy, Debug)]
pub struct Day {
    bytes: u64,
    oldest: Option<Timestamp>,
    now: Timestamp,
}

impl KnownKey {
    /// Whether it stands for this request.
    pub fn against(self, fingerprint: Option<&Fingerprint>) -> Bound {
        if fingerprint.is_some_and(|fingerprint| self.fingerprint == fingerprint) {
            Bound::Same(self.answer)
        } else {
            Bound::Other
        }
    }
}

impl Day {
    /// Whether there is room for so many bytes of texts and files more.
    pub fn room(self, more: u64, quota: u64) -> Room {
        let total = self.bytes.saturating_add(more).saturating_add(ROW_BYTES);
        if total <= quota {
            return Room::Free;
        }
        Room::Until(self.oldest.unwrap_or(self.now).plus_seconds(UNUSED_S))
    }
}

impl NewFeedback<'_> {
    fn bytes(&self) -> u64 {
        let files = self.screenshots.iter().map(|file| u64::from(file.size));
        files.fold(self.feedback.bytes(), u64::saturating_add)
    }
}

impl Store {
    /// What the key stands for, if for anything.
    pub async fn feedback_key(&self, key: &str) -> Result<Option<KnownKey>, StoreError> {
        find(&self.readers, key).await
    }

    /// What was stored of feedback lately.
    pub async fn feedback_day(&self, now: Timestamp) -> Result<Day, StoreError> {
        day(&self.readers, now).await
    }

    /// Stores feedback with its files' rows and its key in one transaction, if there is room under `quota`
    /// (bytes in 24 hours).
    pub async fn file_feedback(
        &self,
        new: &NewFeedback<'_>,
        quota: u64,
    ) -> Result<Filed, StoreError> {
        let mut transaction = self.write().await?;
        if let Some(known) = find(&mut transaction, new.key).await? {
            return Ok(Filed::Bound(known.against(Some(new.fingerprint))));
        }
        let day = day(&mut transaction, new.created_at).await?;
        if let Room::Until(free) = day.room(new.bytes(), quota) {
            return Ok(Filed::Full(free));
        }
        let id = insert(&mut transaction, new).await?;
        transaction.commit().await?;
        Ok(Filed::New(answer(id, new.created_at)?))
    }

    /// A page of the list, newest first: what comes before the one with this number.
    pub async fn feedback_before(&self, id: i64, limit: u32) -> Result<Vec<Summary>, StoreError> {
        let rows = query(
            "SELECT id, created_at, lang, version, name, email, subject,
             (SELECT count(*) FROM feedback_files WHERE feedback_id = feedback.id) AS screenshots
             FROM feedback WHERE id < ? ORDER BY id DESC LIMIT ?",
        )
        .bind(id)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Summary {
                    id: row.try_get("id")?,
                    created_at: Timestamp::from_millis(row.try_get("created_at")?),
                    lang: row.try_get("lang")?,
                    version: row.try_get("version")?,
                    name: row.try_get("name")?,
                    email: row.try_get("email")?,
                    subject: row.try_get("subject")?,
                    screenshots: row.try_get("screenshots")?,
                })
            })
            .collect()
    }

    /// One, with its screenshots in order.
    pub async fn feedback(&self, id: i64) -> Result<Option<Kept>, StoreError> {
        let row = query("SELECT * FROM feedback WHERE id = ?")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let files = query("SELECT * FROM feedback_files WHERE feedback_id = ? ORDER BY position")
            .bind(id)
            .fetch_all(&self.readers)
            .await?;
        Ok(Some(Kept {
            id,
            created_at: Timestamp::from_millis(row.try_get("created_at")?),
            feedback: read(&row)?,
            screenshots: files
                .iter()
                .map(super::files::read)
                .collect::<Result<_, _>>()?,
        }))
    }

    pub async fn count_feedback(&self) -> Result<i64, StoreError> {
        Ok(query("SELECT count(*) AS n FROM feedback")
            .fetch_one(&self.readers)
            .await?
            .try_get("n")?)
    }
}

fn answer(id: i64, created_at: Timestamp) -> Result<String, StoreError> {
    codes::to_json(&FeedbackReceipt {
        reference: reference(id),
        created_at: created_at.rfc3339(),
    })
}

async fn find(
    executor: impl Into<Executor<'_>>,
    key: &str,
) -> Result<Option<KnownKey>, StoreError> {
    let row = query("SELECT id, created_at, fingerprint FROM feedback WHERE key = ?")
        .bind(key)
        .fetch_optional(executor)
        .await?;
    row.map(|row| {
        let created_at = Timestamp::from_millis(row.try_get("created_at")?);
        Ok(KnownKey {
            fingerprint: row.try_get("fingerprint")?,
            answer: answer(row.try_get("id")?, created_at)?,
        })
    })
    .transpose()
}

async fn day(executor: impl Into<Executor<'_>>, now: Timestamp) -> Result<Day, StoreError> {
    let row = query(
        "SELECT CAST(coalesce(sum(bytes), 0) AS BIGINT) AS bytes, min(created_at) AS oldest FROM feedback WHERE created_at > ?",
    )
    .bind(now.plus_seconds(-UNUSED_S).millis())
    .fetch_one(executor)
    .await?;
    let bytes: i64 = row.try_get("bytes")?;
    let oldest: Option<i64> = row.try_get("oldest")?;
    Ok(Day {
        bytes: u64::try_from(bytes).unwrap_or_default(),
        oldest: oldest.map(Timestamp::from_millis),
        now,
    })
}

async fn insert(transaction: &mut Transaction, new: &NewFeedback<'_>) -> Result<i64, StoreError> {
    let said = new.feedback;
    let bytes = new.bytes().saturating_add(ROW_BYTES);
    let row = query(
        "INSERT INTO feedback (created_at, name, email, subject, description, page_url, lang, version, bytes, key, fingerprint)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.created_at.millis())
    .bind(&said.name)
    .bind(&said.email)
    .bind(&said.subject)
    .bind(&said.description)
    .bind(&said.page_url)
    .bind(&said.lang)
    .bind(&said.version)
    .bind(i64::try_from(bytes).unwrap_or(i64::MAX))
    .bind(new.key)
    .bind(new.fingerprint.as_slice())
    .fetch_one(&mut *transaction)
    .await?;
    let id: i64 = row.try_get("id")?;
    for (file, position) in new.screenshots.iter().zip(0_i64..) {
        query(
            "INSERT INTO feedback_files (id, feedback_id, position, name, size, sha256, content_type)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&file.id)
        .bind(id)
        .bind(position)
        .bind(&file.name)
        .bind(file.size)
        .bind(&file.sha256)
        .bind(&file.content_type)
        .execute(&mut *transaction)
        .await?;
    }
    Ok(id)
}

fn read(row: &Row) -> Result<Feedback, StoreError> {
    Ok(Feedback {
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        subject: row.try_get("subject")?,
        description: row.try_get("description")?,
        page_url: row.try_get("page_url")?,
        lang: row.try_get("lang")?,
        version: row.try_get("version")?,
    })
}
