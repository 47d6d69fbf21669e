//! Partner shops. Here what requests ask; [`keys`] what tokens are verified with, [`register`] what the
//! command line changes.

pub mod keys;
pub mod register;

use super::{Store, StoreError, codes};
use crate::clock::Timestamp;
use crate::store::sql::{Row, query};
use partner_rules::wire::Access;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopRow {
    pub id: String,
    pub name: String,
    pub default_access: Access,
}

impl Store {
    pub async fn shop(&self, id: &str) -> Result<Option<ShopRow>, StoreError> {
        let row = query("SELECT id, name, default_access FROM shops WHERE id = ?")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// Every (origin, shop) there is.
    pub async fn origins(&self) -> Result<Vec<(String, String)>, StoreError> {
        let rows = query("SELECT origin, shop_id FROM shop_origins ORDER BY shop_id, origin")
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| Ok((row.try_get("origin")?, row.try_get("shop_id")?)))
            .collect()
    }

    /// How many shops are there for demonstration, and how many are real.
    pub async fn count_shops(&self) -> Result<(i64, i64), StoreError> {
        let row = query("SELECT count(*) FILTER (WHERE demo = 1) AS demo, count(*) FILTER (WHERE demo = 0) AS real FROM shops")
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
        query(
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

    pub async fn add_origin(&self, shop_id: &str, origin: &str) -> Result<(), StoreError> {
        query("INSERT INTO shop_origins (shop_id, origin) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(shop_id)
            .bind(origin)
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}

fn read(row: &Row) -> Result<ShopRow, StoreError> {
    Ok(ShopRow {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        default_access: codes::parse(row.try_get("default_access")?)?,
    })
}
