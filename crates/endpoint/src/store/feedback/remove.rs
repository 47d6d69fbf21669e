//! Removing feedback with its key. The rows are gone before the files are: those are the caller's to remove.

use super::super::{Store, StoreError};
use crate::clock::Timestamp;
use crate::store::sql::{Row, Transaction, Writer, query};
use sqlx::Connection;
use std::collections::BTreeSet;

/// Feedback that is no longer there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    pub id: i64,
    /// The ids of its files, which no row names any more.
    pub screenshots: Vec<String>,
}

/// What became of the wish to remove some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Removal {
    /// All of it is gone, in the order of the ids.
    Done(Vec<Removed>),
    /// There is none with these ids, so everything stayed.
    Unknown(Vec<i64>),
}

impl Store {
    /// Removes all of these, or none.
    pub async fn remove_feedback(&self, ids: &BTreeSet<i64>) -> Result<Removal, StoreError> {
        let mut transaction = self.write().await?;
        let (mut removed, mut unknown) = (Vec::new(), Vec::new());
        for &id in ids {
            match remove(&mut transaction, id).await? {
                Some(screenshots) => removed.push(Removed { id, screenshots }),
                None => unknown.push(id),
            }
        }
        if !unknown.is_empty() {
            transaction.rollback().await?;
            return Ok(Removal::Unknown(unknown));
        }
        transaction.commit().await?;
        Ok(Removal::Done(removed))
    }

    /// Removes what was stored at this time or before; gives the ids of its files.
    pub async fn forget_feedback(&self, until: Timestamp) -> Result<Vec<String>, StoreError> {
        let mut transaction = self.write().await?;
        let files = query(
            "DELETE FROM feedback_files
             WHERE feedback_id IN (SELECT id FROM feedback WHERE created_at <= ?) RETURNING id",
        )
        .bind(until.millis())
        .fetch_all(&mut transaction)
        .await?;
        query("DELETE FROM feedback WHERE created_at <= ?")
            .bind(until.millis())
            .execute(&mut transaction)
            .await?;
        transaction.commit().await?;
        ids(&files)
    }

    /// Lets what was removed go from the log beside the database too, where it stands until the log is written
    /// anew. While somebody reads an older state that cannot be, and it stays until later.
    pub async fn empty_log(&self) -> Result<(), StoreError> {
        let Writer::Sqlite(writer) = &self.writer else {
            return Ok(());
        };
        // It waits briefly, since the endpoint's writes wait as well meanwhile; so it is for nothing else.
        let mut connection = writer.acquire().await?.detach();
        sqlx::query("PRAGMA busy_timeout = 500")
            .execute(&mut connection)
            .await?;
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&mut connection)
            .await?;
        Ok(connection.close().await?)
    }
}

/// The ids of its files; `None` if there is no such feedback.
async fn remove(transaction: &mut Transaction, id: i64) -> Result<Option<Vec<String>>, StoreError> {
    let files = query("DELETE FROM feedback_files WHERE feedback_id = ? RETURNING id")
        .bind(id)
        .fetch_all(&mut *transaction)
        .await?;
    let done = query("DELETE FROM feedback WHERE id = ?")
        .bind(id)
        .execute(&mut *transaction)
        .await?;
    (done == 1).then(|| ids(&files)).transpose()
}

fn ids(rows: &[Row]) -> Result<Vec<String>, StoreError> {
    rows.iter().map(|row| Ok(row.try_get("id")?)).collect()
}
