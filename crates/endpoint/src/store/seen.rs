//! Which tickets have something that a user has not looked at yet. A row for everybody who filed, answered or
//! has opened a ticket; what agents do makes it unread for all of them, what users do for nobody.

use super::StoreError;
use crate::clock::Timestamp;
use crate::ticket::Record;
use partner_rules::wire::AuthorKind;
use sqlx::{Sqlite, Transaction};

/// Remembers that this user takes part in the ticket. Who does already keeps what is unread.
pub(super) async fn follow(
    transaction: &mut Transaction<'_, Sqlite>,
    ticket_id: i64,
    ticket: &Record,
    sub: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO ticket_seen (ticket_id, sub, shop_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(ticket_id)
    .bind(sub)
    .bind(&ticket.shop_id)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Makes the ticket unread for everybody who takes part in it, if an agent did what happened last.
pub(super) async fn mark(
    transaction: &mut Transaction<'_, Sqlite>,
    ticket_id: i64,
    ticket: &Record,
) -> Result<(), StoreError> {
    match ticket.last.by {
        AuthorKind::Partner => Ok(()),
        AuthorKind::Agent => told(transaction, ticket_id, ticket.updated_at).await,
    }
}

async fn told(
    transaction: &mut Transaction<'_, Sqlite>,
    ticket_id: i64,
    at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE tickets SET told_at = ? WHERE id = ?")
        .bind(at.millis())
        .bind(ticket_id)
        .execute(&mut **transaction)
        .await?;
    sqlx::query("UPDATE ticket_seen SET unread = 1 WHERE ticket_id = ?")
        .bind(ticket_id)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
