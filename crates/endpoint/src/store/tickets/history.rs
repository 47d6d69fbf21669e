//! What changed about a ticket: filed, closed, reopened; each entry with the classification from then on.

use crate::clock::Timestamp;
use crate::store::sql::{Row, Transaction, query};
use crate::store::{StoreError, codes};
use crate::ticket::Record;
use partner_rules::Severity;
use partner_rules::wire::{Author, AuthorKind, HistoryEntry, TicketChange};

/// A change that is about to be noted.
#[derive(Debug)]
pub(in crate::store) struct Entry<'a> {
    pub(in crate::store) at: Timestamp,
    pub(in crate::store) change: TicketChange,
    /// `None`: nobody did it.
    pub(in crate::store) by: Option<&'a Author>,
    pub(in crate::store) reason: Option<&'a str>,
}

pub(in crate::store) async fn note(
    transaction: &mut Transaction,
    ticket_id: i64,
    ticket: &Record,
    entry: &Entry<'_>,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO ticket_history (
            ticket_id, at, change, reason, author_kind, author_name, author_email, severity, priority_customer, classification
        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(ticket_id)
    .bind(entry.at.millis())
    .bind(codes::text(&entry.change)?)
    .bind(entry.reason)
    .bind(entry.by.map(|by| codes::text(&by.kind)).transpose()?)
    .bind(entry.by.map(|by| &by.name))
    .bind(entry.by.and_then(|by| by.email.as_deref()))
    .bind(ticket.severity.map(Severity::code))
    .bind(ticket.priority_customer)
    .bind(codes::to_json(&ticket.classification)?)
    .execute(&mut *transaction)
    .await?;
    Ok(())
}

pub(in crate::store) async fn of_ticket(
    transaction: &mut Transaction,
    ticket_id: i64,
) -> Result<Vec<HistoryEntry>, StoreError> {
    let rows = query("SELECT * FROM ticket_history WHERE ticket_id = ? ORDER BY id")
        .bind(ticket_id)
        .fetch_all(&mut *transaction)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<HistoryEntry, StoreError> {
    Ok(HistoryEntry {
        at: Timestamp::from_millis(row.try_get("at")?).rfc3339(),
        change: codes::parse(row.try_get("change")?)?,
        by: author(row)?,
        reason: row.try_get("reason")?,
        severity: row
            .try_get::<Option<&str>>("severity")?
            .map(codes::parse)
            .transpose()?,
        priority_customer: row.try_get("priority_customer")?,
        classification: codes::from_json(row.try_get("classification")?)?,
    })
}

/// Who did or wrote it, from the columns `author_*`. An agent's address is not for partners.
pub(in crate::store) fn author(row: &Row) -> Result<Option<Author>, StoreError> {
    let Some(kind) = row.try_get::<Option<&str>>("author_kind")? else {
        return Ok(None);
    };
    let kind = codes::parse(kind)?;
    Ok(Some(Author {
        kind,
        name: row.try_get("author_name")?,
        email: match kind {
            AuthorKind::Partner => row.try_get("author_email")?,
            AuthorKind::Agent => None,
        },
    }))
}
