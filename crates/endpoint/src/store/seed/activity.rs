//! What was said and done about tickets: messages, history, marks of who has read what, the audit trail, keys, events,
//! and feedback.

use super::{DAY_MS, Seed};
use crate::store::sql::{Transaction, query};
use crate::store::{Store, StoreError};

/// For the tickets from `?1` to `?2`.
const OF_TICKETS: [&str; 7] = [
    "INSERT INTO ticket_history (ticket_id, at, change, author_kind, author_name, author_email, severity,
        priority_customer, classification)
     SELECT id, created_at, 'filed', 'partner', created_by_name, created_by, severity, priority_customer, classification
     FROM tickets WHERE id BETWEEN ?1 AND ?2",
    "INSERT INTO ticket_history (ticket_id, at, change, reason, author_kind, author_name, author_email, severity,
        priority_customer, classification)
     SELECT id, updated_at, 'closed', 'It works again.', 'agent', 'Kim', 'kim@support.example', severity,
        priority_customer, classification
     FROM tickets WHERE id BETWEEN ?1 AND ?2 AND status = 'closed'",
    // None to four for each, in turns, the last of an agent's turn being a note among agents.
    "INSERT INTO messages (public_id, ticket_id, at, author_kind, author_name, author_email, text, internal)
     SELECT 'seed-' || CAST(tickets.id AS TEXT) || '-' || CAST(turns.k AS TEXT), tickets.id,
        first_response_at + (updated_at - first_response_at) * turns.k / 4,
        CASE WHEN turns.k % 2 = 1 THEN 'agent' ELSE 'partner' END,
        CASE WHEN turns.k % 2 = 1 THEN 'Kim' ELSE created_by_name END,
        CASE WHEN turns.k % 2 = 1 THEN 'kim@support.example' ELSE created_by END,
        'We have looked at it: ' || subject || '. Please try again, and tell us what the page says then.',
        CASE WHEN turns.k = 3 THEN 1 ELSE 0 END
     FROM tickets JOIN (SELECT 1 AS k UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) AS turns
        ON turns.k <= tickets.id % 5
     WHERE tickets.id BETWEEN ?1 AND ?2 AND first_response_at IS NOT NULL",
    "INSERT INTO ticket_seen (ticket_id, sub, shop_id, unread)
     SELECT id, created_by, shop_id, CASE WHEN last_by = 'agent' AND id % 8 = 0 THEN 1 ELSE 0 END
     FROM tickets WHERE id BETWEEN ?1 AND ?2",
    "INSERT INTO ticket_seen (ticket_id, sub, shop_id, unread)
     SELECT id, 'user0@' || shop_id || '.example', shop_id, CASE WHEN last_by = 'agent' AND id % 20 = 0 THEN 1 ELSE 0 END
     FROM tickets WHERE id BETWEEN ?1 AND ?2 AND id % 4 = 0 ON CONFLICT DO NOTHING",
    "INSERT INTO ticket_audit (ticket_id, at, agent_name, agent_email, act, before, after)
     SELECT id, updated_at, 'Kim', 'kim@support.example', 'closed', 'open', 'closed'
     FROM tickets WHERE id BETWEEN ?1 AND ?2 AND status = 'closed' AND id % 2 = 0",
    "INSERT INTO ticket_audit (ticket_id, at, agent_name, agent_email, act, before, after)
     SELECT id, first_response_at, 'Kim', 'kim@support.example', 'completed', NULL, superadmin_email
     FROM tickets WHERE id BETWEEN ?1 AND ?2 AND first_response_at IS NOT NULL AND superadmin_email IS NOT NULL
        AND id % 10 = 0",
];

/// For the tickets from `?1` to `?2` that were filed after `?3`.
const OF_LATE: [(&str, i64); 2] = [
    (
        "INSERT INTO idempotency_keys (shop_id, sub, key, fingerprint, answer, created_at)
         SELECT shop_id, created_by, 'seed-' || CAST(id AS TEXT), ?4, '{\"reference\":\"' || reference || '\"}', created_at
         FROM tickets WHERE id BETWEEN ?1 AND ?2 AND created_at > ?3",
        31,
    ),
    (
        "INSERT INTO verify_audit (at, shop_id, sub, dc, service_id, address_hash, account)
         SELECT created_at, shop_id, created_by, 'eu', service_id, ?4,
            CASE outcome WHEN 'priority' THEN 'large' ELSE 'standard' END
         FROM tickets WHERE id BETWEEN ?1 AND ?2 AND created_at > ?3 AND superadmin_email IS NOT NULL",
        400,
    ),
];

pub(super) async fn add(
    transaction: &mut Transaction,
    seed: &Seed,
    (first, last): (i64, i64),
) -> Result<(), StoreError> {
    for sql in OF_TICKETS {
        query(sql)
            .bind(first)
            .bind(last)
            .execute(&mut *transaction)
            .await?;
    }
    for (sql, days) in OF_LATE {
        query(sql)
            .bind(first)
            .bind(last)
            .bind(seed.now.millis() - days * DAY_MS)
            .bind([0_u8; 32].as_slice())
            .execute(&mut *transaction)
            .await?;
    }
    Ok(())
}

/// What is counted over all of them.
const AT_LAST: [&str; 3] = [
    "INSERT INTO events (shop_id, number, at, ticket_id, change)
     SELECT shop_id, row_number() OVER (PARTITION BY shop_id ORDER BY id), created_at, id, 'filed'
     FROM tickets WHERE created_at > ? AND id > 0",
    "INSERT INTO event_counters (shop_id, last) SELECT shop_id, max(number) FROM events GROUP BY shop_id",
    "INSERT INTO reference_counters (dc, last) SELECT 'eu', max(id) FROM tickets",
];

pub(super) async fn finish(store: &Store, seed: &Seed) -> Result<(), StoreError> {
    let mut transaction = store.write().await?;
    let [events, rest @ ..] = AT_LAST;
    query(events)
        .bind(seed.now.millis() - DAY_MS)
        .execute(&mut transaction)
        .await?;
    for sql in rest {
        query(sql).execute(&mut transaction).await?;
    }
    query(
        "INSERT INTO feedback (created_at, name, email, subject, description, lang, bytes, key, fingerprint)
         SELECT created_at, 'Visitor', 'visitor' || CAST(id AS TEXT) || '@web.example', 'A word is wrong',
            'On the page about the plans.', 'de', 100, 'seed-' || CAST(id AS TEXT), ?
         FROM tickets WHERE id % 1000 = 0",
    )
    .bind([0_u8; 32].as_slice())
    .execute(&mut transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}
