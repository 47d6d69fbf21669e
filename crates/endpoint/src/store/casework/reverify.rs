//! Open tickets whose verdict came from the directory, and what new accounts or new rules make of it.

use super::super::tickets::row;
use super::super::{Store, StoreError};
use super::{audit, find, write};
use crate::casework::Step;
use crate::store::sql::{Executor, Transaction, query};
use crate::ticket::Record;

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
        let rows = query(
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
        let Some((ticket, ticket_id)) = find(&mut transaction, reference).await? else {
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
        note(&self.writer, VERIFIED, against).await
    }
}

/// Counts a change of the directory, in the change's own transaction.
pub(in crate::store) async fn directory_changed(
    transaction: &mut Transaction,
) -> Result<(), StoreError> {
    let before = read(&mut *transaction, DIRECTORY).await?;
    let before = before.and_then(|count| count.parse::<u64>().ok());
    let count = before.unwrap_or_default().saturating_add(1).to_string();
    note(&mut *transaction, DIRECTORY, &count).await
}

async fn note(
    executor: impl Into<Executor<'_>>,
    name: &str,
    value: &str,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind(name)
    .bind(value.as_bytes())
    .execute(executor)
    .await?;
    Ok(())
}

async fn read(executor: impl Into<Executor<'_>>, name: &str) -> Result<Option<String>, StoreError> {
    let row = query("SELECT value FROM meta WHERE name = ?")
        .bind(name)
        .fetch_optional(executor)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let bytes: Vec<u8> = row.try_get("value")?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}
