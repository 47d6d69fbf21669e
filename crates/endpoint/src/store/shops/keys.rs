//! Keys of shops. One that was withdrawn stays recorded, so that its id never comes to stand for another.

use super::super::{Store, StoreError};
use crate::clock::Timestamp;
use crate::store::sql::{Executor, Row, query};

/// A key as recorded; the algorithm is the record's, never the token's.
#[derive(Clone)]
pub struct KeyRow {
    pub kid: String,
    pub shop_id: String,
    pub algorithm: KeyAlgorithm,
    /// EdDSA: the public key's 32 bytes; HS256: the secret.
    pub material: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyAlgorithm {
    EdDsa,
    Hs256,
}

/// A key and its time.
#[derive(Clone)]
pub struct KeyEntry {
    pub key: KeyRow,
    pub created_at: Timestamp,
    /// From then on no token is accepted; may lie in the future.
    pub withdrawn_at: Option<Timestamp>,
}

impl KeyAlgorithm {
    pub const ALL: [Self; 2] = [Self::EdDsa, Self::Hs256];

    /// The name in a token's `alg`, and in the column.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Hs256 => "HS256",
        }
    }

    fn parse(name: &str) -> Result<Self, StoreError> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
            .ok_or_else(|| StoreError::Damaged("unknown key algorithm".to_owned()))
    }
}

impl KeyEntry {
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.withdrawn_at.is_none_or(|end| now < end)
    }
}

impl Store {
    /// The key with this id, unless it was withdrawn by now.
    pub async fn key(&self, kid: &str, now: Timestamp) -> Result<Option<KeyRow>, StoreError> {
        let row = query(
            "SELECT * FROM shop_keys WHERE kid = ? AND (withdrawn_at IS NULL OR withdrawn_at > ?)",
        )
        .bind(kid)
        .bind(now.millis())
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| Ok(read(&row)?.key)).transpose()
    }

    /// Every key of one shop, or of all, oldest first.
    pub async fn keys(&self, shop_id: Option<&str>) -> Result<Vec<KeyEntry>, StoreError> {
        let rows = query(
            "SELECT * FROM shop_keys WHERE ? IS NULL OR shop_id = ? ORDER BY shop_id, created_at, kid",
        )
        .bind(shop_id)
        .bind(shop_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read).collect()
    }

    pub async fn add_key(&self, key: &KeyRow, now: Timestamp) -> Result<(), StoreError> {
        insert(&self.writer, key, now).await
    }
}

pub(super) async fn insert(
    executor: impl Into<Executor<'_>>,
    key: &KeyRow,
    now: Timestamp,
) -> Result<(), StoreError> {
    query("INSERT INTO shop_keys (kid, shop_id, algorithm, material, created_at) VALUES (?, ?, ?, ?, ?)")
        .bind(&key.kid)
        .bind(&key.shop_id)
        .bind(key.algorithm.name())
        .bind(&key.material)
        .bind(now.millis())
        .execute(executor)
        .await?;
    Ok(())
}

fn read(row: &Row) -> Result<KeyEntry, StoreError> {
    Ok(KeyEntry {
        key: KeyRow {
            kid: row.try_get("kid")?,
            shop_id: row.try_get("shop_id")?,
            algorithm: KeyAlgorithm::parse(row.try_get("algorithm")?)?,
            material: row.try_get("material")?,
        },
        created_at: Timestamp::from_millis(row.try_get("created_at")?),
        withdrawn_at: row
            .try_get::<Option<i64>>("withdrawn_at")?
            .map(Timestamp::from_millis),
    })
}
