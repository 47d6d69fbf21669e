//! Users of a shop, what they may see, and who changed that when. Every question names the shop.

use super::{Store, StoreError, codes};
use crate::access::effective;
use crate::clock::Timestamp;
use partner_rules::wire::{Access, Role};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, Sqlite, SqliteExecutor, Transaction};

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
        sqlx::query(
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
        let rows = sqlx::query(
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

    /// Grants access by name and notes who did; a grant that is there already changes nothing.
    pub async fn grant(
        &self,
        whose: Whose<'_>,
        access: Access,
        by: Option<&str>,
        now: Timestamp,
    ) -> Result<KnownUser, StoreError> {
        let mut transaction = self.write().await?;
        let known = find(&mut *transaction, whose.shop_id, whose.email_key).await?;
        if let Some(user) = known.as_ref().filter(|user| user.granted == Some(access)) {
            return Ok(user.clone());
        }
        let default = default_access(&mut transaction, whose.shop_id).await?;
        let change = Change {
            id: 0,
            at: now,
            by: by.map(str::to_owned),
            email: Some(
                known
                    .as_ref()
                    .map_or_else(|| whose.email.to_owned(), |user| user.email.clone()),
            ),
            from: known.as_ref().map_or(default, |user| user.access(default)),
            to: access,
        };
        note_change(&mut transaction, whose.shop_id, &change).await?;
        put(&mut *transaction, whose, access, now).await?;
        let user = find(&mut *transaction, whose.shop_id, whose.email_key).await?;
        transaction.commit().await?;
        user.ok_or_else(|| StoreError::Damaged("a user just written is missing".to_owned()))
    }

    /// Sets the default of users whom nobody granted anything, and notes who did.
    pub async fn set_default_access(
        &self,
        shop_id: &str,
        access: Access,
        by: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        change_default(&mut transaction, shop_id, access, by, now).await?;
        Ok(transaction.commit().await?)
    }

    /// At most `limit` changes, newest first, from the one before `before` on.
    pub async fn access_changes(
        &self,
        shop_id: &str,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Change>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM access_changes WHERE shop_id = ? AND (? IS NULL OR id < ?) ORDER BY id DESC LIMIT ?",
        )
        .bind(shop_id)
        .bind(before)
        .bind(before)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read_change).collect()
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

pub(super) async fn change_default(
    transaction: &mut Transaction<'_, Sqlite>,
    shop_id: &str,
    access: Access,
    by: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let from = default_access(transaction, shop_id).await?;
    if from == access {
        return Ok(());
    }
    let change = Change {
        id: 0,
        at: now,
        by: by.map(str::to_owned),
        email: None,
        from,
        to: access,
    };
    note_change(transaction, shop_id, &change).await?;
    sqlx::query("UPDATE shops SET default_access = ? WHERE id = ?")
        .bind(codes::text(&access)?)
        .bind(shop_id)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

async fn find(
    executor: impl SqliteExecutor<'_>,
    shop_id: &str,
    email_key: &str,
) -> Result<Option<KnownUser>, StoreError> {
    let row = sqlx::query("SELECT * FROM users WHERE shop_id = ? AND email_key = ?")
        .bind(shop_id)
        .bind(email_key)
        .fetch_optional(executor)
        .await?;
    row.as_ref().map(read).transpose()
}

async fn put(
    executor: impl SqliteExecutor<'_>,
    whose: Whose<'_>,
    access: Access,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
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

async fn default_access(
    transaction: &mut Transaction<'_, Sqlite>,
    shop_id: &str,
) -> Result<Access, StoreError> {
    let row = sqlx::query("SELECT default_access FROM shops WHERE id = ?")
        .bind(shop_id)
        .fetch_one(&mut **transaction)
        .await?;
    codes::parse(row.try_get("default_access")?)
}

async fn note_change(
    transaction: &mut Transaction<'_, Sqlite>,
    shop_id: &str,
    change: &Change,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO access_changes (shop_id, at, changed_by, email, from_access, to_access) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(shop_id)
    .bind(change.at.millis())
    .bind(&change.by)
    .bind(&change.email)
    .bind(codes::text(&change.from)?)
    .bind(codes::text(&change.to)?)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

fn search_text(email: &str, name: &str) -> String {
    format!("{email}\n{name}").to_lowercase()
}

fn read(row: &SqliteRow) -> Result<KnownUser, StoreError> {
    let code = |column| row.try_get::<Option<&str>, _>(column);
    Ok(KnownUser {
        email_key: row.try_get("email_key")?,
        email: row.try_get("email")?,
        name: row.try_get("name")?,
        role: code("role")?.map(codes::parse).transpose()?,
        granted: code("access")?.map(codes::parse).transpose()?,
        updated_at: row
            .try_get::<Option<i64>, _>("updated_at")?
            .map(Timestamp::from_millis),
    })
}

fn read_change(row: &SqliteRow) -> Result<Change, StoreError> {
    Ok(Change {
        id: row.try_get("id")?,
        at: Timestamp::from_millis(row.try_get("at")?),
        by: row.try_get("changed_by")?,
        email: row.try_get("email")?,
        from: codes::parse(row.try_get("from_access")?)?,
        to: codes::parse(row.try_get("to_access")?)?,
    })
}
