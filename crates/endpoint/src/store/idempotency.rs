//! Bound idempotency keys. A key is bound in the transaction that stores what it stands for.

use super::{Store, StoreError};
use crate::clock::Timestamp;
use crate::store::sql::{Executor, Transaction, query};

/// At least the 30 days of the contract.
const KEPT_DAYS: i64 = 31;

/// Whose key it is: the same text of another user or shop is another key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    pub shop_id: String,
    pub sub: String,
    pub key: String,
}

pub type Fingerprint = [u8; 32];

/// What a key stands for already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The same request: its first answer.
    Same(String),
    /// Another request.
    Other,
}

impl Store {
    pub async fn bound(
        &self,
        scope: &Scope,
        fingerprint: &Fingerprint,
    ) -> Result<Option<Bound>, StoreError> {
        find(&self.readers, scope, fingerprint).await
    }

    /// Removes keys that are older than the contract's time.
    pub async fn forget_old_keys(&self, now: Timestamp) -> Result<u64, StoreError> {
        let oldest = now.plus_seconds(-KEPT_DAYS * 24 * 60 * 60).millis();
        let done = query("DELETE FROM idempotency_keys WHERE created_at < ?")
            .bind(oldest)
            .execute(&self.writer)
            .await?;
        let agents = query("DELETE FROM agent_keys WHERE created_at < ?")
            .bind(oldest)
            .execute(&self.writer)
            .await?;
        Ok(done + agents)
    }
}

pub(super) async fn find(
    executor: impl Into<Executor<'_>>,
    scope: &Scope,
    fingerprint: &Fingerprint,
) -> Result<Option<Bound>, StoreError> {
    let row = query(
        "SELECT fingerprint, answer FROM idempotency_keys WHERE shop_id = ? AND sub = ? AND key = ?",
    )
    .bind(&scope.shop_id)
    .bind(&scope.sub)
    .bind(&scope.key)
    .fetch_optional(executor)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let first: Vec<u8> = row.try_get("fingerprint")?;
    if first == fingerprint {
        Ok(Some(Bound::Same(row.try_get("answer")?)))
    } else {
        Ok(Some(Bound::Other))
    }
}

pub(super) async fn bind(
    transaction: &mut Transaction,
    scope: &Scope,
    fingerprint: &Fingerprint,
    answer: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO idempotency_keys (shop_id, sub, key, fingerprint, answer, created_at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(&scope.shop_id)
    .bind(&scope.sub)
    .bind(&scope.key)
    .bind(fingerprint.as_slice())
    .bind(answer)
    .bind(now.millis())
    .execute(&mut *transaction)
    .await?;
    Ok(())
}
