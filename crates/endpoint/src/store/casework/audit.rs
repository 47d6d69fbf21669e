//! The audit trail: lines are written and read, never changed or removed.

use super::super::{StoreError, codes};
use crate::casework::Agent;
use crate::casework::audit::{Entry, Line, Who};
use crate::clock::Timestamp;
use crate::store::sql::{Executor, Row, Transaction, query};

/// `by`: `None` for what the endpoint does by itself.
pub(in crate::store) async fn note(
    transaction: &mut Transaction,
    ticket_id: i64,
    at: Timestamp,
    by: Option<&Agent>,
    line: &Line,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO ticket_audit (ticket_id, at, agent_name, agent_email, act, before, after, reason)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(ticket_id)
    .bind(at.millis())
    .bind(by.map(|agent| &agent.name))
    .bind(by.map(|agent| &agent.email))
    .bind(codes::text(&line.act)?)
    .bind(&line.before)
    .bind(&line.after)
    .bind(&line.reason)
    .execute(&mut *transaction)
    .await?;
    Ok(())
}

/// Oldest first.
pub(super) async fn of_ticket(
    executor: impl Into<Executor<'_>>,
    ticket_id: i64,
) -> Result<Vec<Entry>, StoreError> {
    let rows = query("SELECT * FROM ticket_audit WHERE ticket_id = ? ORDER BY id")
        .bind(ticket_id)
        .fetch_all(executor)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Entry, StoreError> {
    let name: Option<String> = row.try_get("agent_name")?;
    let email: Option<String> = row.try_get("agent_email")?;
    Ok(Entry {
        at: Timestamp::from_millis(row.try_get("at")?).rfc3339(),
        by: name.zip(email).map(|(name, email)| Who { name, email }),
        act: codes::parse(row.try_get("act")?)?,
        before: row.try_get("before")?,
        after: row.try_get("after")?,
        reason: row.try_get("reason")?,
    })
}
