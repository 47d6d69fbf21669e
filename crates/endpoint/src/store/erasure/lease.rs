//! Leases: of several programs on one database, one works at something.

use crate::clock::Timestamp;
use crate::store::sql::query;
use crate::store::{Store, StoreError};

impl Store {
    /// Takes or renews a lease until `ends_at`; whether it is ours now. One that has ended is anybody's.
    pub async fn lease(
        &self,
        name: &str,
        holder: &str,
        ends_at: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let taken = query(
            "INSERT INTO leases (name, holder, ends_at) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE
             SET holder = excluded.holder, ends_at = excluded.ends_at
             WHERE leases.holder = excluded.holder OR leases.ends_at <= ?4",
        )
        .bind(name)
        .bind(holder)
        .bind(ends_at.millis())
        .bind(now.millis())
        .execute(&self.writer)
        .await?;
        Ok(taken == 1)
    }
}
