//! Tickets: by many users of few large shops and many small ones, most of them closed, the newest open.

use super::{SPAN_MS, Seed, Verdicts, words};
use crate::store::StoreError;
use crate::store::sql::{Transaction, query};

/// Chance is five draws of a generator modulo 2^31 - 1 for each number, so that a row does not depend on the batch
/// that it came in. `a` squared chooses the shop and `b` squared the user: few have much, many have little.
const TICKETS: &str = "INSERT INTO tickets (id, reference, shop_id, created_by, created_by_name, dc, region, created_at,
        updated_at, channel, lang, status, service_id, service_name, service_listed, org_id_kind, org_id, subject,
        description, superadmin_email, customer_email, outcome, severity, priority_customer, classification, search_text,
        lacked_address, clock_at, first_response_at, determined_at, resolved_at, last_change, last_by, told_at,
        first_response_aim_at, first_response_due_at, determination_aim_at, determination_due_at, resolution_aim_at,
        resolution_due_at)
     WITH RECURSIVE numbers (n) AS (SELECT ?2 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?3),
     mixed (n, x) AS (SELECT n, (n * 7919 + ?1 * 104729) % 2147483647 FROM numbers),
     squared (n, x) AS (SELECT n, (x * x + 12345) % 2147483647 FROM mixed),
     drawn1 (n, a) AS (SELECT n, (x * x + 54321) % 2147483647 FROM squared),
     drawn2 (n, a, b) AS (SELECT n, a, (a * 48271 + 11) % 2147483647 FROM drawn1),
     drawn3 (n, a, b, c) AS (SELECT n, a, b, (b * 48271 + 11) % 2147483647 FROM drawn2),
     drawn4 (n, a, b, c, d) AS (SELECT n, a, b, c, (c * 48271 + 11) % 2147483647 FROM drawn3),
     drawn (n, a, b, c, d, e) AS (SELECT n, a, b, c, d, (d * 48271 + 11) % 2147483647 FROM drawn4),
     placed AS (SELECT n, c, d, e,
        'shop-' || CAST(100000 + ?4 * (a / 2148) * (a / 2148) / 1000000000000 AS TEXT) AS shop_id,
        8 * (b / 2148) * (b / 2148) / 1000000000000 AS u,
        'customer' || CAST(c % ?7 AS TEXT) || '.example' AS customer,
        CAST(20000000000 + c % ?7 AS TEXT) AS org_id,
        CASE WHEN n < 1000000 THEN 'PS-EU-' || substr(CAST(1000000 + n AS TEXT), 2) ELSE 'PS-EU-' || CAST(n AS TEXT) END
            AS reference,
        rtrim(substr(?8, CAST(1 + 32 * (d % 16) AS INTEGER), 32)) || ' '
            || rtrim(substr(?9, CAST(1 + 32 * (e % 16) AS INTEGER), 32)) || ', case ' || CAST(d % 9973 AS TEXT) AS subject,
        ?6 - (?5 - n) * ?11 / ?5 AS created_at,
        (?5 - n) * ?11 / ?5 AS age
     FROM drawn),
     filed AS (SELECT placed.*, 'user' || CAST(u AS TEXT) || '@' || shop_id || '.example' AS created_by,
        rtrim(substr(?10, CAST(1 + 32 * u AS INTEGER), 32)) AS created_by_name,
        CASE WHEN (c / 7) % 20 < 5 THEN 'priority' WHEN (c / 7) % 20 < 14 THEN 'standard'
            WHEN (c / 7) % 20 < 17 THEN 'undecided' ELSE 'manual' END AS outcome,
        CASE WHEN age < 864000000 THEN age ELSE 864000000 END AS room,
        CASE WHEN age > 3888000000 THEN CASE WHEN d % 250 = 0 THEN 'on_hold' ELSE 'closed' END
            WHEN age > 864000000 THEN CASE WHEN d % 10 < 8 THEN 'closed' ELSE 'open' END
            WHEN d % 10 < 3 THEN 'closed' WHEN d % 10 = 9 THEN 'on_hold' ELSE 'open' END AS status
     FROM placed),
     worked AS (SELECT filed.*,
        CASE WHEN status <> 'open' OR d % 3 > 0 THEN created_at + room * (e % 100) / 1000 END AS first_response_at,
        CASE WHEN status <> 'open' OR d % 3 > 0 THEN created_at + room * (e % 1000) / 1000 ELSE created_at END AS updated_at,
        CASE WHEN status = 'closed' THEN 'closed' WHEN status = 'on_hold' THEN 'held'
            WHEN d % 3 > 0 THEN 'replied' ELSE 'filed' END AS last_change,
        CASE WHEN status = 'on_hold' OR d % 3 = 1 THEN 'agent' ELSE 'partner' END AS last_by
     FROM filed)
     SELECT n, reference, shop_id, created_by, created_by_name, 'eu', 'eu', created_at, updated_at,
        CASE WHEN d % 9 = 0 THEN 'email' ELSE 'widget' END, CASE WHEN d % 2 = 0 THEN 'en' ELSE 'de' END, status,
        CASE WHEN c % 3 = 0 THEN 'forms' ELSE 'crm' END, CASE WHEN c % 3 = 0 THEN 'Zoho Forms' ELSE 'Zoho CRM' END, 1,
        'zoid', org_id, subject,
        subject || '. It worked before; nothing was changed on our side. We see it for ' || CAST(e % 90 AS TEXT)
            || ' users of ' || customer || ', in every browser. Steps: sign in, open the page, wait until it has loaded,'
            || ' press the button. Expected: it is done. Instead: a message that says that something went wrong.',
        CASE WHEN outcome <> 'manual' THEN 'admin@' || customer END, CASE WHEN d % 4 = 0 THEN 'user@' || customer END,
        outcome, CASE outcome WHEN 'priority' THEN 'S1' END, CASE outcome WHEN 'priority' THEN 1 ELSE 0 END,
        CASE outcome WHEN 'priority' THEN ?13 WHEN 'standard' THEN ?14 WHEN 'undecided' THEN ?15 ELSE ?16 END,
        lower(subject || ?12 || reference || ?12 || org_id
            || CASE WHEN outcome <> 'manual' THEN ?12 || 'admin@' || customer ELSE '' END
            || CASE WHEN d % 4 = 0 THEN ?12 || 'user@' || customer ELSE '' END),
        CASE outcome WHEN 'manual' THEN 1 ELSE 0 END, CASE WHEN outcome <> 'manual' THEN created_at END,
        first_response_at, CASE WHEN status = 'closed' THEN first_response_at END,
        CASE WHEN status = 'closed' THEN updated_at END, last_change, last_by,
        CASE last_by WHEN 'agent' THEN updated_at END,
        CASE outcome WHEN 'priority' THEN created_at + ?17 END, CASE outcome WHEN 'priority' THEN created_at + ?18 END,
        CASE outcome WHEN 'priority' THEN created_at + ?19 END, CASE outcome WHEN 'priority' THEN created_at + ?20 END,
        CASE outcome WHEN 'priority' THEN created_at + ?21 END, CASE outcome WHEN 'priority' THEN created_at + ?22 END
     FROM worked";

/// Tickets with these numbers, which are their ids.
pub(super) async fn add(
    transaction: &mut Transaction,
    seed: &Seed,
    verdicts: &Verdicts,
    (first, last): (i64, i64),
) -> Result<(), StoreError> {
    let hours = [
        verdicts.hours.first_response_h,
        verdicts.hours.problem_determination_h,
        verdicts.hours.resolution_h,
    ];
    let mut insert = query(TICKETS)
        .bind(seed.seed)
        .bind(first)
        .bind(last)
        .bind(seed.shops)
        .bind(seed.tickets)
        .bind(seed.now.millis())
        .bind(seed.customers())
        .bind(words::troubles())
        .bind(words::occasions())
        .bind(words::names())
        .bind(SPAN_MS)
        .bind("\n")
        .bind(&verdicts.priority)
        .bind(&verdicts.standard)
        .bind(&verdicts.undecided)
        .bind(&verdicts.manual);
    for hours in hours.into_iter().flatten() {
        insert = insert.bind(i64::from(hours) * 3_600_000);
    }
    insert.execute(transaction).await?;
    Ok(())
}
