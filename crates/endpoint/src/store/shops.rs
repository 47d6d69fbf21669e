//! Partner shops: keys, origins, users and what they may see.

use super::{Store, StoreError, codes};
use crate::clock::Timestamp;
use partner_rules::wire::Access;
use sqlx::Row;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopRow {
    pub id: String,
    pub name: String,
    pub default_access: Access,
}

/// A key as recorded; the algorithm is the record's, never the token's.
#[derive(Clone)]
pub struct KeyRow {
    pub kid: String,
    pub shop_id: String,
    pub algorithm: KeyAlgorithm,
    pub material: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyAlgorithm {
    EdDsa,
    Hs256,
}

impl KeyAlgorithm {
    /// The name in a token's `alg`, and in the column.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Hs256 => "HS256",
        }
    }

    fn parse(name: &str) -> Result<Self, StoreError> {
        [Self::EdDsa, Self::Hs256]
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
            .ok_or_else(|| StoreError::Damaged("unknown key algorithm".to_owned()))
    }
}

impl Store {
    /// The key with this id, unless it was withdrawn.
    pub async fn key(&self, kid: &str) -> Result<Option<KeyRow>, StoreError> {
        let row = sqlx::query(
            "SELECT kid, shop_id, algorithm, material FROM shop_keys WHERE kid = ? AND withdrawn_at IS NULL",
        )
        .bind(kid)
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| {
            Ok(KeyRow {
                kid: row.try_get("kid")?,
                shop_id: row.try_get("shop_id")?,
                algorithm: KeyAlgorithm::parse(row.try_get("algorithm")?)?,
                material: row.try_get("material")?,
            })
        })
        .transpose()
    }

    pub async fn shop(&self, id: &str) -> Result<Option<ShopRow>, StoreError> {
        let row = sqlx::query("SELECT id, name, default_access FROM shops WHERE id = ?")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| {
            Ok(ShopRow {
                id: row.try_get("id")?,
                name: row.try_get("name")?,
                default_access: codes::parse(row.try_get("default_access")?)?,
            })
        })
        .transpose()
    }

    /// What was granted to this user by name; `None` when nobody did.
    pub async fn granted(
        &self,
        shop_id: &str,
        email_key: &str,
    ) -> Result<Option<Access>, StoreError> {
        let row = sqlx::query("SELECT access FROM users WHERE shop_id = ? AND email_key = ?")
            .bind(shop_id)
            .bind(email_key)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| codes::parse(row.try_get("access")?))
            .transpose()
    }

    /// Every (origin, shop) there is.
    pub async fn origins(&self) -> Result<Vec<(String, String)>, StoreError> {
        let rows = sqlx::query("SELECT origin, shop_id FROM shop_origins")
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| Ok((row.try_get("origin")?, row.try_get("shop_id")?)))
            .collect()
    }

    /// How many shops are there for demonstration, and how many are real.
    pub async fn count_shops(&self) -> Result<(i64, i64), StoreError> {
        let row = sqlx::query("SELECT count(*) FILTER (WHERE demo) AS demo, count(*) FILTER (WHERE NOT demo) AS real FROM shops")
            .fetch_one(&self.readers)
            .await?;
        Ok((row.try_get("demo")?, row.try_get("real")?))
    }

    /// Adds a shop, or gives it another name and default.
    pub async fn put_shop(
        &self,
        shop: &ShopRow,
        demo: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO shops (id, name, default_access, demo, created_at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, default_access = excluded.default_access",
        )
        .bind(&shop.id)
        .bind(&shop.name)
        .bind(codes::text(&shop.default_access)?)
        .bind(demo)
        .bind(now.millis())
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    pub async fn add_key(&self, key: &KeyRow, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO shop_keys (kid, shop_id, algorithm, material, created_at) VALUES (?, ?, ?, ?, ?)")
            .bind(&key.kid)
            .bind(&key.shop_id)
            .bind(key.algorithm.name())
            .bind(&key.material)
            .bind(now.millis())
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    pub async fn add_origin(&self, shop_id: &str, origin: &str) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO shop_origins (shop_id, origin) VALUES (?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(shop_id)
        .bind(origin)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    pub async fn put_access(
        &self,
        shop_id: &str,
        (email_key, email): (&str, &str),
        access: Access,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO users (shop_id, email_key, email, access, updated_at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (shop_id, email_key) DO UPDATE SET access = excluded.access, updated_at = excluded.updated_at",
        )
        .bind(shop_id)
        .bind(email_key)
        .bind(email)
        .bind(codes::text(&access)?)
        .bind(now.millis())
        .execute(&self.writer)
        .await?;
        Ok(())
    }
}
