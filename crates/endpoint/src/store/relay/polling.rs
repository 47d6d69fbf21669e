//! Who asks the portal what has changed, and what that leads to: one program at a time, with a cursor on disk.

use crate::clock::Timestamp;
use crate::store::sql::query;
use crate::store::{Store, StoreError};

impl Store {
    /// Begins to ask, if it is time and nobody else is at it: up to where changes are known, 0 at first.
    pub async fn begin_poll(
        &self,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        // Read first: writing is for one at a time.
        let due = query(
            "SELECT 1 FROM relay_control WHERE dc IS NOT NULL AND paused = 0 AND slow_until <= ?1
             AND poll_at <= ?1 AND polling_until <= ?1",
        )
        .bind(now.millis())
        .fetch_optional(&self.readers)
        .await?;
        if due.is_none() {
            return Ok(None);
        }
        let row = query(
            "UPDATE relay_control SET polling_until = ?2 WHERE one = 1 AND dc IS NOT NULL AND paused = 0
             AND slow_until <= ?1 AND poll_at <= ?1 AND polling_until <= ?1 RETURNING seen_until",
        )
        .bind(now.millis())
        .bind(until.millis())
        .fetch_optional(&self.writer)
        .await?;
        row.map(|row| Ok(Timestamp::from_millis(row.try_get("seen_until")?)))
            .transpose()
    }

    /// Ends it. `seen`: up to where changes are known now; `None`: no further than before.
    pub async fn end_poll(
        &self,
        lease: Timestamp,
        next: Timestamp,
        seen: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        query(
            "UPDATE relay_control SET polling_until = 0, poll_at = ?1, seen_until = coalesce(?2, seen_until)
             WHERE one = 1 AND polling_until = ?3",
        )
        .bind(next.millis())
        .bind(seen.map(Timestamp::millis))
        .bind(lease.millis())
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Something has happened at the portal to the ticket that it calls so: it is read again, unless it was read as it
    /// is now.
    pub async fn look_again(
        &self,
        upstream_id: &str,
        modified: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        query(
            "UPDATE relay SET look = 1, next_at = CASE WHEN state = 'done' THEN ?1 ELSE next_at END,
                state = CASE WHEN state = 'done' THEN 'waiting' ELSE state END
             WHERE upstream_id = ?2 AND look = 0
             AND (?3 IS NULL OR upstream_modified IS NULL OR upstream_modified <> ?3)",
        )
        .bind(now.millis())
        .bind(upstream_id)
        .bind(modified)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Tickets that are not closed, and were not read since then, are read again; so many at a time.
    pub async fn look_at_old(
        &self,
        since: Timestamp,
        now: Timestamp,
        most: u32,
    ) -> Result<(), StoreError> {
        query(
            "UPDATE relay SET look = 1, state = 'waiting', next_at = ?1 WHERE ticket_id IN (
                SELECT ticket_id FROM relay JOIN tickets ON tickets.id = ticket_id
                WHERE state = 'done' AND done_at < ?2 AND status <> 'closed' ORDER BY done_at LIMIT ?3)",
        )
        .bind(now.millis())
        .bind(since.millis())
        .bind(most)
        .execute(&self.writer)
        .await?;
        Ok(())
    }
}
