//! The register of real shops, as the command line changes it: each change whole or not at all, and
//! none in a database that demo mode made.

use super::super::{Store, StoreError, access, codes, events};
use super::ShopRow;
use super::keys::{self, KeyRow};
use crate::clock::Timestamp;
use crate::store::sql::{Transaction, query};
use partner_rules::wire::Access;

/// Why the register was left as it is.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    #[error("there is no shop `{0}`")]
    UnknownShop(String),
    #[error("there is a shop `{0}` already")]
    ShopExists(String),
    #[error("the kid `{0}` is taken; it stands for one key for ever, of whichever shop")]
    KeyExists(String),
    #[error("shop `{shop}` has no key `{kid}`")]
    UnknownKey { shop: String, kid: String },
    #[error("key `{0}` was withdrawn already")]
    KeyWithdrawn(String),
    #[error("shop `{shop}` has no origin {origin}")]
    UnknownOrigin { shop: String, origin: String },
    #[error("the database was made by demo mode; real shops need one of their own")]
    DemoDatabase,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for RegisterError {
    fn from(cause: sqlx::Error) -> Self {
        Self::Store(cause.into())
    }
}

/// A shop with what was counted about it.
#[derive(Clone, Debug)]
pub struct ShopEntry {
    pub shop: ShopRow,
    pub keys: i64,
    pub origins: i64,
    pub users: i64,
}

impl Store {
    pub async fn register_shop(&self, shop: &ShopRow, now: Timestamp) -> Result<(), RegisterError> {
        let mut transaction = self.register().await?;
        let done = query(
            "INSERT INTO shops (id, name, default_access, demo, created_at) VALUES (?, ?, ?, 0, ?) ON CONFLICT DO NOTHING",
        )
        .bind(&shop.id)
        .bind(&shop.name)
        .bind(codes::text(&shop.default_access)?)
        .bind(now.millis())
        .execute(&mut transaction)
        .await?;
        if done == 0 {
            return Err(RegisterError::ShopExists(shop.id.clone()));
        }
        Ok(transaction.commit().await?)
    }

    /// Changes what is given; another default is noted in the shop's log.
    pub async fn update_shop(
        &self,
        shop_id: &str,
        name: Option<&str>,
        default_access: Option<Access>,
        now: Timestamp,
    ) -> Result<(), RegisterError> {
        let mut transaction = self.register_of(shop_id).await?;
        if let Some(name) = name {
            query("UPDATE shops SET name = ? WHERE id = ?")
                .bind(name)
                .bind(shop_id)
                .execute(&mut transaction)
                .await?;
        }
        if let Some(access) = default_access {
            access::change_default(&mut transaction, shop_id, access, None, now).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// The shop, in whatever database.
    pub async fn known_shop(&self, shop_id: &str) -> Result<ShopRow, RegisterError> {
        let shop = self.shop(shop_id).await?;
        shop.ok_or_else(|| RegisterError::UnknownShop(shop_id.to_owned()))
    }

    /// Refuses a shop that is unknown or was made by demo mode.
    pub async fn real_shop(&self, shop_id: &str) -> Result<(), RegisterError> {
        Ok(self.register_of(shop_id).await?.rollback().await?)
    }

    /// Adds a key. With `others_end`, the shop's other keys end then, unless they end sooner; how many
    /// were still valid is the answer.
    pub async fn register_key(
        &self,
        key: &KeyRow,
        others_end: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<u64, RegisterError> {
        let mut transaction = self.register_of(&key.shop_id).await?;
        let taken = query("SELECT 1 FROM shop_keys WHERE kid = ?")
            .bind(&key.kid)
            .fetch_optional(&mut transaction)
            .await?;
        if taken.is_some() {
            return Err(RegisterError::KeyExists(key.kid.clone()));
        }
        let mut ending = 0;
        if let Some(end) = others_end {
            ending = query(
                "UPDATE shop_keys SET withdrawn_at = CASE WHEN withdrawn_at < ? THEN withdrawn_at ELSE ? END
                 WHERE shop_id = ? AND (withdrawn_at IS NULL OR withdrawn_at > ?)",
            )
            .bind(end.millis())
            .bind(end.millis())
            .bind(&key.shop_id)
            .bind(now.millis())
            .execute(&mut transaction)
            .await?;
            events::note(&mut transaction, &key.shop_id, now, None).await?;
        }
        keys::insert(&mut transaction, key, now).await?;
        transaction.commit().await?;
        Ok(ending)
    }

    /// Ends a key now.
    pub async fn withdraw_key(
        &self,
        shop_id: &str,
        kid: &str,
        now: Timestamp,
    ) -> Result<(), RegisterError> {
        let mut transaction = self.register_of(shop_id).await?;
        let row = query("SELECT withdrawn_at FROM shop_keys WHERE kid = ? AND shop_id = ?")
            .bind(kid)
            .bind(shop_id)
            .fetch_optional(&mut transaction)
            .await?;
        let row = row.ok_or_else(|| RegisterError::UnknownKey {
            shop: shop_id.to_owned(),
            kid: kid.to_owned(),
        })?;
        let end: Option<i64> = row.try_get("withdrawn_at")?;
        if end.is_some_and(|end| end <= now.millis()) {
            return Err(RegisterError::KeyWithdrawn(kid.to_owned()));
        }
        query("UPDATE shop_keys SET withdrawn_at = ? WHERE kid = ?")
            .bind(now.millis())
            .bind(kid)
            .execute(&mut transaction)
            .await?;
        events::note(&mut transaction, shop_id, now, None).await?;
        Ok(transaction.commit().await?)
    }

    /// Adds origins in the form in which browsers send them; those that are there already stay.
    pub async fn register_origins(
        &self,
        shop_id: &str,
        origins: &[String],
    ) -> Result<(), RegisterError> {
        let mut transaction = self.register_of(shop_id).await?;
        for origin in origins {
            query(
                "INSERT INTO shop_origins (shop_id, origin) VALUES (?, ?) ON CONFLICT DO NOTHING",
            )
            .bind(shop_id)
            .bind(origin)
            .execute(&mut transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Removes all of these origins, or none.
    pub async fn remove_origins(
        &self,
        shop_id: &str,
        origins: &[String],
    ) -> Result<(), RegisterError> {
        let mut transaction = self.register_of(shop_id).await?;
        for origin in origins {
            let done = query("DELETE FROM shop_origins WHERE shop_id = ? AND origin = ?")
                .bind(shop_id)
                .bind(origin)
                .execute(&mut transaction)
                .await?;
            if done == 0 {
                return Err(RegisterError::UnknownOrigin {
                    shop: shop_id.to_owned(),
                    origin: origin.clone(),
                });
            }
        }
        Ok(transaction.commit().await?)
    }

    /// All shops by id, with the number of keys that are valid now.
    pub async fn shops(&self, now: Timestamp) -> Result<Vec<ShopEntry>, StoreError> {
        let rows = query(
            "SELECT id, name, default_access,
                (SELECT count(*) FROM shop_keys k WHERE k.shop_id = s.id AND (withdrawn_at IS NULL OR withdrawn_at > ?)) AS keys,
                (SELECT count(*) FROM shop_origins o WHERE o.shop_id = s.id) AS origins,
                (SELECT count(*) FROM users u WHERE u.shop_id = s.id) AS users
             FROM shops s ORDER BY id",
        )
        .bind(now.millis())
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(ShopEntry {
                    shop: super::read(row)?,
                    keys: row.try_get("keys")?,
                    origins: row.try_get("origins")?,
                    users: row.try_get("users")?,
                })
            })
            .collect()
    }

    async fn register(&self) -> Result<Transaction, RegisterError> {
        let mut transaction = self.write().await?;
        let demo = query("SELECT 1 FROM shops WHERE demo = 1 LIMIT 1")
            .fetch_optional(&mut transaction)
            .await?;
        match demo {
            Some(_) => Err(RegisterError::DemoDatabase),
            None => Ok(transaction),
        }
    }

    async fn register_of(&self, shop_id: &str) -> Result<Transaction, RegisterError> {
        let mut transaction = self.register().await?;
        let found = query("SELECT 1 FROM shops WHERE id = ?")
            .bind(shop_id)
            .fetch_optional(&mut transaction)
            .await?;
        match found {
            Some(_) => Ok(transaction),
            None => Err(RegisterError::UnknownShop(shop_id.to_owned())),
        }
    }
}
