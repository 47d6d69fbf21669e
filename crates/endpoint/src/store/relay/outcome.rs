//! What became of an attempt. Whoever has lost the lease meanwhile writes nothing.

use super::{Job, RelayState};
use crate::clock::Timestamp;
use crate::store::sql::query;
use crate::store::{Store, StoreError, codes};
use serde::{Deserialize, Serialize};

/// What a ticket is called upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    pub id: String,
    pub number: Option<String>,
    pub url: Option<String>,
}

/// What the portal's own rules made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub status: Option<String>,
    pub flag: Option<bool>,
    pub severity: Option<String>,
    /// When it was last changed, in the portal's words.
    pub modified: Option<String>,
}

/// What the portal does not take, as far as it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// As the portal calls it, such as `cf/cf_service`.
    pub field: String,
    /// `invalid`, `duplicate`, `missing`, or what it said.
    pub code: String,
}

/// An attempt that came to nothing.
#[derive(Clone, Debug)]
pub struct Later<'a> {
    /// [`Waiting`](RelayState::Waiting), [`Unknown`](RelayState::Unknown) or [`Parked`](RelayState::Parked).
    pub state: RelayState,
    pub at: Timestamp,
    /// When a creation left whose outcome is not known.
    pub begun_at: Option<Timestamp>,
    /// A code.
    pub problem: &'a str,
    pub errors: &'a [FieldError],
    /// Whether it counts as an attempt: being asked to slow down does not.
    pub counts: bool,
}

impl Store {
    /// It has been created, or was found; it remains to be read back, by whoever holds the lease. `told`: changes
    /// that the creation included.
    pub async fn relay_created(
        &self,
        job: &Job,
        upstream: &Upstream,
        told: &[i64],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let done = query(
            "UPDATE relay SET upstream_id = ?1, upstream_number = ?2, upstream_url = ?3, begun_at = NULL, attempts = 0
             WHERE ticket_id = ?4 AND lease = ?5 AND state = 'leased' AND upstream_id IS NULL",
        )
        .bind(&upstream.id)
        .bind(&upstream.number)
        .bind(&upstream.url)
        .bind(job.ticket_id)
        .bind(job.lease)
        .execute(&mut transaction)
        .await?;
        if done != 1 {
            return Ok(false);
        }
        for change in told {
            query("UPDATE relay_changes SET done_at = ?1 WHERE id = ?2")
                .bind(now.millis())
                .bind(*change)
                .execute(&mut transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// It is there as it is here, and was read back. If something has happened since on either side, it is due again.
    pub async fn relay_done(
        &self,
        job: &Job,
        standing: &Standing,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = query(
            "UPDATE relay SET
                state = CASE WHEN look = 1 OR EXISTS (SELECT 1 FROM relay_changes
                    WHERE relay_changes.ticket_id = relay.ticket_id AND relay_changes.done_at IS NULL)
                    THEN 'waiting' ELSE 'done' END,
                next_at = ?1, done_at = ?1, problem = NULL, errors = NULL, attempts = 0,
                upstream_status = ?2, upstream_flag = ?3, upstream_severity = ?4, upstream_modified = ?5
             WHERE ticket_id = ?6 AND lease = ?7 AND state = 'leased' AND upstream_id IS NOT NULL",
        )
        .bind(now.millis())
        .bind(&standing.status)
        .bind(standing.flag.map(i64::from))
        .bind(&standing.severity)
        .bind(&standing.modified)
        .bind(job.ticket_id)
        .bind(job.lease)
        .execute(&self.writer)
        .await?;
        Ok(done == 1)
    }

    /// Gives a ticket back.
    pub async fn relay_later(&self, job: &Job, later: &Later<'_>) -> Result<bool, StoreError> {
        let errors = match later.errors {
            [] => None,
            errors => Some(codes::to_json(&errors)?),
        };
        let done = query(
            "UPDATE relay SET state = ?1, next_at = ?2, begun_at = ?3, problem = ?4, errors = ?5, attempts = attempts + ?6
             WHERE ticket_id = ?7 AND lease = ?8 AND state = 'leased'",
        )
        .bind(later.state.code())
        .bind(later.at.millis())
        .bind(later.begun_at.map(Timestamp::millis))
        .bind(later.problem)
        .bind(errors)
        .bind(i64::from(later.counts))
        .bind(job.ticket_id)
        .bind(job.lease)
        .execute(&self.writer)
        .await?;
        Ok(done == 1)
    }
}
