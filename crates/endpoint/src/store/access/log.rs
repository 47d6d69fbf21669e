//! The log of a shop: who changed whose access. Nothing here changes or removes a row.

use super::super::{Store, StoreError, codes, events};
use crate::clock::Timestamp;
use crate::store::sql::{Row, Transaction, query};
use partner_rules::wire::Access;

/// One row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub id: i64,
    pub at: Timestamp,
    /// `None`: the operator.
    pub by: Option<String>,
    /// `None`: the default.
    pub email: Option<String>,
    pub from: Access,
    pub to: Access,
}

impl Store {
    /// At most `limit` changes, newest first, from the one before `before` on.
    pub async fn access_changes(
        &self,
        shop_id: &str,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Change>, StoreError> {
        let rows = query(
            "SELECT * FROM access_changes WHERE shop_id = ? AND (? IS NULL OR id < ?) ORDER BY id DESC LIMIT ?",
        )
        .bind(shop_id)
        .bind(before)
        .bind(before)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read).collect()
    }
}

pub(super) async fn note(
    transaction: &mut Transaction,
    shop_id: &str,
    change: &Change,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO access_changes (shop_id, at, changed_by, email, from_access, to_access) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(shop_id)
    .bind(change.at.millis())
    .bind(&change.by)
    .bind(&change.email)
    .bind(codes::text(&change.from)?)
    .bind(codes::text(&change.to)?)
    .execute(&mut *transaction)
    .await?;
    events::note(transaction, shop_id, change.at, None).await
}

fn read(row: &Row) -> Result<Change, StoreError> {
    Ok(Change {
        id: row.try_get("id")?,
        at: Timestamp::from_millis(row.try_get("at")?),
        by: row.try_get("changed_by")?,
        email: row.try_get("email")?,
        from: codes::parse(row.try_get("from_access")?)?,
        to: codes::parse(row.try_get("to_access")?)?,
    })
}
