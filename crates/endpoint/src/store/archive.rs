//! A database as it is, for backups and checks: they must not bring it up to date, since a backup is what
//! one takes before that. Databases of older programs are read, those of newer ones are refused.

use super::sql::Readers;
use super::sqlite::BUSY;
use super::{OpenError, StoreError, files, migrations};
use crate::feedback;
use sqlx::Row;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};
use std::path::Path;

/// The migration that files came with.
const SINCE_FILES: i64 = 3;
/// The migration that feedback came with.
const SINCE_FEEDBACK: i64 = 4;
/// The migration that events came with.
const SINCE_EVENTS: i64 = 7;
/// The migration that the relay came with.
const SINCE_RELAY: i64 = 12;
/// The migration that later changes came with.
const SINCE_CHANGES: i64 = 13;
/// More than happens in a shop between two backups.
const FAR: i64 = 1_000_000_000;
const PAGE: u32 = 500;

#[derive(Clone, Debug)]
pub struct Archive {
    pool: SqlitePool,
    version: i64,
}

/// What is known of a file that should be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    pub id: String,
    pub size: u64,
    /// In hexadecimal.
    pub sha256: String,
    /// Of the ticket or feedback that it belongs to.
    pub reference: Option<String>,
}

impl Archive {
    pub async fn open(file: &Path) -> Result<Self, OpenError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .foreign_keys(true)
            .busy_timeout(BUSY);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options)
            .await
            .map_err(OpenError::Open)?;
        let row = sqlx::query("SELECT coalesce(max(version), 0) AS version FROM _sqlx_migrations")
            .fetch_one(&pool)
            .await
            .map_err(OpenError::Foreign)?;
        let version = row.try_get("version").map_err(OpenError::Foreign)?;
        if version > migrations::newest() {
            return Err(OpenError::Newer(version));
        }
        Ok(Self { pool, version })
    }

    /// Writes a whole copy, as of one instant, while others read and write.
    pub async fn copy_to(&self, file: &str) -> Result<(), StoreError> {
        sqlx::query("VACUUM INTO ?")
            .bind(file)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// What SQLite finds wrong with the file and between its tables.
    pub async fn flaws(&self) -> Result<Vec<String>, StoreError> {
        let mut flaws = Vec::new();
        for row in sqlx::query("PRAGMA integrity_check")
            .fetch_all(&self.pool)
            .await?
        {
            let text: String = row.try_get(0)?;
            if text != "ok" {
                flaws.push(text);
            }
        }
        for row in sqlx::query("PRAGMA foreign_key_check")
            .fetch_all(&self.pool)
            .await?
        {
            let (table, parent): (String, String) = (row.try_get(0)?, row.try_get(2)?);
            flaws.push(format!("a row of {table} belongs to none of {parent}"));
        }
        Ok(flaws)
    }

    /// A page of the files that should be there, in the order of their ids; none at the end.
    pub async fn files_after(&self, id: &str) -> Result<Vec<Expected>, StoreError> {
        if self.version < SINCE_FILES {
            return Ok(Vec::new());
        }
        let sql = if self.has_feedback() {
            "SELECT files.id AS id, size, sha256, reference, NULL AS feedback_id
             FROM files LEFT JOIN tickets ON tickets.id = ticket_id WHERE files.id > ?1
             UNION ALL SELECT id, size, sha256, NULL, feedback_id FROM feedback_files WHERE id > ?1
             ORDER BY id LIMIT ?2"
        } else {
            "SELECT files.id AS id, size, sha256, reference, NULL AS feedback_id
             FROM files LEFT JOIN tickets ON tickets.id = ticket_id WHERE files.id > ?1
             ORDER BY files.id LIMIT ?2"
        };
        let rows = sqlx::query(sql)
            .bind(id)
            .bind(PAGE)
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| {
                let size: i64 = row.try_get("size")?;
                let feedback: Option<i64> = row.try_get("feedback_id")?;
                let ticket: Option<String> = row.try_get("reference")?;
                Ok(Expected {
                    id: row.try_get("id")?,
                    size: u64::try_from(size).unwrap_or_default(),
                    sha256: row.try_get("sha256")?,
                    reference: feedback.map(feedback::reference).or(ticket),
                })
            })
            .collect()
    }

    /// Those of the names that no row has.
    pub async fn without_row(&self, names: &[&str]) -> Result<Vec<String>, StoreError> {
        if self.version < SINCE_FILES {
            return Ok(names.iter().map(|&name| name.to_owned()).collect());
        }
        files::without_row(
            &Readers::Sqlite(self.pool.clone()),
            names,
            self.has_feedback(),
        )
        .await
    }

    /// Removes the row of a file that was removed while this copy was made.
    pub async fn forget_file(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM files WHERE id = ?")
            .bind(id)
            .execute(&self.pool)
            .await?;
        if self.has_feedback() {
            sqlx::query("DELETE FROM feedback_files WHERE id = ?")
                .bind(id)
                .execute(&self.pool)
                .await?;
        }
        Ok(())
    }

    /// Lets events count on from far away. What happens after this copy was made is not what happens in it, so
    /// whoever watched the one is told to load again by the other.
    pub async fn count_on(&self) -> Result<(), StoreError> {
        if self.version < SINCE_EVENTS {
            return Ok(());
        }
        sqlx::query("UPDATE event_counters SET last = last + ?1, removed = last + ?1")
            .bind(FAR)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// A copy is not the installation that it was made of, and what that one keeps elsewhere is not the copy's.
    pub async fn forget_installation(&self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM meta WHERE name = 'installation'")
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Puts every ticket in doubt that waited to be handed on. It may have been since this copy was made, so whoever
    /// goes on with the copy looks for it before anything is created.
    pub async fn doubt_relay(&self) -> Result<(), StoreError> {
        if self.version < SINCE_RELAY {
            return Ok(());
        }
        sqlx::query(
            "UPDATE relay SET begun_at = coalesce(begun_at, next_at),
                state = CASE WHEN state IN ('waiting', 'leased') THEN 'unknown' ELSE state END
             WHERE state <> 'done' AND upstream_id IS NULL",
        )
        .execute(&self.pool)
        .await?;
        if self.version >= SINCE_CHANGES {
            // Long ago: what is found at the first look is there, and what is not is not.
            sqlx::query(
                "UPDATE relay_changes SET begun_at = coalesce(begun_at, 0) WHERE done_at IS NULL",
            )
            .execute(&self.pool)
            .await?;
        }
        Ok(())
    }

    const fn has_feedback(&self) -> bool {
        self.version >= SINCE_FEEDBACK
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }
}
