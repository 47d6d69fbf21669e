//! Agents: the register. [`sessions`] who is signed in at the desk, [`tokens`] what `/agent` is called with;
//! `search` finds them any ticket.
//!
//! Never here: a password, a cookie's value or a token itself.

mod search;
pub mod sessions;
pub mod tokens;

use super::{Store, StoreError};
use crate::agents::Agent;
use crate::clock::Timestamp;
use crate::store::sql::{Row, query};

/// An agent as the operator lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentEntry {
    pub agent: Agent,
    pub created_at: Timestamp,
    pub sessions: u32,
    pub tokens: u32,
}

/// An agent that is about to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewAgent<'a> {
    pub email_key: &'a str,
    pub email: &'a str,
    pub name: &'a str,
    /// As a PHC string; `None`: nobody can sign in with a password.
    pub password: Option<&'a str>,
    pub demo: bool,
}

impl Store {
    /// Adds an agent; `None` if the address has one.
    pub async fn add_agent(
        &self,
        new: &NewAgent<'_>,
        now: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        let row = query(
            "INSERT INTO agents (email_key, email, name, password, demo, created_at) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT DO NOTHING RETURNING id",
        )
        .bind(new.email_key)
        .bind(new.email)
        .bind(new.name)
        .bind(new.password)
        .bind(new.demo)
        .bind(now.millis())
        .fetch_optional(&self.writer)
        .await?;
        row.map(|row| Ok(row.try_get("id")?)).transpose()
    }

    /// The agent of this address, with the hash of their password.
    pub async fn agent(
        &self,
        email_key: &str,
    ) -> Result<Option<(Agent, Option<String>)>, StoreError> {
        let row = query("SELECT id, email, name, password FROM agents WHERE email_key = ?")
            .bind(email_key)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| Ok((read(&row)?, row.try_get("password")?)))
            .transpose()
    }

    /// All of them by address, with what they have open at this instant.
    pub async fn agents(&self, now: Timestamp) -> Result<Vec<AgentEntry>, StoreError> {
        let rows = query(
            "SELECT id, email, name, created_at,
             (SELECT count(*) FROM agent_sessions WHERE agent_id = agents.id) AS sessions,
             (SELECT count(*) FROM agent_tokens WHERE agent_id = agents.id AND coalesce(expires_at, ?1 + 1) > ?1) AS tokens
             FROM agents ORDER BY email_key",
        )
        .bind(now.millis())
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(AgentEntry {
                    agent: read(row)?,
                    created_at: Timestamp::from_millis(row.try_get("created_at")?),
                    sessions: row.try_get("sessions")?,
                    tokens: row.try_get("tokens")?,
                })
            })
            .collect()
    }

    /// Whether there is anybody to open a desk for.
    pub async fn has_agents(&self) -> Result<bool, StoreError> {
        let found = query("SELECT 1 FROM agents LIMIT 1")
            .fetch_optional(&self.readers)
            .await?;
        Ok(found.is_some())
    }

    /// Removes an agent with their sessions and tokens; whether there was one. What they said and did
    /// stays under their name.
    pub async fn remove_agent(&self, email_key: &str) -> Result<bool, StoreError> {
        let done = query("DELETE FROM agents WHERE email_key = ?")
            .bind(email_key)
            .execute(&self.writer)
            .await?;
        Ok(done > 0)
    }

    /// Gives an agent another password and ends their sessions, in one transaction; whether there is one.
    pub async fn set_password(&self, email_key: &str, password: &str) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let row = query("UPDATE agents SET password = ? WHERE email_key = ? RETURNING id")
            .bind(password)
            .bind(email_key)
            .fetch_optional(&mut transaction)
            .await?;
        let Some(row) = row else { return Ok(false) };
        query("DELETE FROM agent_sessions WHERE agent_id = ?")
            .bind(row.try_get::<i64>("id")?)
            .execute(&mut transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

fn read(row: &Row) -> Result<Agent, StoreError> {
    Ok(Agent {
        id: row.try_get("id")?,
        email: row.try_get("email")?,
        name: row.try_get("name")?,
    })
}
