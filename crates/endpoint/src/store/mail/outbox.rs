//! Notices to those who filed, until they are sent. A notice is written in the transaction of what it tells, by
//! whichever program does it; what it says is written when it is sent.

use super::super::{Store, StoreError, codes, tickets};
use crate::clock::Timestamp;
use crate::config::Notices;
use crate::store::sql::{Transaction, query};
use crate::ticket::Record;
use partner_rules::wire::{AuthorKind, TicketChange};
use serde::{Deserialize, Serialize};

/// A notice that this program, and no other, sends until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub id: i64,
    pub lease: i64,
    pub ticket_id: i64,
    pub ticket: Record,
    pub change: TicketChange,
    /// What an agent wrote to the partner.
    pub message: Option<String>,
    /// Attempts that failed.
    pub attempts: u32,
    /// From the first attempt on.
    pub message_id: Option<String>,
    /// The last Message-ID of ours on this ticket before.
    pub thread: Option<String>,
}

/// What became of an attempt to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt<'a> {
    Sent,
    /// Tried again then.
    Later {
        at: Timestamp,
        problem: &'a str,
    },
    /// Given up.
    Failed {
        problem: &'a str,
    },
}

/// A notice that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    pub id: i64,
    pub created_at: Timestamp,
    pub reference: String,
    pub problem: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoticeState {
    Waiting,
    Sent,
    Failed,
}

impl NoticeState {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }
}

impl Store {
    /// For whose tickets notices are left from now on. `None`: for nobody's, and those that wait are given up:
    /// nobody wants to read in a year what was to be said today.
    pub async fn set_notices(&self, notices: Option<Notices>) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        query("DELETE FROM mail_notices")
            .execute(&mut transaction)
            .await?;
        match notices {
            Some(notices) => {
                query("INSERT INTO mail_notices (one, tickets) VALUES (1, ?)")
                    .bind(notices.code())
                    .execute(&mut transaction)
                    .await?;
            }
            None => {
                query(
                    "UPDATE mail_outbox SET state = 'failed', problem = 'switched_off' WHERE state = 'waiting'",
                )
                .execute(&mut transaction)
                .await?;
            }
        }
        Ok(transaction.commit().await?)
    }

    /// Whether a notice is due: read before [`claim_notice`](Self::claim_notice), which writes.
    pub async fn notice_is_due(&self, now: Timestamp) -> Result<bool, StoreError> {
        let row = query(
            "SELECT 1 FROM mail_outbox WHERE state = 'waiting' AND next_at <= ?1 AND leased_until <= ?1 LIMIT 1",
        )
        .bind(now.millis())
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.is_some())
    }

    /// Leases the oldest notice that is due. One that comes after another on its ticket waits while that is sent.
    pub async fn claim_notice(
        &self,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Notice>, StoreError> {
        let mut transaction = self.writer.claim().await?;
        let claimed = query(
            "UPDATE mail_outbox SET lease = lease + 1, leased_until = ?2 WHERE id = (
                SELECT id FROM mail_outbox AS due WHERE state = 'waiting' AND next_at <= ?1 AND leased_until <= ?1
                    AND NOT EXISTS (SELECT 1 FROM mail_outbox AS earlier WHERE earlier.ticket_id = due.ticket_id
                        AND earlier.id < due.id AND earlier.state = 'waiting' AND earlier.leased_until > ?1)
                ORDER BY id LIMIT 1 /* claim */)
             RETURNING id",
        )
        .bind(now.millis())
        .bind(until.millis())
        .fetch_optional(&mut transaction)
        .await?;
        let Some(claimed) = claimed else {
            return Ok(None);
        };
        let row = query(
            "SELECT mail_outbox.*, messages.text AS text,
                (SELECT message_id FROM mail_threads WHERE mail_threads.ticket_id = mail_outbox.ticket_id
                 AND mail_threads.message_id IS DISTINCT FROM mail_outbox.message_id ORDER BY at DESC LIMIT 1) AS thread
             FROM mail_outbox LEFT JOIN messages ON messages.id = message WHERE mail_outbox.id = ?",
        )
        .bind(claimed.try_get::<i64>("id")?)
        .fetch_one(&mut transaction)
        .await?;
        let ticket_id = row.try_get("ticket_id")?;
        let ticket = tickets::by_id(&mut transaction, ticket_id).await?;
        let notice = Notice {
            id: row.try_get("id")?,
            lease: row.try_get("lease")?,
            ticket_id,
            ticket: ticket
                .ok_or_else(|| StoreError::Damaged("a notice on no ticket".to_owned()))?,
            change: codes::parse(row.try_get("change")?)?,
            message: row.try_get("text")?,
            attempts: row.try_get("attempts")?,
            message_id: row.try_get("message_id")?,
            thread: row.try_get("thread")?,
        };
        transaction.commit().await?;
        Ok(Some(notice))
    }

    /// Gives a notice its Message-ID, before it is sent for the first time: who answers names it. Whether the lease
    /// was still held; otherwise nothing may be sent.
    pub async fn name_notice(
        &self,
        notice: &Notice,
        message_id: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let named = query("UPDATE mail_outbox SET message_id = ? WHERE id = ? AND lease = ?")
            .bind(message_id)
            .bind(notice.id)
            .bind(notice.lease)
            .execute(&mut transaction)
            .await?;
        if named == 0 {
            return Ok(false);
        }
        query("INSERT INTO mail_threads (message_id, ticket_id, at) VALUES (?, ?, ?)")
            .bind(message_id)
            .bind(notice.ticket_id)
            .bind(now.millis())
            .execute(&mut transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Writes down what became of an attempt, if its lease is still held, and ends that.
    pub async fn attempted(&self, notice: &Notice, attempt: Attempt<'_>) -> Result<(), StoreError> {
        let (state, next_at, problem) = match attempt {
            Attempt::Sent => (NoticeState::Sent, None, None),
            Attempt::Later { at, problem } => {
                (NoticeState::Waiting, Some(at.millis()), Some(problem))
            }
            Attempt::Failed { problem } => (NoticeState::Failed, None, Some(problem)),
        };
        query(
            "UPDATE mail_outbox SET state = ?, attempts = attempts + 1, next_at = coalesce(?, next_at), problem = ?,
                leased_until = 0
             WHERE id = ? AND lease = ? AND state = 'waiting'",
        )
        .bind(state.code())
        .bind(next_at)
        .bind(problem)
        .bind(notice.id)
        .bind(notice.lease)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Notices by what became of them.
    pub async fn notice_counts(&self) -> Result<Vec<(NoticeState, u64)>, StoreError> {
        let rows = query("SELECT state, count(*) AS n FROM mail_outbox GROUP BY state")
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                let n: i64 = row.try_get("n")?;
                Ok((
                    codes::parse(row.try_get("state")?)?,
                    u64::try_from(n).unwrap_or_default(),
                ))
            })
            .collect()
    }

    /// Notices that were given up, newest first.
    pub async fn undelivered(&self, limit: u32) -> Result<Vec<Undelivered>, StoreError> {
        let rows = query(
            "SELECT mail_outbox.id AS id, mail_outbox.created_at AS created_at, reference, problem
             FROM mail_outbox JOIN tickets ON tickets.id = ticket_id
             WHERE state = 'failed' ORDER BY mail_outbox.id DESC LIMIT ?",
        )
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Undelivered {
                    id: row.try_get("id")?,
                    created_at: Timestamp::from_millis(row.try_get("created_at")?),
                    reference: row.try_get("reference")?,
                    problem: row
                        .try_get::<Option<String>>("problem")?
                        .unwrap_or_default(),
                })
            })
            .collect()
    }
}

/// Leaves the notice that a mail has become a ticket.
pub(super) async fn filed(
    transaction: &mut Transaction,
    ticket_id: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO mail_outbox (ticket_id, created_at, change, next_at) SELECT ?, ?, 'filed', ? FROM mail_notices",
    )
    .bind(ticket_id)
    .bind(now.millis())
    .bind(now.millis())
    .execute(&mut *transaction)
    .await?;
    Ok(())
}

/// Leaves a notice of what an agent just did, with what they wrote to the partner just now, if they did. A
/// message has one notice; a reply without a message that partners may see has none.
pub(in crate::store) async fn note(
    transaction: &mut Transaction,
    ticket_id: i64,
    ticket: &Record,
) -> Result<(), StoreError> {
    if ticket.last.by != AuthorKind::Agent || ticket.last.change == TicketChange::Filed {
        return Ok(());
    }
    query(
        "INSERT INTO mail_outbox (ticket_id, created_at, change, message, next_at)
         SELECT ?1, ?2, ?3, said.id, ?2 FROM mail_notices JOIN tickets ON tickets.id = ?1
         LEFT JOIN (SELECT max(id) AS id FROM messages WHERE ticket_id = ?1 AND at = ?2 AND internal = 0
            AND author_kind = 'agent' AND NOT EXISTS (SELECT 1 FROM mail_outbox WHERE message = messages.id)) AS said ON 1 = 1
         WHERE (mail_notices.tickets = 'all' OR tickets.channel = 'email') AND (?3 <> 'replied' OR said.id IS NOT NULL)",
    )
    .bind(ticket_id)
    .bind(ticket.updated_at.millis())
    .bind(codes::text(&ticket.last.change)?)
    .execute(&mut *transaction)
    .await?;
    Ok(())
}
