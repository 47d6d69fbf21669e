//! Open tickets whose verdict came from the directory, and what new accounts or new rules make of it.

use super::super::tickets::row;
use super::super::{Store, StoreError};
use super::{audit, find, write};
use crate::casework::Step;
use crate::ticket::Record;
use sqlx::{Row, SqliteExecutor};

/// The name under which `meta` keeps how often the directory has changed.
const DIRECTORY: &str = "directory_changes";
/// The name under which `meta` keeps what all open tickets were last verified against.
const VERIFIED: &str = "verified_against";

impl Store {
    /// The next tickets after this row, in the order of rows.
    pub async fn to_reverify(
        &self,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(i64, Record)>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM tickets INDEXED BY tickets_to_reverify
             WHERE status <> 'closed' AND superadmin_email IS NOT NULL AND by_hand = 0
                AND outcome IN ('undecided', 'priority', 'standard')
                AND id > ? ORDER BY id LIMIT ?",
        )
        .bind(after)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|found| Ok((found.try_get("id")?, row::read(found)?)))
            .collect()
    }

    /// Writes what `decide` makes of a ticket; `None`: it stays as it is. Whether something was written.
    pub(crate) async fn reclassify(
        &self,
        reference: &str,
        decide: impl FnOnce(Record) -> Option<Step>,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let Some((ticket, ticket_id)) = find(&mut *transaction, reference).await? else {
            return Ok(false);
        };
        let Some(step) = decide(ticket) else {
            return Ok(false);
        };
        write(&mut transaction, ticket_id, &step, None).await?;
        for line in &step.audit {
            let at = step.ticket.updated_at;
            audit::note(&mut transaction, ticket_id, at, None, line).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// How often the directory has changed since this database was made.
    pub async fn directory_changes(&self) -> Result<String, StoreError> {
        Ok(read(&self.readers, DIRECTORY).await?.unwrap_or_default())
    }

    /// What all open tickets were last verified against, in the words of whoever did it.
    pub async fn verified_against(&self) -> Result<Option<String>, StoreError> {
        read(&self.readers, VERIFIED).await
    }

    pub async fn note_verified(&self, against: &str) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(VERIFIED)
        .bind(against.as_bytes())
        .execute(&self.writer)
        .await?;
        Ok(())
    }
}

/// Counts a change of the directory, in the change's own transaction.
pub(in crate::store) async fn directory_changed(
    executor: impl SqliteExecutor<'_>,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO meta (name, value) VALUES (?, CAST('1' AS BLOB)) ON CONFLICT (name) DO UPDATE
         SET value = CAST(CAST(CAST(CAST(value AS TEXT) AS INTEGER) + 1 AS TEXT) AS BLOB)",
    )
    .bind(DIRECTORY)
    .execute(executor)
    .await?;
    Ok(())
}

async fn read(executor: impl SqliteExecutor<'_>, name: &str) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT value FROM meta WHERE name = ?")
        .bind(name)
        .fetch_optional(executor)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let bytes: Vec<u8> = row.try_get("value")?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}
