//! A ticket as agents see it: with notes, agents' addresses and the audit trail.

use super::super::conversation::messages;
use super::super::tickets::history;
use super::super::{Store, StoreError, files};
use super::{audit, find};
use crate::casework::audit::Entry;
use crate::casework::view::CaseMessage;
use crate::clock::Timestamp;
use crate::store::sql::{Row, Transaction, query};
use crate::ticket::Record;
use partner_rules::wire::{Attachment, HistoryEntry};

/// Everything that is kept about a ticket, as of one instant.
#[derive(Clone, Debug)]
pub struct WholeCase {
    pub ticket: Record,
    pub shop_name: String,
    /// Oldest first, notes among them.
    pub messages: Vec<CaseMessage>,
    pub history: Vec<HistoryEntry>,
    pub attachments: Vec<Attachment>,
    pub audit: Vec<Entry>,
    /// When agents were reminded of R11, at the lower and at the upper bound of the resolution.
    pub reminded_aim_at: Option<Timestamp>,
    pub reminded_due_at: Option<Timestamp>,
    /// From when the partner has to be told where it stands (R11).
    pub inform_at: Option<Timestamp>,
}

impl Store {
    pub async fn whole_case(&self, reference: &str) -> Result<Option<WholeCase>, StoreError> {
        let mut transaction = self.readers.begin().await?;
        let Some((ticket, id)) = find(&mut transaction, reference).await? else {
            return Ok(None);
        };
        let more = query(
            "SELECT reminded_aim_at, reminded_due_at, inform_at, shops.name AS shop_name
             FROM tickets JOIN shops ON shops.id = shop_id WHERE tickets.id = ?",
        )
        .bind(id)
        .fetch_one(&mut transaction)
        .await?;
        let whole = WholeCase {
            ticket,
            shop_name: more.try_get("shop_name")?,
            messages: messages_of(&mut transaction, id).await?,
            history: history::of_ticket(&mut transaction, id).await?,
            attachments: files::of_ticket(&mut transaction, id).await?,
            audit: audit::of_ticket(&mut transaction, id).await?,
            reminded_aim_at: instant(&more, "reminded_aim_at")?,
            reminded_due_at: instant(&more, "reminded_due_at")?,
            inform_at: instant(&more, "inform_at")?,
        };
        transaction.commit().await?;
        Ok(Some(whole))
    }

    /// One attachment of a ticket, of a message on it or of a note.
    pub async fn case_attachment(
        &self,
        reference: &str,
        id: &str,
    ) -> Result<Option<Attachment>, StoreError> {
        let row = query(
            "SELECT files.* FROM files JOIN tickets ON tickets.id = files.ticket_id
             WHERE files.id = ? AND reference = ?",
        )
        .bind(id)
        .bind(reference)
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(files::read).transpose()
    }
}

async fn messages_of(
    transaction: &mut Transaction,
    ticket_id: i64,
) -> Result<Vec<CaseMessage>, StoreError> {
    let rows = query("SELECT * FROM messages WHERE ticket_id = ? ORDER BY id")
        .bind(ticket_id)
        .fetch_all(&mut *transaction)
        .await?;
    let mut attachments = files::of_messages(&mut *transaction, ticket_id).await?;
    rows.iter()
        .map(|row| {
            let mut message = messages::read(row, &mut attachments)?;
            // Agents know each other.
            message.author.email = Some(row.try_get("author_email")?);
            Ok(CaseMessage {
                message,
                internal: row.try_get("internal")?,
            })
        })
        .collect()
}

fn instant(row: &Row, column: &str) -> Result<Option<Timestamp>, StoreError> {
    let millis: Option<i64> = row.try_get(column)?;
    Ok(millis.map(Timestamp::from_millis))
}
