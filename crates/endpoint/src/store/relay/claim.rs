//! Leases: who works on which ticket, and until when.

use super::changes::{self, Change};
use crate::clock::Timestamp;
use crate::store::sql::{Transaction, query};
use crate::store::{Store, StoreError, files, tickets};
use crate::ticket::Record;
use partner_rules::wire::Attachment;

/// A ticket that this worker, and no other, works on until its lease ends.
#[derive(Clone, Debug)]
pub struct Job {
    pub ticket_id: i64,
    pub lease: i64,
    /// Attempts that came to nothing so far.
    pub attempts: u32,
    /// When a creation left whose outcome is not known.
    pub begun_at: Option<Timestamp>,
    /// What it became, if it has been created.
    pub upstream_id: Option<String>,
    pub ticket: Record,
    /// What was attached when it was filed.
    pub attachments: Vec<Attachment>,
    /// What is still to be told about it, in order.
    pub changes: Vec<Change>,
}

impl Store {
    /// Whether a ticket is due: read before [`claim_relay`](Self::claim_relay), which writes.
    pub async fn relay_is_due(&self, now: Timestamp) -> Result<bool, StoreError> {
        let row = query(
            "SELECT 1 FROM relay_control WHERE dc IS NOT NULL AND paused = 0 AND slow_until <= ?1
             AND EXISTS (SELECT 1 FROM relay WHERE state IN ('waiting', 'leased', 'unknown') AND next_at <= ?1)",
        )
        .bind(now.millis())
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.is_some())
    }

    /// Leases the ticket that has been due for longest. `None`: none is due, or it is not the time. `most`: how many
    /// may be worked on at a time, by all programs together.
    pub async fn claim_relay(
        &self,
        now: Timestamp,
        until: Timestamp,
        most: u32,
    ) -> Result<Option<Job>, StoreError> {
        let mut transaction = self.writer.claim().await?;
        // Whoever leases waits here for whoever else does, so that what is under way is counted once.
        let turn = query(
            "UPDATE relay_control SET turns = turns + 1
             WHERE one = 1 AND dc IS NOT NULL AND paused = 0 AND slow_until <= ?1 RETURNING turns",
        )
        .bind(now.millis())
        .fetch_optional(&mut transaction)
        .await?;
        if turn.is_none() || under_way(&mut transaction, now).await? >= i64::from(most) {
            return Ok(None);
        }
        let row = query(
            "UPDATE relay SET state = 'leased', lease = lease + 1, next_at = ?1, look = 0 WHERE ticket_id = (
                SELECT ticket_id FROM relay WHERE state IN ('waiting', 'leased', 'unknown') AND next_at <= ?2
                ORDER BY next_at, ticket_id LIMIT 1 /* claim */)
             RETURNING ticket_id, lease, attempts, begun_at, upstream_id",
        )
        .bind(until.millis())
        .bind(now.millis())
        .fetch_optional(&mut transaction)
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let ticket_id = row.try_get("ticket_id")?;
        let attempts: i64 = row.try_get("attempts")?;
        let ticket = tickets::by_id(&mut transaction, ticket_id).await?;
        let begun_at: Option<i64> = row.try_get("begun_at")?;
        let job = Job {
            ticket_id,
            lease: row.try_get("lease")?,
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
            begun_at: begun_at.map(Timestamp::from_millis),
            upstream_id: row.try_get("upstream_id")?,
            ticket: ticket.ok_or_else(|| StoreError::Damaged("relayed: no ticket".to_owned()))?,
            attachments: files::of_ticket(&mut transaction, ticket_id).await?,
            changes: changes::open(&mut transaction, ticket_id).await?,
        };
        transaction.commit().await?;
        Ok(Some(job))
    }

    /// Lengthens a lease; whether it was still held.
    pub async fn renew_relay(&self, job: &Job, until: Timestamp) -> Result<bool, StoreError> {
        let done = query(
            "UPDATE relay SET next_at = ?1 WHERE ticket_id = ?2 AND lease = ?3 AND state = 'leased'",
        )
        .bind(until.millis())
        .bind(job.ticket_id)
        .bind(job.lease)
        .execute(&self.writer)
        .await?;
        Ok(done == 1)
    }

    /// Puts on record that a creation is about to leave, and lengthens the lease; whether it was still held. Without
    /// this nothing may leave.
    pub async fn begin_relay(
        &self,
        job: &Job,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = query(
            "UPDATE relay SET begun_at = ?1, next_at = ?2
             WHERE ticket_id = ?3 AND lease = ?4 AND state = 'leased' AND next_at > ?1",
        )
        .bind(now.millis())
        .bind(until.millis())
        .bind(job.ticket_id)
        .bind(job.lease)
        .execute(&self.writer)
        .await?;
        Ok(done == 1)
    }
}

async fn under_way(transaction: &mut Transaction, now: Timestamp) -> Result<i64, StoreError> {
    Ok(
        query("SELECT count(*) AS n FROM relay WHERE state = 'leased' AND next_at > ?1")
            .bind(now.millis())
            .fetch_one(transaction)
            .await?
            .try_get("n")?,
    )
}
