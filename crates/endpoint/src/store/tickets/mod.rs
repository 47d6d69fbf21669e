//! Tickets: filing one, finding one. Every question names the shop, and for users what they may see.

mod list;
mod row;

pub use list::{Filter, Listed, Position, Sort};

use super::idempotency::{self, Bound, Fingerprint, Scope};
use super::{Store, StoreError, codes, files};
use crate::clock::Timestamp;
use crate::rates::Identity;
use crate::ticket::Record;
use partner_rules::wire::{Attachment, HistoryEntry};
use partner_rules::{Dc, Severity};
use sqlx::{Row, Sqlite, Transaction};

/// Whose tickets: all of the shop's, or one user's.
#[derive(Clone, Debug)]
pub struct Sight {
    pub shop_id: String,
    /// `None`: all of the shop's.
    pub created_by: Option<String>,
}

/// What became of an attempt to file.
#[derive(Debug)]
pub enum Filed {
    /// Stored just now: the answer's body.
    New(String),
    /// The key stood for something already.
    Bound(Bound),
    /// An upload is unknown, used or too old; nothing was stored.
    UploadGone,
}

impl Store {
    /// Files a ticket under the next reference, gives it the uploads and binds the key to it, in one
    /// transaction.
    pub async fn file(
        &self,
        mut ticket: Record,
        uploads: &[String],
        scope: &Scope,
        fingerprint: &Fingerprint,
    ) -> Result<Filed, StoreError> {
        let mut transaction = self.write().await?;
        if let Some(bound) = idempotency::find(&mut *transaction, scope, fingerprint).await? {
            return Ok(Filed::Bound(bound));
        }
        ticket.reference = next_reference(&mut transaction, ticket.dc).await?;
        let id = row::insert(&mut transaction, &ticket).await?;
        note_classification(&mut transaction, id, &ticket).await?;
        let whose = Identity {
            shop_id: &scope.shop_id,
            sub: &scope.sub,
        };
        if !files::take(&mut transaction, id, whose, uploads, ticket.created_at).await? {
            return Ok(Filed::UploadGone);
        }
        let answer = codes::to_json(&ticket.receipt())?;
        idempotency::bind(
            &mut transaction,
            scope,
            fingerprint,
            &answer,
            ticket.created_at,
        )
        .await?;
        transaction.commit().await?;
        Ok(Filed::New(answer))
    }

    pub async fn ticket(
        &self,
        sight: &Sight,
        reference: &str,
    ) -> Result<Option<(Record, Vec<HistoryEntry>, Vec<Attachment>)>, StoreError> {
        let found = sqlx::query(
            "SELECT * FROM tickets WHERE reference = ? AND shop_id = ? AND (? IS NULL OR created_by = ?)",
        )
        .bind(reference)
        .bind(&sight.shop_id)
        .bind(&sight.created_by)
        .bind(&sight.created_by)
        .fetch_optional(&self.readers)
        .await?;
        let Some(found) = found else { return Ok(None) };
        let id = found.try_get("id")?;
        let (history, attachments) = (self.history(id).await?, self.attachments(id).await?);
        Ok(Some((row::read(&found)?, history, attachments)))
    }

    async fn history(&self, ticket_id: i64) -> Result<Vec<HistoryEntry>, StoreError> {
        let rows = sqlx::query(
            "SELECT at, severity, priority_customer, classification FROM ticket_history WHERE ticket_id = ? ORDER BY id",
        )
        .bind(ticket_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(HistoryEntry {
                    at: Timestamp::from_millis(row.try_get("at")?).rfc3339(),
                    severity: row
                        .try_get::<Option<&str>, _>("severity")?
                        .map(codes::parse)
                        .transpose()?,
                    priority_customer: row.try_get("priority_customer")?,
                    classification: codes::from_json(row.try_get("classification")?)?,
                })
            })
            .collect()
    }

    pub async fn count_tickets(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query("SELECT count(*) AS n FROM tickets")
            .fetch_one(&self.readers)
            .await?
            .try_get("n")?)
    }
}

/// `PS-EU-000123`: counted per data centre, so that endpoints of other groups never give the same.
async fn next_reference(
    transaction: &mut Transaction<'_, Sqlite>,
    dc: Dc,
) -> Result<String, StoreError> {
    let row = sqlx::query(
        "INSERT INTO reference_counters (dc, last) VALUES (?, 1) ON CONFLICT (dc) DO UPDATE SET last = last + 1 RETURNING last",
    )
    .bind(dc.code())
    .fetch_one(&mut **transaction)
    .await?;
    let number: i64 = row.try_get("last")?;
    Ok(format!("PS-{}-{number:06}", dc.code().to_uppercase()))
}

async fn note_classification(
    transaction: &mut Transaction<'_, Sqlite>,
    ticket_id: i64,
    ticket: &Record,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO ticket_history (ticket_id, at, severity, priority_customer, classification) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(ticket_id)
    .bind(ticket.created_at.millis())
    .bind(ticket.severity.map(Severity::code))
    .bind(ticket.priority_customer)
    .bind(codes::to_json(&ticket.classification)?)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
