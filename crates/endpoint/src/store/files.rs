//! Uploads and attachments. Every question names the shop, and the user or what a user may see.

use super::tickets::Sight;
use super::{Store, StoreError};
use crate::clock::Timestamp;
use crate::rates::Identity;
use crate::store::sql::{Executor, Row, Transaction, query};
use partner_rules::wire::Attachment;
use std::collections::BTreeMap;

/// An upload that no ticket takes is kept for so long; a user's quota is counted over the same time.
pub const UNUSED_S: i64 = 24 * 60 * 60;

#[derive(Clone, Debug)]
pub struct NewUpload<'a> {
    pub id: &'a str,
    pub whose: Identity<'a>,
    pub name: &'a str,
    pub size: u32,
    /// In hexadecimal.
    pub sha256: &'a str,
    pub content_type: &'a str,
    pub created_at: Timestamp,
}

/// What one user may upload in a day.
#[derive(Clone, Copy, Debug)]
pub struct Quota {
    pub files: u32,
    pub bytes: u64,
}

/// Whether there is room for one more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    Free,
    /// Until the oldest upload no longer counts.
    Until(Timestamp),
}

impl Store {
    /// Whether this user may upload so many bytes more.
    pub async fn room(
        &self,
        whose: Identity<'_>,
        bytes: u64,
        quota: Quota,
        now: Timestamp,
    ) -> Result<Room, StoreError> {
        room(&self.readers, whose, bytes, quota, now).await
    }

    /// Records a file that is on disk, if there is still room.
    pub async fn add_upload(
        &self,
        upload: &NewUpload<'_>,
        quota: Quota,
    ) -> Result<Room, StoreError> {
        let (whose, now) = (upload.whose, upload.created_at);
        let mut transaction = self.write().await?;
        let room = room(&mut transaction, whose, u64::from(upload.size), quota, now).await?;
        if room != Room::Free {
            return Ok(room);
        }
        query(
            "INSERT INTO files (id, shop_id, sub, name, size, sha256, content_type, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(upload.id)
        .bind(whose.shop_id)
        .bind(whose.sub)
        .bind(upload.name)
        .bind(upload.size)
        .bind(upload.sha256)
        .bind(upload.content_type)
        .bind(now.millis())
        .execute(&mut transaction)
        .await?;
        transaction.commit().await?;
        Ok(Room::Free)
    }

    /// The hashes of this user's files in the order of the ids; `None` if one is unknown. Those of
    /// tickets count too: a request that is repeated names them again.
    pub async fn hashes(
        &self,
        whose: Identity<'_>,
        ids: &[String],
    ) -> Result<Option<Vec<String>>, StoreError> {
        if ids.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let rows = query(
            "SELECT sha256 FROM json_each(?) AS asked JOIN files ON files.id = asked.value
             WHERE shop_id = ? AND sub = ? ORDER BY asked.key",
        )
        .bind(super::codes::list(ids)?)
        .bind(whose.shop_id)
        .bind(whose.sub)
        .fetch_all(&self.readers)
        .await?;
        if rows.len() != ids.len() {
            return Ok(None);
        }
        rows.iter().map(|row| Ok(row.try_get("sha256")?)).collect()
    }

    /// One attachment of a ticket that the user may see, or of a message on it.
    pub async fn attachment(
        &self,
        sight: &Sight,
        reference: &str,
        id: &str,
    ) -> Result<Option<Attachment>, StoreError> {
        let row = query(
            "SELECT files.* FROM files JOIN tickets ON tickets.id = files.ticket_id
             LEFT JOIN messages ON messages.id = files.message_id
             WHERE files.id = ? AND reference = ? AND tickets.shop_id = ? AND (? IS NULL OR created_by = ?)
             AND coalesce(internal, 0) = 0",
        )
        .bind(id)
        .bind(reference)
        .bind(&sight.shop_id)
        .bind(&sight.created_by)
        .bind(&sight.created_by)
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(read).transpose()
    }

    /// Removes the rows of uploads that no ticket took in time; their files are the caller's to remove.
    pub async fn forget_unused_uploads(&self, now: Timestamp) -> Result<Vec<String>, StoreError> {
        let rows =
            query("DELETE FROM files WHERE ticket_id IS NULL AND created_at <= ? RETURNING id")
                .bind(now.plus_seconds(-UNUSED_S).millis())
                .fetch_all(&self.writer)
                .await?;
        rows.iter().map(|row| Ok(row.try_get("id")?)).collect()
    }

    /// Those of the names that no row has.
    pub async fn without_row(&self, names: &[&str]) -> Result<Vec<String>, StoreError> {
        without_row(&self.readers, names, true).await
    }
}

/// Those of the names that no row has; `feedback`: whether the database is new enough to have feedback.
pub(super) async fn without_row(
    executor: impl Into<Executor<'_>>,
    names: &[&str],
    feedback: bool,
) -> Result<Vec<String>, StoreError> {
    let sql = if feedback {
        "SELECT value FROM json_each(?) AS asked WHERE value NOT IN (SELECT id FROM files)
         AND value NOT IN (SELECT id FROM feedback_files)"
    } else {
        "SELECT value FROM json_each(?) AS asked WHERE value NOT IN (SELECT id FROM files)"
    };
    let rows = query(sql)
        .bind(super::codes::list(names)?)
        .fetch_all(executor)
        .await?;
    rows.iter().map(|row| Ok(row.try_get("value")?)).collect()
}

/// What was attached when the ticket was filed.
pub(super) async fn of_ticket(
    executor: impl Into<Executor<'_>>,
    ticket_id: i64,
) -> Result<Vec<Attachment>, StoreError> {
    let rows =
        query("SELECT * FROM files WHERE ticket_id = ? AND message_id IS NULL ORDER BY position")
            .bind(ticket_id)
            .fetch_all(executor)
            .await?;
    rows.iter().map(read).collect()
}

/// What was attached to one message.
pub(super) async fn of_message(
    executor: impl Into<Executor<'_>>,
    message_id: i64,
) -> Result<Vec<Attachment>, StoreError> {
    let rows = query("SELECT * FROM files WHERE message_id = ? ORDER BY position")
        .bind(message_id)
        .fetch_all(executor)
        .await?;
    rows.iter().map(read).collect()
}

/// What was attached to messages, by message.
pub(super) async fn of_messages(
    executor: impl Into<Executor<'_>>,
    ticket_id: i64,
) -> Result<BTreeMap<i64, Vec<Attachment>>, StoreError> {
    let rows = query(
        "SELECT * FROM files WHERE ticket_id = ? AND message_id IS NOT NULL ORDER BY position",
    )
    .bind(ticket_id)
    .fetch_all(executor)
    .await?;
    let mut attachments: BTreeMap<i64, Vec<Attachment>> = BTreeMap::new();
    for row in &rows {
        let of_message = attachments.entry(row.try_get("message_id")?).or_default();
        of_message.push(read(row)?);
    }
    Ok(attachments)
}

/// Where uploads go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) ticket_id: i64,
    /// `None`: to the ticket itself.
    pub(super) message_id: Option<i64>,
}

/// Gives uploads of this user, unused and young enough, to a ticket or a message; whether all of them were.
pub(super) async fn take(
    transaction: &mut Transaction,
    place: Place,
    whose: Identity<'_>,
    ids: &[String],
    now: Timestamp,
) -> Result<bool, StoreError> {
    for (id, position) in ids.iter().zip(0_i64..) {
        let done = query(
            "UPDATE files SET ticket_id = ?, message_id = ?, position = ?
             WHERE id = ? AND shop_id = ? AND sub = ? AND ticket_id IS NULL AND created_at > ?",
        )
        .bind(place.ticket_id)
        .bind(place.message_id)
        .bind(position)
        .bind(id)
        .bind(whose.shop_id)
        .bind(whose.sub)
        .bind(now.plus_seconds(-UNUSED_S).millis())
        .execute(&mut *transaction)
        .await?;
        if done != 1 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes the row of a file that is on disk and belongs to a ticket or a message from the start.
pub(super) async fn attach(
    transaction: &mut Transaction,
    place: Place,
    file: &NewUpload<'_>,
    position: i64,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO files (id, shop_id, sub, name, size, sha256, content_type, created_at, ticket_id, message_id, position)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(file.id)
    .bind(file.whose.shop_id)
    .bind(file.whose.sub)
    .bind(file.name)
    .bind(file.size)
    .bind(file.sha256)
    .bind(file.content_type)
    .bind(file.created_at.millis())
    .bind(place.ticket_id)
    .bind(place.message_id)
    .bind(position)
    .execute(&mut *transaction)
    .await?;
    Ok(())
}

async fn room(
    executor: impl Into<Executor<'_>>,
    whose: Identity<'_>,
    bytes: u64,
    quota: Quota,
    now: Timestamp,
) -> Result<Room, StoreError> {
    let row = query(
        "SELECT count(*) AS files, CAST(coalesce(sum(size), 0) AS BIGINT) AS bytes, coalesce(min(created_at), 0) AS oldest
         FROM files WHERE shop_id = ? AND sub = ? AND created_at > ?",
    )
    .bind(whose.shop_id)
    .bind(whose.sub)
    .bind(now.plus_seconds(-UNUSED_S).millis())
    .fetch_one(executor)
    .await?;
    let files: u32 = row.try_get("files")?;
    let used: i64 = row.try_get("bytes")?;
    let total = u64::try_from(used)
        .unwrap_or_default()
        .saturating_add(bytes);
    if files < quota.files && total <= quota.bytes {
        return Ok(Room::Free);
    }
    let oldest = match files {
        0 => now,
        _ => Timestamp::from_millis(row.try_get("oldest")?),
    };
    Ok(Room::Until(oldest.plus_seconds(UNUSED_S)))
}

pub(super) fn read(row: &Row) -> Result<Attachment, StoreError> {
    Ok(Attachment {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        size: row.try_get("size")?,
        sha256: row.try_get("sha256")?,
        content_type: row.try_get("content_type")?,
    })
}
