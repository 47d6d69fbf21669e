//! Reminders of R11: where the partner has to be told where it stands, and was not.

use super::super::{Store, StoreError};
use super::audit;
use crate::casework::audit::{AuditAct, Line};
use crate::clock::Timestamp;
use crate::store::sql::query;

/// Marked in one transaction; the rest is marked the next time.
const BATCH: u32 = 200;

/// A bound of the resolution, and the column that says when agents were reminded of it.
const BOUNDS: [(&str, &str); 2] = [
    (
        "aim",
        "UPDATE tickets SET reminded_aim_at = ?1 WHERE id IN (
            SELECT id FROM tickets INDEXED BY queue_duty WHERE inform_at IS NOT NULL AND inform_at <= ?1
                AND inform_at = resolution_aim_at AND reminded_aim_at IS NULL LIMIT ?2
        ) RETURNING id",
    ),
    (
        "due",
        "UPDATE tickets SET reminded_due_at = ?1 WHERE id IN (
            SELECT id FROM tickets INDEXED BY queue_duty WHERE inform_at IS NOT NULL AND inform_at <= ?1
                AND resolution_due_at <= ?1 AND reminded_due_at IS NULL LIMIT ?2
        ) RETURNING id",
    ),
];

impl Store {
    /// Marks the tickets whose partner has to be told where it stands; each once per bound, with an audit line.
    /// How many marks were made.
    pub async fn mark_reminders(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut marks = 0;
        let mut transaction = self.write().await?;
        for (bound, sql) in BOUNDS {
            let rows = query(sql)
                .bind(now.millis())
                .bind(BATCH)
                .fetch_all(&mut transaction)
                .await?;
            let line = Line::new(AuditAct::Reminded).to(Some(bound));
            for row in rows {
                audit::note(&mut transaction, row.try_get("id")?, now, None, &line).await?;
                marks += 1;
            }
        }
        transaction.commit().await?;
        Ok(marks)
    }
}
