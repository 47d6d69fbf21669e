//! All that is kept of a shop. Its id and the ids of its keys stay, so that they never come to mean somebody else.

use super::{BATCH, Doomed, Erased, Why, audit, ids};
use crate::clock::Timestamp;
use crate::store::sql::query;
use crate::store::{Store, StoreError};

/// Rows of a shop, once it has no tickets; `?1` is its id.
const ROWS: [&str; 10] = [
    "DELETE FROM idempotency_keys WHERE shop_id = ?1",
    "DELETE FROM ticket_seen WHERE shop_id = ?1",
    "DELETE FROM events WHERE shop_id = ?1",
    "DELETE FROM verify_audit WHERE shop_id = ?1",
    "DELETE FROM access_changes WHERE shop_id = ?1",
    "DELETE FROM accounts WHERE shop_id = ?1",
    "DELETE FROM users WHERE shop_id = ?1",
    "DELETE FROM shop_origins WHERE shop_id = ?1",
    "DELETE FROM event_counters WHERE shop_id = ?1",
    "UPDATE shops SET name = id, default_access = 'none', closed_days = NULL WHERE id = ?1",
];

impl Store {
    /// Ends the shop's keys, so that nothing new comes. Whether there is such a shop, and not of demo mode.
    pub async fn close_shop(&self, shop_id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let known = query("SELECT 1 AS one FROM shops WHERE id = ? AND demo = 0")
            .bind(shop_id)
            .fetch_optional(&mut transaction)
            .await?;
        query("UPDATE shop_keys SET withdrawn_at = ?1 WHERE shop_id = ?2 AND (withdrawn_at IS NULL OR withdrawn_at > ?1)")
            .bind(now.millis())
            .bind(shop_id)
            .execute(&mut transaction)
            .await?;
        match known {
            Some(_) => transaction.commit().await?,
            None => transaction.rollback().await?,
        }
        Ok(known.is_some())
    }

    /// Removes a batch of the shop's tickets; none, and there are no more.
    pub async fn erase_shop_tickets(
        &self,
        shop_id: &str,
        now: Timestamp,
    ) -> Result<Erased, StoreError> {
        let rows = query(
            "SELECT id, reference FROM tickets WHERE shop_id = ? ORDER BY created_at, id LIMIT ?",
        )
        .bind(shop_id)
        .bind(BATCH)
        .fetch_all(&self.readers)
        .await?;
        let doomed: Vec<Doomed> = rows.iter().map(Doomed::read).collect::<Result<_, _>>()?;
        self.erase_tickets(shop_id, &doomed, Why::Shop, now).await
    }

    /// Removes the rest, after the last ticket.
    pub async fn erase_shop_rows(
        &self,
        shop_id: &str,
        now: Timestamp,
    ) -> Result<Erased, StoreError> {
        let mut transaction = self.write().await?;
        let files = query("DELETE FROM files WHERE shop_id = ? RETURNING id")
            .bind(shop_id)
            .fetch_all(&mut transaction)
            .await?;
        let mails = query("DELETE FROM mails WHERE shop_id = ? RETURNING id")
            .bind(shop_id)
            .fetch_all(&mut transaction)
            .await?;
        for mail in &mails {
            audit::erase_mail(&mut transaction, mail.try_get("id")?, Why::Shop, now).await?;
        }
        for sql in ROWS {
            query(sql).bind(shop_id).execute(&mut transaction).await?;
        }
        query("UPDATE shop_keys SET material = ? WHERE shop_id = ?")
            .bind([].as_slice())
            .bind(shop_id)
            .execute(&mut transaction)
            .await?;
        audit::note(&mut transaction, shop_id, None, Why::Shop, now).await?;
        transaction.commit().await?;
        Ok(Erased {
            files: ids(&files)?,
            ..Erased::default()
        })
    }
}
