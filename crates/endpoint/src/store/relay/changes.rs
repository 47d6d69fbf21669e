//! What happened to a ticket here and is still to be told to the portal, in order. A row is written in the
//! transaction of what it tells; whoever holds the lease of the ticket tells it.

use super::Job;
use crate::clock::Timestamp;
use crate::store::sql::{Row, Transaction, query};
use crate::store::{Store, StoreError, codes, files};
use crate::ticket::Record;
use partner_rules::wire::{Attachment, Status, TicketChange};

/// As many as a lease is long enough for; the others wait for the next.
const AT_A_TIME: u32 = 20;

/// Something to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub id: i64,
    /// When it last left without a known outcome.
    pub begun_at: Option<Timestamp>,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// An agent has set "Customer Primary Email Address", and perhaps service and organisation ID.
    Fields,
    /// Flag or severity have changed here.
    Verdict,
    Status(Status),
    Reply(Words),
}

/// What somebody wrote that both sides may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub message_id: i64,
    /// As partners know it.
    pub public_id: String,
    pub author: String,
    pub text: String,
    pub attachments: Vec<Attachment>,
}

/// Leaves a row of what has just happened to a ticket, if it is handed on.
pub(in crate::store) async fn note(
    transaction: &mut Transaction,
    ticket_id: i64,
    ticket: &Record,
) -> Result<(), StoreError> {
    let (kind, status) = match ticket.last.change {
        TicketChange::Filed => return Ok(()),
        TicketChange::Replied => ("reply", None),
        TicketChange::Closed
        | TicketChange::Reopened
        | TicketChange::Held
        | TicketChange::Resumed => ("status", Some(codes::text(&ticket.status)?)),
        TicketChange::Completed => ("fields", None),
        TicketChange::Verified | TicketChange::Reclassified | TicketChange::Raised => {
            ("verdict", None)
        }
    };
    // What agents say among themselves is no change that comes here; the question is the same all the same.
    let written = query(
        "INSERT INTO relay_changes (ticket_id, kind, status, message_id)
         SELECT relay.ticket_id, ?2, ?3, said.id FROM relay
         LEFT JOIN (SELECT max(id) AS id FROM messages WHERE ticket_id = ?1 AND at = ?4 AND internal = 0
            AND NOT EXISTS (SELECT 1 FROM relay_changes WHERE message_id = messages.id)) AS said ON ?2 = 'reply'
         WHERE relay.ticket_id = ?1 AND (?2 <> 'reply' OR said.id IS NOT NULL)",
    )
    .bind(ticket_id)
    .bind(kind)
    .bind(status)
    .bind(ticket.updated_at.millis())
    .execute(&mut *transaction)
    .await?;
    if written > 0 {
        query("UPDATE relay SET state = 'waiting', next_at = ?1 WHERE ticket_id = ?2 AND state = 'done'")
            .bind(ticket.updated_at.millis())
            .bind(ticket_id)
            .execute(&mut *transaction)
            .await?;
    }
    Ok(())
}

/// The next ones of a ticket.
pub(super) async fn open(
    transaction: &mut Transaction,
    ticket_id: i64,
) -> Result<Vec<Change>, StoreError> {
    let rows = query(
        "SELECT relay_changes.id, kind, status, begun_at, message_id, public_id, author_name, text
         FROM relay_changes LEFT JOIN messages ON messages.id = message_id
         WHERE relay_changes.ticket_id = ?1 AND done_at IS NULL ORDER BY relay_changes.id LIMIT ?2",
    )
    .bind(ticket_id)
    .bind(AT_A_TIME)
    .fetch_all(&mut *transaction)
    .await?;
    let mut changes = Vec::new();
    for row in &rows {
        changes.push(read(transaction, row).await?);
    }
    Ok(changes)
}

async fn read(transaction: &mut Transaction, row: &Row) -> Result<Change, StoreError> {
    let kind: String = row.try_get("kind")?;
    let what = match kind.as_str() {
        "fields" => What::Fields,
        "verdict" => What::Verdict,
        "status" => What::Status(codes::parse(row.try_get("status")?)?),
        "reply" => {
            let message_id = row.try_get("message_id")?;
            What::Reply(Words {
                message_id,
                public_id: row.try_get("public_id")?,
                author: row.try_get("author_name")?,
                text: row.try_get("text")?,
                attachments: files::of_message(transaction, message_id).await?,
            })
        }
        other => return Err(StoreError::Damaged(format!("a change of kind {other}"))),
    };
    let begun_at: Option<i64> = row.try_get("begun_at")?;
    Ok(Change {
        id: row.try_get("id")?,
        begun_at: begun_at.map(Timestamp::from_millis),
        what,
    })
}

impl Store {
    /// Puts on record that a change is about to leave, and lengthens the lease; whether it was still held. Without
    /// this nothing may leave.
    pub async fn begin_change(
        &self,
        job: &Job,
        change: i64,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let held = query(
            "UPDATE relay SET next_at = ?1
             WHERE ticket_id = ?2 AND lease = ?3 AND state = 'leased' AND next_at > ?4",
        )
        .bind(until.millis())
        .bind(job.ticket_id)
        .bind(job.lease)
        .bind(now.millis())
        .execute(&mut transaction)
        .await?;
        if held != 1 {
            return Ok(false);
        }
        mark(&mut transaction, change, Some(now)).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// It has left and was answered by "no": whether an earlier attempt arrived is as open as before.
    pub async fn undo_change(&self, job: &Job, change: &Change) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        if !holds(&mut transaction, job).await? {
            return Ok(false);
        }
        mark(&mut transaction, change.id, change.begun_at).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// The portal has been told, by what it calls so if it is something to read.
    pub async fn change_done(
        &self,
        job: &Job,
        change: &Change,
        upstream_id: Option<&str>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        if !holds(&mut transaction, job).await? {
            return Ok(false);
        }
        query("UPDATE relay_changes SET done_at = ?1, begun_at = NULL WHERE id = ?2")
            .bind(now.millis())
            .bind(change.id)
            .execute(&mut transaction)
            .await?;
        query("UPDATE relay SET attempts = 0 WHERE ticket_id = ?1")
            .bind(job.ticket_id)
            .execute(&mut transaction)
            .await?;
        if let (What::Reply(words), Some(upstream_id)) = (&change.what, upstream_id) {
            know(
                &mut transaction,
                job.ticket_id,
                upstream_id,
                Some(words.message_id),
            )
            .await?;
        }
        transaction.commit().await?;
        Ok(true)
    }
}

async fn mark(
    transaction: &mut Transaction,
    change: i64,
    begun_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    query("UPDATE relay_changes SET begun_at = ?1 WHERE id = ?2 AND done_at IS NULL")
        .bind(begun_at.map(Timestamp::millis))
        .bind(change)
        .execute(&mut *transaction)
        .await?;
    Ok(())
}

/// Whether the lease is still this worker's.
pub(super) async fn holds(transaction: &mut Transaction, job: &Job) -> Result<bool, StoreError> {
    let row = query("SELECT 1 FROM relay WHERE ticket_id = ?1 AND lease = ?2 AND state = 'leased'")
        .bind(job.ticket_id)
        .bind(job.lease)
        .fetch_optional(&mut *transaction)
        .await?;
    Ok(row.is_some())
}

/// Remembers something of the portal's conversation; whether it was new.
pub(super) async fn know(
    transaction: &mut Transaction,
    ticket_id: i64,
    upstream_id: &str,
    message_id: Option<i64>,
) -> Result<bool, StoreError> {
    let written = query(
        "INSERT INTO relay_entries (ticket_id, upstream_id, message_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )
    .bind(ticket_id)
    .bind(upstream_id)
    .bind(message_id)
    .execute(&mut *transaction)
    .await?;
    Ok(written == 1)
}
