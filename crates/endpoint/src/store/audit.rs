//! Who asked about which account. The address is kept as a keyed hash only: enough to count and to
//! compare, not to read.

use super::{Store, StoreError, codes};
use crate::clock::Timestamp;
use crate::store::sql::query;
use partner_rules::{Account, Dc};

/// One question to the directory.
#[derive(Debug)]
pub struct Verification<'a> {
    pub at: Timestamp,
    pub shop_id: &'a str,
    pub sub: &'a str,
    pub dc: Dc,
    pub service_id: &'a str,
    pub address_hash: [u8; 32],
    pub account: Account,
}

impl Store {
    pub async fn note_verification(&self, entry: &Verification<'_>) -> Result<(), StoreError> {
        query(
            "INSERT INTO verify_audit (at, shop_id, sub, dc, service_id, address_hash, account) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(entry.at.millis())
        .bind(entry.shop_id)
        .bind(entry.sub)
        .bind(entry.dc.code())
        .bind(entry.service_id)
        .bind(entry.address_hash.as_slice())
        .bind(entry.account.code())
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Removes what was asked before this instant.
    pub async fn forget_verifications(&self, before: Timestamp) -> Result<u64, StoreError> {
        let done = query("DELETE FROM verify_audit WHERE at < ?")
            .bind(before.millis())
            .execute(&self.writer)
            .await?;
        Ok(done)
    }

    /// The secret that address hashes are keyed with; the first caller's proposal stays.
    /// What this installation is known by where others may be, too. `proposal`: if it has no number yet.
    pub async fn installation(&self, proposal: [u8; 16]) -> Result<Vec<u8>, StoreError> {
        self.secret("installation", &proposal).await
    }

    pub async fn audit_secret(&self, proposal: [u8; 32]) -> Result<Vec<u8>, StoreError> {
        self.secret("audit_secret", &proposal).await
    }

    async fn secret(&self, name: &str, proposal: &[u8]) -> Result<Vec<u8>, StoreError> {
        query("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(name)
            .bind(proposal)
            .execute(&self.writer)
            .await?;
        let row = query("SELECT value FROM meta WHERE name = ?")
            .bind(name)
            .fetch_one(&self.writer)
            .await?;
        Ok(row.try_get("value")?)
    }

    /// Address hashes of one shop's questions, oldest first.
    pub async fn verifications(
        &self,
        shop_id: &str,
    ) -> Result<Vec<(Vec<u8>, Account)>, StoreError> {
        let rows =
            query("SELECT address_hash, account FROM verify_audit WHERE shop_id = ? ORDER BY id")
                .bind(shop_id)
                .fetch_all(&self.readers)
                .await?;
        rows.iter()
            .map(|row| {
                Ok((
                    row.try_get("address_hash")?,
                    codes::parse(row.try_get("account")?)?,
                ))
            })
            .collect()
    }
}
