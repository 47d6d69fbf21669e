//! Who is signed in at the desk. A session ends when it was idle for too long, when it is too old, when the
//! agent signs out, gets another password or is removed.

use crate::agents::{Agent, Secret};
use crate::clock::Timestamp;
use crate::store::sql::query;
use crate::store::{Store, StoreError};

/// A session that nobody used for so long has ended.
const IDLE_S: i64 = 60 * 60;
/// However busy, a session ends after a working day.
const WHOLE_S: i64 = 12 * 60 * 60;
/// That a session is used is written at most so often: reading a page should not write.
const SEEN_S: i64 = 60;

impl Store {
    /// Begins a session; the sessions that have ended are removed with this.
    pub async fn begin_session(
        &self,
        agent_id: i64,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        query("DELETE FROM agent_sessions WHERE seen_at <= ? OR created_at <= ?")
            .bind(now.plus_seconds(-IDLE_S).millis())
            .bind(now.plus_seconds(-WHOLE_S).millis())
            .execute(&mut transaction)
            .await?;
        query(
            "INSERT INTO agent_sessions (hash, agent_id, created_at, seen_at) VALUES (?, ?, ?, ?)",
        )
        .bind(secret.hash().as_slice())
        .bind(agent_id)
        .bind(now.millis())
        .bind(now.millis())
        .execute(&mut transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Whose session this is, if it has not ended; notes that it is used.
    pub async fn session(
        &self,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<Option<Agent>, StoreError> {
        let hash = secret.hash();
        let row = query(
            "SELECT id, email, name, seen_at FROM agent_sessions JOIN agents ON agents.id = agent_id
             WHERE hash = ? AND seen_at > ? AND agent_sessions.created_at > ?",
        )
        .bind(hash.as_slice())
        .bind(now.plus_seconds(-IDLE_S).millis())
        .bind(now.plus_seconds(-WHOLE_S).millis())
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let seen_at = Timestamp::from_millis(row.try_get("seen_at")?);
        if seen_at.plus_seconds(SEEN_S) <= now {
            query("UPDATE agent_sessions SET seen_at = ? WHERE hash = ?")
                .bind(now.millis())
                .bind(hash.as_slice())
                .execute(&self.writer)
                .await?;
        }
        super::read(&row).map(Some)
    }

    /// Ends a session; one that has ended already is no failure.
    pub async fn end_session(&self, secret: &Secret) -> Result<(), StoreError> {
        query("DELETE FROM agent_sessions WHERE hash = ?")
            .bind(secret.hash().as_slice())
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
