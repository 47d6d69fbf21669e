//! Messages on a ticket, as rows of `messages`.

use super::NewMessage;
use crate::casework::NewWords;
use crate::clock::Timestamp;
use crate::store::sql::{Row, Transaction, query};
use crate::store::tickets::history;
use crate::store::{StoreError, codes, files};
use partner_rules::wire::{Attachment, Author, Message};
use std::collections::BTreeMap;

/// Writes a message that partners may see, and gives its row.
pub(in crate::store) async fn insert(
    transaction: &mut Transaction,
    ticket_id: i64,
    message: &NewMessage<'_>,
    at: Timestamp,
) -> Result<i64, StoreError> {
    let row = query(
        "INSERT INTO messages (public_id, ticket_id, at, author_kind, author_name, author_email, text) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(message.id)
    .bind(ticket_id)
    .bind(at.millis())
    .bind(codes::text(&message.author.kind)?)
    .bind(&message.author.name)
    .bind(&message.author.email)
    .bind(message.text)
    .fetch_one(&mut *transaction)
    .await?;
    Ok(row.try_get("id")?)
}

/// Writes a message of an agent, for the partner or among agents, and gives its row.
pub(in crate::store) async fn insert_words(
    transaction: &mut Transaction,
    ticket_id: i64,
    id: &str,
    author: &Author,
    words: &NewWords,
    at: Timestamp,
) -> Result<i64, StoreError> {
    let row = query(
        "INSERT INTO messages (public_id, ticket_id, at, author_kind, author_name, author_email, text, internal, status_note)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(id)
    .bind(ticket_id)
    .bind(at.millis())
    .bind(codes::text(&author.kind)?)
    .bind(&author.name)
    .bind(&author.email)
    .bind(&words.text)
    .bind(words.internal)
    .bind(words.status_note)
    .fetch_one(&mut *transaction)
    .await?;
    Ok(row.try_get("id")?)
}

/// How many there are, notes among agents included.
pub(in crate::store) async fn count(
    transaction: &mut Transaction,
    ticket_id: i64,
) -> Result<u32, StoreError> {
    let row = query("SELECT count(*) AS n FROM messages WHERE ticket_id = ?")
        .bind(ticket_id)
        .fetch_one(&mut *transaction)
        .await?;
    Ok(row.try_get("n")?)
}

/// What partners see of a ticket's messages, oldest first: no notes among agents.
pub(in crate::store) async fn of_ticket(
    transaction: &mut Transaction,
    ticket_id: i64,
) -> Result<Vec<Message>, StoreError> {
    let rows = query("SELECT * FROM messages WHERE ticket_id = ? AND internal = 0 ORDER BY id")
        .bind(ticket_id)
        .fetch_all(&mut *transaction)
        .await?;
    let mut attachments = files::of_messages(&mut *transaction, ticket_id).await?;
    rows.iter().map(|row| read(row, &mut attachments)).collect()
}

/// A message as a row, with its files out of those of the ticket. An agent's address is left out.
pub(in crate::store) fn read(
    row: &Row,
    attachments: &mut BTreeMap<i64, Vec<Attachment>>,
) -> Result<Message, StoreError> {
    let author = history::author(row)?;
    Ok(Message {
        id: row.try_get("public_id")?,
        created_at: Timestamp::from_millis(row.try_get("at")?).rfc3339(),
        author: author.ok_or_else(|| StoreError::Damaged("a message without author".to_owned()))?,
        text: row.try_get("text")?,
        attachments: attachments.remove(&row.try_get("id")?).unwrap_or_default(),
        status_note: row.try_get("status_note")?,
    })
}
