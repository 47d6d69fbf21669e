//! What agents do with mails of unverified senders, and its audit trail, which is only ever added to.

use super::super::{Store, StoreError, codes};
use super::kept::{MailRow, read};
use super::{Became, count};
use crate::casework::Agent;
use crate::clock::Timestamp;
use crate::store::sql::{Transaction, query};
use serde::{Deserialize, Serialize};

/// The reason of a mail that an agent set aside, beside those of [`crate::mail::Aside`].
const BY_AGENT: &str = "by_agent";

/// What an agent did with a mail. Codes that were written once are not renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailAct {
    Assigned,
    SetAside,
}

/// A line of a mail's audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailEntry {
    pub at: Timestamp,
    /// Name and address; `None`: from the command line.
    pub by: Option<(String, String)>,
    pub act: MailAct,
    /// Of the ticket that it was assigned to.
    pub reference: Option<String>,
    /// Whose it is, as address key.
    pub sub: Option<String>,
    pub reason: Option<String>,
}

/// A line that is about to be written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) mail: i64,
    pub(super) at: Timestamp,
    pub(super) by: Option<&'a Agent>,
    pub(super) act: MailAct,
    pub(super) reference: Option<&'a str>,
    pub(super) sub: Option<&'a str>,
    pub(super) reason: Option<&'a str>,
}

impl Store {
    /// Mails that became this and were not removed yet, newest first, from the one before `before` on.
    pub async fn mails(
        &self,
        became: Became,
        before: i64,
        limit: u32,
    ) -> Result<Vec<MailRow>, StoreError> {
        let rows = query(
            "SELECT mails.*, reference FROM mails LEFT JOIN tickets ON tickets.id = ticket_id
             WHERE became = $1 AND mails.id < $2 ORDER BY mails.id DESC LIMIT $3",
        )
        .bind(became.code())
        .bind(before)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read).collect()
    }

    /// How many mails of unverified senders wait for an agent.
    pub async fn count_unverified(&self) -> Result<u64, StoreError> {
        let row = query("SELECT count(*) AS n FROM mails WHERE became = 'unverified'")
            .fetch_one(&self.readers)
            .await?;
        let n: i64 = row.try_get("n")?;
        Ok(u64::try_from(n).unwrap_or_default())
    }

    /// Sets the mail of an unverified sender aside. It is kept as long as it would have been, so that a mistake
    /// can be mended. Whether it was still waiting.
    pub async fn set_mail_aside(
        &self,
        mail: i64,
        agent: &Agent,
        reason: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let done = query(
            "UPDATE mails SET became = 'set_aside', reason = $1 WHERE id = $2 AND became = 'unverified'",
        )
        .bind(BY_AGENT)
        .bind(mail)
        .execute(&mut transaction)
        .await?;
        if done == 0 {
            return Ok(false);
        }
        count(&mut transaction, Became::SetAside).await?;
        let line = Line {
            mail,
            at: now,
            by: Some(agent),
            act: MailAct::SetAside,
            reference: None,
            sub: None,
            reason: Some(reason),
        };
        note(&mut transaction, &line).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// What agents did with a mail, oldest first; also of one that is a ticket by now.
    pub async fn mail_trail(&self, mail: i64) -> Result<Vec<MailEntry>, StoreError> {
        let rows = query("SELECT * FROM mail_audit WHERE mail_id = $1 ORDER BY id")
            .bind(mail)
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                let name: Option<String> = row.try_get("agent_name")?;
                Ok(MailEntry {
                    at: Timestamp::from_millis(row.try_get("at")?),
                    by: name.zip(row.try_get("agent_email")?),
                    act: codes::parse(row.try_get("act")?)?,
                    reference: row.try_get("reference")?,
                    sub: row.try_get("sub")?,
                    reason: row.try_get("reason")?,
                })
            })
            .collect()
    }
}

pub(super) async fn note(transaction: &mut Transaction, line: &Line<'_>) -> Result<(), StoreError> {
    query(
        "INSERT INTO mail_audit (mail_id, at, agent_name, agent_email, act, reference, sub, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(line.mail)
    .bind(line.at.millis())
    .bind(line.by.map(|agent| &agent.name))
    .bind(line.by.map(|agent| &agent.email))
    .bind(codes::text(&line.act)?)
    .bind(line.reference)
    .bind(line.sub)
    .bind(line.reason)
    .execute(&mut *transaction)
    .await?;
    Ok(())
}
