//! Users that a shop knows of: seen with a token, or granted something before.

use super::super::{Store, StoreError, codes};
use crate::access::effective;
use crate::clock::Timestamp;
use crate::store::sql::{Executor, Row, query};
use partner_rules::wire::{Access, Role};

/// A user that the shop knows of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownUser {
    pub email_key: String,
    /// As last written.
    pub email: String,
    pub name: Option<String>,
    /// As the last token had it; `None`: never seen.
    pub role: Option<Role>,
    /// `None`: nobody granted anything.
    pub granted: Option<Access>,
    /// When it was granted.
    pub updated_at: Option<Timestamp>,
}

impl KnownUser {
    /// In the end, with this default of the shop.
    pub fn access(&self, default: Access) -> Access {
        effective(self.granted, self.role, default)
    }
}

/// An address as compared and as written.
#[derive(Clone, Copy, Debug)]
pub struct Whose<'a> {
    pub shop_id: &'a str,
    pub email_key: &'a str,
    pub email: &'a str,
}

impl Store {
    pub async fn user(
        &self,
        shop_id: &str,
        email_key: &str,
    ) -> Result<Option<KnownUser>, StoreError> {
        find(&self.readers, shop_id, email_key).await
    }

    /// Remembers somebody who was seen with a token.
    pub async fn note_user(
        &self,
        whose: Whose<'_>,
        name: &str,
        role: Role,
    ) -> Result<(), StoreError> {
        query(
            "INSERT INTO users (shop_id, email_key, email, name, role, search_text) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (shop_id, email_key) DO UPDATE
             SET email = excluded.email, name = excluded.name, role = excluded.role, search_text = excluded.search_text",
        )
        .bind(whose.shop_id)
        .bind(whose.email_key)
        .bind(whose.email)
        .bind(name)
        .bind(codes::text(&role)?)
        .bind(search_text(whose.email, name))
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// At most `limit` users by address, from the one after `after` on; `text` in lower case.
    pub async fn users(
        &self,
        shop_id: &str,
        text: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<KnownUser>, StoreError> {
        let rows = query(
            "SELECT * FROM users
             WHERE shop_id = ? AND (? IS NULL OR instr(search_text, ?) > 0) AND (? IS NULL OR email_key > ?)
             ORDER BY email_key LIMIT ?",
        )
        .bind(shop_id)
        .bind(text)
        .bind(text)
        .bind(after)
        .bind(after)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read).collect()
    }

    /// Sets access without a note: for what stands at the beginning.
    pub async fn put_access(
        &self,
        whose: Whose<'_>,
        access: Access,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        put(&self.writer, whose, access, now).await
    }
}

pub(super) async fn find(
    executor: impl Into<Executor<'_>>,
    shop_id: &str,
    email_key: &str,
) -> Result<Option<KnownUser>, StoreError> {
    let row = query("SELECT * FROM users WHERE shop_id = ? AND email_key = ?")
        .bind(shop_id)
        .bind(email_key)
        .fetch_optional(executor)
        .await?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn put(
    executor: impl Into<Executor<'_>>,
    whose: Whose<'_>,
    access: Access,
    now: Timestamp,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO users (shop_id, email_key, email, access, updated_at, search_text) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (shop_id, email_key) DO UPDATE SET access = excluded.access, updated_at = excluded.updated_at",
    )
    .bind(whose.shop_id)
    .bind(whose.email_key)
    .bind(whose.email)
    .bind(codes::text(&access)?)
    .bind(now.millis())
    .bind(search_text(whose.email, ""))
    .execute(executor)
    .await?;
    Ok(())
}

fn search_text(email: &str, name: &str) -> String {
    format!("{email}\n{name}").to_lowercase()
}

fn read(row: &Row) -> Result<KnownUser, StoreError> {
    let code = |column| row.try_get::<Option<&str>>(column);
    Ok(KnownUser {
        email_key: row.try_get("email_key")?,
        email: row.try_get("email")?,
        name: row.try_get("name")?,
        role: code("role")?.map(codes::parse).transpose()?,
        granted: code("access")?.map(codes::parse).transpose()?,
        updated_at: row
            .try_get::<Option<i64>>("updated_at")?
            .map(Timestamp::from_millis),
    })
}
