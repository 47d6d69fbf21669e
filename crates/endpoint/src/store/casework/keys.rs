//! Bound idempotency keys of agents, who belong to no shop.

use super::super::idempotency::{Bound, Fingerprint};
use super::super::{Store, StoreError};
use crate::clock::Timestamp;
use crate::store::sql::{Executor, Transaction, query};

/// What makes an act happen once.
#[derive(Clone, Copy, Debug)]
pub struct Once<'a> {
    pub agent: &'a str,
    pub key: &'a str,
    pub fingerprint: &'a Fingerprint,
}

impl Store {
    /// What the key stands for already.
    pub async fn done_before(&self, once: Once<'_>) -> Result<Option<Bound>, StoreError> {
        find(&self.readers, once).await
    }
}

pub(super) async fn find(
    executor: impl Into<Executor<'_>>,
    once: Once<'_>,
) -> Result<Option<Bound>, StoreError> {
    let row = query("SELECT fingerprint, answer FROM agent_keys WHERE agent = ? AND key = ?")
        .bind(once.agent)
        .bind(once.key)
        .fetch_optional(executor)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let first: Vec<u8> = row.try_get("fingerprint")?;
    if first == once.fingerprint {
        Ok(Some(Bound::Same(row.try_get("answer")?)))
    } else {
        Ok(Some(Bound::Other))
    }
}

pub(super) async fn bind(
    transaction: &mut Transaction,
    once: Once<'_>,
    answer: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO agent_keys (agent, key, fingerprint, answer, created_at) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(once.agent)
    .bind(once.key)
    .bind(once.fingerprint.as_slice())
    .bind(answer)
    .bind(now.millis())
    .execute(&mut *transaction)
    .await?;
    Ok(())
}
