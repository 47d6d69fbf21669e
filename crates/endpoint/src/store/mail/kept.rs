//! Mails that became nobody's: of unverified senders, whole, until an agent says whose they are; and a line for
//! each that was set aside.

use super::super::{Store, StoreError, codes};
use super::{Arrived, Became, By, Fate, Taken};
use crate::clock::Timestamp;
use crate::store::sql::{Row, query};

/// What is taken of unverified senders' mails in a day.
const DAY_S: i64 = 24 * 60 * 60;

/// A mail as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailRow {
    pub id: i64,
    pub at: Timestamp,
    pub became: Became,
    pub reason: Option<String>,
    pub from_email: String,
    pub from_name: String,
    pub subject: String,
    pub bytes: u32,
    /// Of the ticket that it became or joined.
    pub reference: Option<String>,
}

/// A mail of an unverified sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unverified {
    pub row: MailRow,
    pub raw: Vec<u8>,
}

impl Store {
    /// Keeps a mail whose sender is not certain. `None`: strangers have sent too much today.
    pub async fn keep_unverified(
        &self,
        mail: &Arrived,
        reason: &str,
        raw: &[u8],
        bytes_per_day: u64,
        now: Timestamp,
    ) -> Result<Option<Taken>, StoreError> {
        let mut transaction = self.write().await?;
        if super::is_known(&mut transaction, mail).await? {
            return Ok(Some(Taken::Known));
        }
        let row = query(
            "SELECT CAST(coalesce(sum(bytes), 0) AS BIGINT) AS bytes FROM mails WHERE became = 'unverified' AND at > ?",
        )
        .bind(now.plus_seconds(-DAY_S).millis())
        .fetch_one(&mut transaction)
        .await?;
        let used: i64 = row.try_get("bytes")?;
        let total = u64::try_from(used).unwrap_or_default() + u64::from(mail.bytes);
        if total > bytes_per_day {
            return Ok(None);
        }
        let fate = Fate {
            became: Became::Unverified,
            by: By::default(),
            reason: Some(reason),
            ticket_id: None,
            at: now,
        };
        let id = super::note(&mut transaction, mail, fate).await?;
        query("INSERT INTO mail_contents (mail_id, raw) VALUES (?, ?)")
            .bind(id)
            .bind(raw)
            .execute(&mut transaction)
            .await?;
        transaction.commit().await?;
        Ok(Some(Taken::New(id.to_string())))
    }

    /// Notes that a mail was set aside, and why. Whether it is the first time.
    pub async fn note_set_aside(
        &self,
        mail: &Arrived,
        reason: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        if super::is_known(&mut transaction, mail).await? {
            return Ok(false);
        }
        let fate = Fate {
            became: Became::SetAside,
            by: By::default(),
            reason: Some(reason),
            ticket_id: None,
            at: now,
        };
        super::note(&mut transaction, mail, fate).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Mails that wait for somebody to look at them: unverified, or set aside. At most `limit`, newest first,
    /// from the one before `before` on.
    pub async fn mails_left(&self, before: i64, limit: u32) -> Result<Vec<MailRow>, StoreError> {
        let rows = query(
            "SELECT mails.*, reference FROM mails LEFT JOIN tickets ON tickets.id = ticket_id
             WHERE became IN ('unverified', 'set_aside') AND mails.id < ? ORDER BY mails.id DESC LIMIT ?",
        )
        .bind(before)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read).collect()
    }

    /// A mail of an unverified sender, as it arrived; also one that an agent set aside.
    pub async fn unverified(&self, id: i64) -> Result<Option<Unverified>, StoreError> {
        let row = query(
            "SELECT mails.*, reference, raw FROM mails JOIN mail_contents ON mail_id = mails.id
             LEFT JOIN tickets ON tickets.id = ticket_id WHERE mails.id = ? AND became IN ('unverified', 'set_aside')",
        )
        .bind(id)
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| {
            Ok(Unverified {
                row: read(&row)?,
                raw: row.try_get("raw")?,
            })
        })
        .transpose()
    }

    /// One mail as a list shows it.
    pub async fn mail(&self, id: i64) -> Result<Option<MailRow>, StoreError> {
        let row = query(
            "SELECT mails.*, reference FROM mails LEFT JOIN tickets ON tickets.id = ticket_id WHERE mails.id = ?",
        )
        .bind(id)
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(read).transpose()
    }
}

pub(super) fn read(row: &Row) -> Result<MailRow, StoreError> {
    Ok(MailRow {
        id: row.try_get("id")?,
        at: Timestamp::from_millis(row.try_get("at")?),
        became: codes::parse(row.try_get("became")?)?,
        reason: row.try_get("reason")?,
        from_email: row.try_get("from_email")?,
        from_name: row.try_get("from_name")?,
        subject: row.try_get("subject")?,
        bytes: row.try_get("bytes")?,
        reference: row.try_get("reference")?,
    })
}
