//! What happened to a ticket at the portal, here: each once, by whoever holds the lease, in one transaction with what
//! partners are told of it. What comes from there is not told there again.

use super::Job;
use super::changes::{holds, know};
use crate::casework::{NewWords, Step};
use crate::clock::Timestamp;
use crate::store::casework::{audit, write};
use crate::store::conversation::messages;
use crate::store::sql::{Transaction, query};
use crate::store::tickets::{self, history};
use crate::store::{Store, StoreError};
use crate::ticket::Record;
use partner_rules::wire::{Author, AuthorKind, Status, TicketChange};
use std::collections::BTreeSet;

/// Something that an agent of the portal said to the partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Told by nobody before, made by chance.
    pub id: String,
    pub author: String,
    pub text: String,
    /// When it was said, if the portal says so.
    pub at: Option<Timestamp>,
}

impl Store {
    /// What of the portal's conversation is known already.
    pub async fn relay_known(&self, job: &Job) -> Result<BTreeSet<String>, StoreError> {
        let rows = query("SELECT upstream_id FROM relay_entries WHERE ticket_id = ?1")
            .bind(job.ticket_id)
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| Ok(row.try_get("upstream_id")?))
            .collect()
    }

    /// What was last read of flag and severity.
    pub async fn relay_read(
        &self,
        job: &Job,
    ) -> Result<(Option<bool>, Option<String>), StoreError> {
        let row = query("SELECT upstream_flag, upstream_severity FROM relay WHERE ticket_id = ?1")
            .bind(job.ticket_id)
            .fetch_one(&self.readers)
            .await?;
        Ok((
            row.try_get("upstream_flag")?,
            row.try_get("upstream_severity")?,
        ))
    }

    /// Brings something of the portal's conversation here, or remembers that it is nothing for partners. Whether the
    /// lease was still held.
    pub async fn relay_hear(
        &self,
        job: &Job,
        upstream_id: &str,
        heard: Option<&Heard>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        if !holds(&mut transaction, job).await? {
            return Ok(false);
        }
        let new = know(&mut transaction, job.ticket_id, upstream_id, None).await?;
        if let (true, Some(heard)) = (new, heard) {
            hear(&mut transaction, job.ticket_id, upstream_id, heard, now).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Follows a status that has changed at the portal since it was last read, unless somebody here has changed it
    /// meanwhile. `said`: in the portal's words. Whether the lease was still held.
    pub async fn relay_follow(
        &self,
        job: &Job,
        said: &str,
        status: Status,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        if !holds(&mut transaction, job).await? {
            return Ok(false);
        }
        let row = query(
            "SELECT coalesce(upstream_status, 'Open') AS before, CASE WHEN EXISTS (SELECT 1 FROM relay_changes
                WHERE relay_changes.ticket_id = relay.ticket_id AND kind = 'status' AND relay_changes.done_at IS NULL)
                THEN 1 ELSE 0 END AS ours FROM relay WHERE ticket_id = ?1",
        )
        .bind(job.ticket_id)
        .fetch_one(&mut transaction)
        .await?;
        let (before, ours): (String, bool) = (row.try_get("before")?, row.try_get("ours")?);
        let ticket = ticket(&mut transaction, job.ticket_id).await?;
        if before != said && !ours && ticket.status != status {
            follow(&mut transaction, job.ticket_id, ticket, status, now).await?;
        }
        query("UPDATE relay SET upstream_status = ?1 WHERE ticket_id = ?2")
            .bind(said)
            .bind(job.ticket_id)
            .execute(&mut transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Writes what `decide` makes of a ticket, step by step. Whether the lease was still held.
    pub(crate) async fn relay_judge(
        &self,
        job: &Job,
        decide: impl Fn(&Record) -> Option<Step>,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        if !holds(&mut transaction, job).await? {
            return Ok(false);
        }
        let before = newest(&mut transaction, job.ticket_id).await?;
        while let Some(step) = decide(&ticket(&mut transaction, job.ticket_id).await?) {
            write(&mut transaction, job.ticket_id, &step, None).await?;
            for line in &step.audit {
                let at = step.ticket.updated_at;
                audit::note(&mut transaction, job.ticket_id, at, None, line).await?;
            }
        }
        forget_echo(&mut transaction, job.ticket_id, before).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// The first thing that an agent says is the first response, from when it was said.
async fn hear(
    transaction: &mut Transaction,
    ticket_id: i64,
    upstream_id: &str,
    heard: &Heard,
    now: Timestamp,
) -> Result<(), StoreError> {
    let before = newest(transaction, ticket_id).await?;
    let ticket = ticket(transaction, ticket_id).await?;
    let mut ticket = ticket.changed(now, TicketChange::Replied, AuthorKind::Agent);
    let said = heard.at.unwrap_or(now).min(now).max(ticket.created_at);
    ticket.work.first_response_at.get_or_insert(said);
    let author = Author {
        kind: AuthorKind::Agent,
        name: heard.author.clone(),
        // Partners are not told it, and nobody here needs it.
        email: Some(String::new()),
    };
    let words = NewWords {
        text: heard.text.clone(),
        uploads: Vec::new(),
        internal: false,
        status_note: false,
    };
    let at = ticket.updated_at;
    let row =
        messages::insert_words(transaction, ticket_id, &heard.id, &author, &words, at).await?;
    query("UPDATE relay_entries SET message_id = ?1 WHERE ticket_id = ?2 AND upstream_id = ?3")
        .bind(row)
        .bind(ticket_id)
        .bind(upstream_id)
        .execute(&mut *transaction)
        .await?;
    tickets::touch(transaction, ticket_id, &ticket, None).await?;
    forget_echo(transaction, ticket_id, before).await
}

async fn follow(
    transaction: &mut Transaction,
    ticket_id: i64,
    ticket: Record,
    status: Status,
    now: Timestamp,
) -> Result<(), StoreError> {
    let before = newest(transaction, ticket_id).await?;
    let change = match (ticket.status, status) {
        (_, Status::Closed) => TicketChange::Closed,
        (_, Status::OnHold) => TicketChange::Held,
        (Status::Closed, Status::Open) => TicketChange::Reopened,
        (Status::Open | Status::OnHold, Status::Open) => TicketChange::Resumed,
    };
    let mut ticket = ticket.changed(now, change, AuthorKind::Agent);
    ticket.status = status;
    ticket.work.resolved_at = match status {
        Status::Closed => ticket.work.resolved_at.or(Some(ticket.updated_at)),
        Status::Open | Status::OnHold => None,
    };
    let entry = history::Entry {
        at: ticket.updated_at,
        change,
        // The portal does not say who.
        by: None,
        reason: None,
    };
    history::note(transaction, ticket_id, &ticket, &entry).await?;
    tickets::touch(transaction, ticket_id, &ticket, None).await?;
    forget_echo(transaction, ticket_id, before).await
}

async fn ticket(transaction: &mut Transaction, ticket_id: i64) -> Result<Record, StoreError> {
    let found = tickets::by_id(&mut *transaction, ticket_id).await?;
    found.ok_or_else(|| StoreError::Damaged("relayed: no ticket".to_owned()))
}

/// The last change of the ticket that is noted.
async fn newest(transaction: &mut Transaction, ticket_id: i64) -> Result<i64, StoreError> {
    let row = query("SELECT coalesce(max(id), 0) AS id FROM relay_changes WHERE ticket_id = ?1")
        .bind(ticket_id)
        .fetch_one(&mut *transaction)
        .await?;
    Ok(row.try_get("id")?)
}

/// Takes back what this transaction has left to tell the portal: it comes from there.
async fn forget_echo(
    transaction: &mut Transaction,
    ticket_id: i64,
    before: i64,
) -> Result<(), StoreError> {
    query("DELETE FROM relay_changes WHERE ticket_id = ?1 AND id > ?2")
        .bind(ticket_id)
        .bind(before)
        .execute(&mut *transaction)
        .await?;
    Ok(())
}
