//! The audit trail after an erasure: what was done and when stays; who it was about does not, and the agent is a number.
//! The database lets no line change before the erasure is on record here.

use super::{Doomed, Why};
use crate::clock::Timestamp;
use crate::store::StoreError;
use crate::store::sql::{Transaction, query};

/// Writes down that something is erased. `None`: of the shop itself.
pub(super) async fn note(
    transaction: &mut Transaction,
    shop_id: &str,
    ticket: Option<&Doomed>,
    why: Why,
    now: Timestamp,
) -> Result<(), StoreError> {
    query("INSERT INTO erasures (at, why, shop_id, ticket_id, reference) VALUES (?, ?, ?, ?, ?)")
        .bind(now.millis())
        .bind(why.code())
        .bind(shop_id)
        .bind(ticket.map(|ticket| ticket.id))
        .bind(ticket.map(|ticket| &ticket.reference))
        .execute(transaction)
        .await?;
    Ok(())
}

/// Takes people out of the lines about a ticket.
pub(super) async fn erase_ticket(
    transaction: &mut Transaction,
    ticket_id: i64,
) -> Result<(), StoreError> {
    // Acts whose values are codes and numbers of ours keep them. Of all others they go, also of those that are yet to
    // be thought of: there may be addresses and words in them.
    query(
        "UPDATE ticket_audit SET reason = NULL,
            before = CASE WHEN act IN ('held', 'resumed', 'closed', 'reopened', 'raised', 'verified', 'licences_seen',
                'classified', 'reclassified', 'reminded', 'filed') THEN before END,
            after = CASE WHEN act IN ('held', 'resumed', 'closed', 'reopened', 'raised', 'verified', 'licences_seen',
                'classified', 'reclassified', 'reminded', 'filed') THEN after END,
            agent_name = CASE WHEN agent_name IS NOT NULL THEN 'agent' END,
            agent_email = CASE WHEN agent_email IS NULL OR agent_name = 'agent' THEN agent_email ELSE 'agent-'
                || CAST(coalesce((SELECT max(id) FROM agents WHERE email = agent_email), 0) AS TEXT) END
         WHERE ticket_id = ?",
    )
    .bind(ticket_id)
    .execute(transaction)
    .await?;
    Ok(())
}

/// The same for what was done with a mail whose sender was not certain.
pub(super) async fn erase_mail(
    transaction: &mut Transaction,
    mail_id: i64,
    why: Why,
    now: Timestamp,
) -> Result<(), StoreError> {
    query("INSERT INTO erasures (at, why, mail_id) VALUES (?, ?, ?)")
        .bind(now.millis())
        .bind(why.code())
        .bind(mail_id)
        .execute(&mut *transaction)
        .await?;
    query(
        "UPDATE mail_audit SET reason = NULL, sub = NULL,
            agent_name = CASE WHEN agent_name IS NOT NULL THEN 'agent' END,
            agent_email = CASE WHEN agent_email IS NULL OR agent_name = 'agent' THEN agent_email ELSE 'agent-'
                || CAST(coalesce((SELECT max(id) FROM agents WHERE email = agent_email), 0) AS TEXT) END
         WHERE mail_id = ?",
    )
    .bind(mail_id)
    .execute(transaction)
    .await?;
    Ok(())
}
