//! Closed tickets that are old.

use super::{BATCH, Doomed, Erased, Why};
use crate::clock::Timestamp;
use crate::store::sql::query;
use crate::store::{Store, StoreError};

const DAY_S: i64 = 24 * 60 * 60;

impl Store {
    /// The shops whose closed tickets are not kept for ever, and how many days each. `days`: of shops that have no
    /// number of their own.
    pub async fn retentions(&self, days: Option<u32>) -> Result<Vec<(String, u32)>, StoreError> {
        let rows = query(
            "SELECT id, coalesce(closed_days, ?1) AS days FROM shops WHERE coalesce(closed_days, ?1) IS NOT NULL ORDER BY id",
        )
        .bind(days.map(i64::from))
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| Ok((row.try_get("id")?, row.try_get("days")?)))
            .collect()
    }

    /// Says how long closed tickets of this shop are kept; `None`: as for all.
    pub async fn keep_closed(&self, shop_id: &str, days: Option<u32>) -> Result<(), StoreError> {
        query("UPDATE shops SET closed_days = ? WHERE id = ?")
            .bind(days.map(i64::from))
            .bind(shop_id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Removes tickets of a shop that were closed and have not changed for so many days: at most a batch of them.
    pub async fn erase_closed(
        &self,
        shop_id: &str,
        days: u32,
        now: Timestamp,
    ) -> Result<Erased, StoreError> {
        let rows = query(
            "SELECT id, reference FROM tickets WHERE shop_id = ? AND status = 'closed' AND updated_at < ?
             ORDER BY updated_at, id LIMIT ?",
        )
        .bind(shop_id)
        .bind(now.plus_seconds(-i64::from(days) * DAY_S).millis())
        .bind(BATCH)
        .fetch_all(&self.readers)
        .await?;
        let doomed: Vec<Doomed> = rows.iter().map(Doomed::read).collect::<Result<_, _>>()?;
        self.erase_tickets(shop_id, &doomed, Why::Age, now).await
    }
}
