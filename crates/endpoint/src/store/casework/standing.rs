//! Numbers about the work: shares per shop, and how targets were met.

use super::super::{Store, StoreError};
use crate::clock::Timestamp;
use crate::store::sql::query;

/// How many of a shop's tickets came without a SuperAdmin address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopShare {
    pub shop_id: String,
    pub shop_name: String,
    pub tickets: u64,
    pub without_address: u64,
}

/// How many targets of a stage came to a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetCount {
    /// `first_response`, `problem_determination` or `resolution`.
    pub stage: String,
    /// `aim`: by the lower bound; `due`: by the upper; `passed`: later.
    pub result: String,
    pub targets: u64,
}

impl Store {
    /// Of tickets filed since then, every shop that has some; by id.
    pub async fn shares(&self, since: Timestamp) -> Result<Vec<ShopShare>, StoreError> {
        let rows = query(
            "SELECT shops.id, shops.name, count(*) AS tickets, count(*) FILTER (WHERE lacked_address = 1) AS without
             FROM shops JOIN tickets INDEXED BY tickets_by_filing ON tickets.shop_id = shops.id
             WHERE tickets.created_at >= ? GROUP BY shops.id ORDER BY shops.id",
        )
        .bind(since.millis())
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(ShopShare {
                    shop_id: row.try_get("id")?,
                    shop_name: row.try_get("name")?,
                    tickets: count(row.try_get("tickets")?),
                    without_address: count(row.try_get("without")?),
                })
            })
            .collect()
    }

    /// Targets that were met or passed since this database was made, by stage and result.
    pub async fn target_counts(&self) -> Result<Vec<TargetCount>, StoreError> {
        let rows = query("SELECT stage, result, n FROM target_counts ORDER BY stage, result")
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(TargetCount {
                    stage: row.try_get("stage")?,
                    result: row.try_get("result")?,
                    targets: count(row.try_get("n")?),
                })
            })
            .collect()
    }
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
