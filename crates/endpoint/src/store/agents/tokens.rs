//! Tokens that `/agent` is called with.

use crate::agents::{Agent, Secret};
use crate::clock::Timestamp;
use crate::store::sql::query;
use crate::store::{Store, StoreError};

/// A token that is about to be recorded.
#[derive(Clone, Copy, Debug)]
pub struct NewToken<'a> {
    pub agent_id: i64,
    pub secret: &'a Secret,
    /// What the operator calls it.
    pub label: &'a str,
    /// `None`: until it is withdrawn.
    pub expires_at: Option<Timestamp>,
}

/// A token as the operator lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenEntry {
    pub id: i64,
    pub email: String,
    pub label: String,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
}

impl Store {
    /// Records a token, and gives the number that it is withdrawn by.
    pub async fn add_agent_token(
        &self,
        new: &NewToken<'_>,
        now: Timestamp,
    ) -> Result<i64, StoreError> {
        let row = query(
            "INSERT INTO agent_tokens (hash, agent_id, label, created_at, expires_at) VALUES (?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(new.secret.hash().as_slice())
        .bind(new.agent_id)
        .bind(new.label)
        .bind(now.millis())
        .bind(new.expires_at.map(Timestamp::millis))
        .fetch_one(&self.writer)
        .await?;
        Ok(row.try_get("id")?)
    }

    /// Whose token this is, if it is still good.
    pub async fn agent_of_token(
        &self,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<Option<Agent>, StoreError> {
        let row = query(
            "SELECT agents.id, email, name FROM agent_tokens JOIN agents ON agents.id = agent_id
             WHERE hash = ? AND (expires_at IS NULL OR expires_at > ?)",
        )
        .bind(secret.hash().as_slice())
        .bind(now.millis())
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(super::read).transpose()
    }

    /// All that were not withdrawn, by agent.
    pub async fn agent_tokens(&self) -> Result<Vec<TokenEntry>, StoreError> {
        let rows = query(
            "SELECT agent_tokens.id, email, label, agent_tokens.created_at, expires_at
             FROM agent_tokens JOIN agents ON agents.id = agent_id ORDER BY email_key, agent_tokens.id",
        )
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                let expires_at: Option<i64> = row.try_get("expires_at")?;
                Ok(TokenEntry {
                    id: row.try_get("id")?,
                    email: row.try_get("email")?,
                    label: row.try_get("label")?,
                    created_at: Timestamp::from_millis(row.try_get("created_at")?),
                    expires_at: expires_at.map(Timestamp::from_millis),
                })
            })
            .collect()
    }

    /// Withdraws one token; whether there was one of this number.
    pub async fn withdraw_agent_token(&self, id: i64) -> Result<bool, StoreError> {
        let done = query("DELETE FROM agent_tokens WHERE id = ?")
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(done > 0)
    }

    /// Removes the demo agent's tokens of earlier starts that no running process can still hand out.
    pub async fn forget_demo_agent_tokens(&self, before: Timestamp) -> Result<(), StoreError> {
        query(
            "DELETE FROM agent_tokens WHERE created_at < ? AND agent_id IN (SELECT id FROM agents WHERE demo = 1)",
        )
        .bind(before.millis())
        .execute(&self.writer)
        .await?;
        Ok(())
    }
}
