//! Mails, by what became of them. A mail's row is written in the transaction of what it became, and the same
//! mail has one row: whoever delivers it twice, at once or later, stores nothing the second time.

mod doubts;
mod kept;
pub mod outbox;
mod people;
pub mod suggestions;
mod taken;

pub use doubts::{MailAct, MailEntry};
pub use kept::{MailRow, Unverified};
pub use people::Shopper;
pub use suggestions::{Suggestion, SuggestionField, SuggestionSource};
pub use taken::{Assigned, Joined, MailTicket, Taken};

use super::{Store, StoreError, codes};
use crate::clock::Timestamp;
use crate::store::sql::{Executor, Transaction, query};
use serde::{Deserialize, Serialize};

/// What a mail is known by, and what a list shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    pub message_id: String,
    pub content: [u8; 32],
    pub from_email: String,
    pub from_name: String,
    pub subject: String,
    pub bytes: u32,
}

/// Whom the mail server vouched for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct By<'a> {
    pub shop_id: &'a str,
    pub sub: &'a str,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    Ticket,
    Reply,
    /// Nobody's ticket: who sent it is not certain.
    Unverified,
    /// An agent said whose it is.
    Assigned,
    SetAside,
}

impl Became {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Reply => "reply",
            Self::Unverified => "unverified",
            Self::Assigned => "assigned",
            Self::SetAside => "set_aside",
        }
    }
}

/// A row that is about to be written.
#[derive(Clone, Copy, Debug)]
struct Fate<'a> {
    became: Became,
    by: By<'a>,
    reason: Option<&'a str>,
    ticket_id: Option<i64>,
    at: Timestamp,
}

impl Store {
    /// Whether this mail has a row already: it need not be looked at again.
    pub async fn knows_mail(&self, mail: &Arrived, by: By<'_>) -> Result<bool, StoreError> {
        Ok(find(&self.readers, mail, by).await?.is_some())
    }

    /// How many mails became what, in all.
    pub async fn mail_counts(&self) -> Result<Vec<(Became, u64)>, StoreError> {
        let rows = query("SELECT became, n FROM mail_counts ORDER BY became")
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                let n: i64 = row.try_get("n")?;
                Ok((
                    codes::parse(row.try_get("became")?)?,
                    u64::try_from(n).unwrap_or_default(),
                ))
            })
            .collect()
    }

    /// Removes rows, and the mails of unverified senders, that are older.
    pub async fn forget_mails(&self, before: Timestamp) -> Result<u64, StoreError> {
        let done = query("DELETE FROM mails WHERE at < ?")
            .bind(before.millis())
            .execute(&self.writer)
            .await?;
        Ok(done)
    }
}

async fn find(
    executor: impl Into<Executor<'_>>,
    mail: &Arrived,
    by: By<'_>,
) -> Result<Option<i64>, StoreError> {
    let row = query(
        "SELECT id FROM mails WHERE message_id = ? AND content = ? AND shop_id = ? AND sub = ?",
    )
    .bind(&mail.message_id)
    .bind(mail.content.as_slice())
    .bind(by.shop_id)
    .bind(by.sub)
    .fetch_optional(executor)
    .await?;
    row.map(|row| Ok(row.try_get("id")?)).transpose()
}

/// Whether this mail has a row, whoever was vouched for.
async fn is_known(executor: impl Into<Executor<'_>>, mail: &Arrived) -> Result<bool, StoreError> {
    let row = query("SELECT 1 FROM mails WHERE message_id = ? AND content = ?")
        .bind(&mail.message_id)
        .bind(mail.content.as_slice())
        .fetch_optional(executor)
        .await?;
    Ok(row.is_some())
}

/// Writes the row of a mail, and counts it. Only after [`find`] in the same transaction.
async fn note(
    transaction: &mut Transaction,
    mail: &Arrived,
    fate: Fate<'_>,
) -> Result<i64, StoreError> {
    let row = query(
        "INSERT INTO mails (at, message_id, content, shop_id, sub, became, reason, from_email, from_name, subject, bytes, ticket_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(fate.at.millis())
    .bind(&mail.message_id)
    .bind(mail.content.as_slice())
    .bind(fate.by.shop_id)
    .bind(fate.by.sub)
    .bind(fate.became.code())
    .bind(fate.reason)
    .bind(&mail.from_email)
    .bind(&mail.from_name)
    .bind(&mail.subject)
    .bind(mail.bytes)
    .bind(fate.ticket_id)
    .fetch_one(&mut *transaction)
    .await?;
    count(transaction, fate.became).await?;
    Ok(row.try_get("id")?)
}

async fn count(transaction: &mut Transaction, became: Became) -> Result<(), StoreError> {
    query(
        "INSERT INTO mail_counts (became, n) VALUES (?, 1) ON CONFLICT (became) DO UPDATE SET n = mail_counts.n + 1",
    )
    .bind(became.code())
    .execute(&mut *transaction)
    .await?;
    Ok(())
}
