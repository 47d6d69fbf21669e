//! What operators see of tickets on their way, and do about them.

use super::{FieldError, RelayState};
use crate::clock::Timestamp;
use crate::store::sql::{Row, query};
use crate::store::{Store, StoreError, codes};

/// How many tickets are where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub state: RelayState,
    pub tickets: u64,
}

/// A ticket on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    pub ticket_id: i64,
    pub reference: String,
    pub state: RelayState,
    pub attempts: u32,
    pub next_at: Timestamp,
    pub problem: Option<String>,
    pub errors: Vec<FieldError>,
    /// If it has been created, but not read back yet.
    pub upstream_number: Option<String>,
}

impl Store {
    pub async fn relay_counts(&self) -> Result<Vec<Counted>, StoreError> {
        let rows = query("SELECT state, count(*) AS n FROM relay GROUP BY state ORDER BY state")
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                let n: i64 = row.try_get("n")?;
                Ok(Counted {
                    state: codes::parse(row.try_get("state")?)?,
                    tickets: u64::try_from(n).unwrap_or_default(),
                })
            })
            .collect()
    }

    /// A page of tickets that are not done, in the order of their filing, after this one.
    pub async fn relay_pending(&self, after: i64, limit: u32) -> Result<Vec<Pending>, StoreError> {
        let rows = query(
            "SELECT ticket_id, reference, state, attempts, next_at, problem, errors, upstream_number
             FROM relay JOIN tickets ON tickets.id = ticket_id
             WHERE state <> 'done' AND ticket_id > ?1 ORDER BY ticket_id LIMIT ?2",
        )
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read).collect()
    }

    /// Where one ticket is, and what it is called upstream; `None`: it is not handed on.
    pub async fn relayed(
        &self,
        reference: &str,
    ) -> Result<Option<(RelayState, Option<String>)>, StoreError> {
        let row = query(
            "SELECT state, upstream_number FROM relay JOIN tickets ON tickets.id = ticket_id
             WHERE reference = ?1",
        )
        .bind(reference)
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| {
            Ok((
                codes::parse(row.try_get("state")?)?,
                row.try_get("upstream_number")?,
            ))
        })
        .transpose()
    }

    /// Makes tickets that wait, for whatever, due now: one, or all (those that are held back stay so). How many.
    pub async fn retry_relay(
        &self,
        reference: Option<&str>,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        // It may exist upstream if a creation is open: then it is looked for first.
        let done = query(
            "UPDATE relay SET state = CASE WHEN begun_at IS NULL THEN 'waiting' ELSE 'unknown' END,
                next_at = ?1, attempts = 0
             WHERE state IN ('waiting', 'unknown', 'parked')
             AND (?2 IS NULL OR ticket_id = (SELECT id FROM tickets WHERE reference = ?2))",
        )
        .bind(now.millis())
        .bind(reference)
        .execute(&self.writer)
        .await?;
        Ok(done)
    }

    /// Holds one ticket back, unless somebody works on it; whether that was done.
    pub async fn hold_relay(&self, reference: &str) -> Result<bool, StoreError> {
        let done = query(
            "UPDATE relay SET state = 'paused' WHERE state IN ('waiting', 'unknown', 'parked')
             AND ticket_id = (SELECT id FROM tickets WHERE reference = ?1)",
        )
        .bind(reference)
        .execute(&self.writer)
        .await?;
        Ok(done == 1)
    }

    /// Lets a ticket that was held back go on; whether there was one.
    pub async fn release_relay(&self, reference: &str, now: Timestamp) -> Result<bool, StoreError> {
        let done = query(
            "UPDATE relay SET state = CASE WHEN begun_at IS NULL THEN 'waiting' ELSE 'unknown' END,
                next_at = ?1, attempts = 0 WHERE state = 'paused'
             AND ticket_id = (SELECT id FROM tickets WHERE reference = ?2)",
        )
        .bind(now.millis())
        .bind(reference)
        .execute(&self.writer)
        .await?;
        Ok(done == 1)
    }
}

fn read(row: &Row) -> Result<Pending, StoreError> {
    let attempts: i64 = row.try_get("attempts")?;
    let errors: Option<String> = row.try_get("errors")?;
    Ok(Pending {
        ticket_id: row.try_get("ticket_id")?,
        reference: row.try_get("reference")?,
        state: codes::parse(row.try_get("state")?)?,
        attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        next_at: Timestamp::from_millis(row.try_get("next_at")?),
        problem: row.try_get("problem")?,
        errors: errors.as_deref().map_or(Ok(Vec::new()), codes::from_json)?,
        upstream_number: row.try_get("upstream_number")?,
    })
}
