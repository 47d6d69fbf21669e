//! Which tickets have something that a user has not looked at yet. A row for everybody who filed, answered or
//! has opened a ticket; what agents do makes it unread for all of them, what users do for nobody.

use super::events::{self, Entry};
use super::tickets::{self, Sight};
use super::{Store, StoreError};
use crate::clock::Timestamp;
use crate::ticket::Record;
use partner_rules::wire::{AuthorKind, EventChange};
use sqlx::{QueryBuilder, Row, Sqlite, SqliteExecutor, Transaction};

impl Store {
    /// Notes that the ticket was looked at as it was at an instant, and gives how many are unread then; `None`:
    /// there is no such ticket for these eyes. What an agent did later stays unread.
    pub async fn see(
        &self,
        sight: &Sight,
        reference: &str,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Option<u32>, StoreError> {
        let Some((ticket_id, _)) = tickets::find(&self.readers, sight, reference).await? else {
            return Ok(None);
        };
        if changes(&self.readers, ticket_id, &sight.viewer, until).await? {
            let mut transaction = self.write().await?;
            look(&mut transaction, sight, ticket_id, until, now).await?;
            transaction.commit().await?;
        }
        self.unread(sight).await.map(Some)
    }

    /// How many of the tickets in sight are unread.
    pub async fn unread(&self, sight: &Sight) -> Result<u32, StoreError> {
        let row = sqlx::query(
            "SELECT count(*) AS unread FROM ticket_seen JOIN tickets ON tickets.id = ticket_id
             WHERE ticket_seen.shop_id = ? AND sub = ? AND unread = 1 AND (? IS NULL OR created_by = ?)",
        )
        .bind(&sight.shop_id)
        .bind(&sight.viewer)
        .bind(&sight.created_by)
        .bind(&sight.created_by)
        .fetch_one(&self.readers)
        .await?;
        Ok(row.try_get("unread")?)
    }
}

/// Whether looking at it now changes anything: most looks do not, and then nothing is written.
async fn changes(
    executor: impl SqliteExecutor<'_>,
    ticket_id: i64,
    sub: &str,
    until: Timestamp,
) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "SELECT unread, ifnull(told_at > ?, 0) AS later FROM tickets
         LEFT JOIN ticket_seen ON ticket_id = tickets.id AND sub = ? WHERE tickets.id = ?",
    )
    .bind(until.millis())
    .bind(sub)
    .bind(ticket_id)
    .fetch_optional(executor)
    .await?;
    let Some(row) = row else { return Ok(false) };
    Ok(match row.try_get::<Option<bool>, _>("unread")? {
        None => true,
        Some(false) => false,
        Some(true) => !row.try_get("later")?,
    })
}

async fn look(
    transaction: &mut Transaction<'_, Sqlite>,
    sight: &Sight,
    ticket_id: i64,
    until: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    // Asked again: somebody else may have been quicker.
    if !changes(&mut **transaction, ticket_id, &sight.viewer, until).await? {
        return Ok(());
    }
    let before = is_unread(transaction, ticket_id, &sight.viewer).await?;
    sqlx::query(
        "INSERT INTO ticket_seen (ticket_id, sub, shop_id, unread)
         SELECT id, ?, shop_id, ifnull(told_at > ?, 0) FROM tickets WHERE id = ?
         ON CONFLICT (ticket_id, sub) DO UPDATE SET unread = excluded.unread",
    )
    .bind(&sight.viewer)
    .bind(until.millis())
    .bind(ticket_id)
    .execute(&mut **transaction)
    .await?;
    if !before {
        return Ok(());
    }
    let seen = Entry {
        ticket_id,
        change: EventChange::Seen,
        sub: Some(&sight.viewer),
    };
    events::note(transaction, &sight.shop_id, now, Some(seen)).await
}

pub(super) async fn is_unread(
    transaction: &mut Transaction<'_, Sqlite>,
    ticket_id: i64,
    sub: &str,
) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT unread FROM ticket_seen WHERE ticket_id = ? AND sub = ?")
        .bind(ticket_id)
        .bind(sub)
        .fetch_optional(&mut **transaction)
        .await?;
    Ok(row.map_or(Ok(false), |row| row.try_get("unread"))?)
}

/// Whether a row of `tickets` is unread for this user, as an expression.
pub(super) fn push(query: &mut QueryBuilder<Sqlite>, sub: &str) {
    query
        .push("EXISTS (SELECT 1 FROM ticket_seen WHERE ticket_id = tickets.id AND sub = ")
        .push_bind(sub.to_owned())
        .push(" AND unread = 1)");
}

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
        AuthorKind::Agent => tell(transaction, ticket_id, ticket.updated_at).await,
    }
}

async fn tell(
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
