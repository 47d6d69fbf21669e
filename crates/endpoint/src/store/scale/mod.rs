//! Tests of how questions are answered when there is much: on whichever database the run names, with data made up.

mod desk;
mod filled;
mod made_up;
mod partners;

use super::sql::plans::Asked;

/// Tables that grow with the installation. None of them is ever read from end to end by a call.
const LARGE: [&str; 17] = [
    "account_addresses",
    "account_domains",
    "account_identifiers",
    "accounts",
    "events",
    "feedback",
    "files",
    "idempotency_keys",
    "mails",
    "messages",
    "subscriptions",
    "ticket_audit",
    "ticket_history",
    "ticket_seen",
    "tickets",
    "users",
    "verify_audit",
];

/// The steps that read a large table without an index that leads to what is asked for.
fn long_ways(asked: &[Asked]) -> Vec<String> {
    let mut found = Vec::new();
    for question in asked {
        for step in &question.plan {
            if is_long_way(step) {
                found.push(format!("{step}\n  of: {}", question.sql));
            }
        }
    }
    found
}

fn is_long_way(step: &str) -> bool {
    // SQLite: `SCAN tickets`, but `SCAN tickets USING INDEX queue_open` is of a queue and in its order.
    // PostgreSQL: `->  Seq Scan on tickets  (cost=…)`.
    let scanned = step.split_once("Seq Scan on ").or_else(|| {
        let scan = step
            .split_once("SCAN ")
            .filter(|(before, _)| before.is_empty());
        scan.filter(|(_, rest)| !rest.contains("INDEX queue_"))
    });
    let table = scanned.and_then(|(_, rest)| rest.split_whitespace().next());
    table.is_some_and(|table| LARGE.contains(&table))
}

/// The steps that put rows in order that come in another one.
fn sorted(asked: &[Asked]) -> Vec<String> {
    let steps = asked.iter().flat_map(|question| &question.plan);
    let sorting = steps.filter(|step| {
        let step = step.trim_start().trim_start_matches("-> ").trim_start();
        step.starts_with("USE TEMP B-TREE FOR ORDER BY") || step.starts_with("Sort ")
    });
    sorting.cloned().collect()
}

/// PostgreSQL goes by how many rows there are, and of few it sorts all; SQLite, which does not count, goes the way that
/// is right for many.
fn decides_without_numbers() -> bool {
    std::env::var_os(filled::VARIABLE).is_none()
}

/// One test, since filling a database takes longer than all the rest.
#[tokio::test]
async fn no_call_reads_a_large_table_from_end_to_end() {
    let (store, _folder) = filled::with(12_000, 1).await;
    partners::lists_are_read_in_their_order_whatever_narrows_them_down(&store).await;
    partners::a_search_reads_tickets_of_its_shop_alone(&store).await;
    partners::a_ticket_is_read_with_all_that_belongs_to_it_from_indexes(&store).await;
    partners::an_account_is_found_from_indexes(&store).await;
    partners::filing_asks_indexes_alone_and_so_does_filing_again(&store).await;
    partners::who_watches_is_told_from_indexes(&store).await;
    desk::a_queue_is_read_in_its_order_and_counted_from_its_index(&store).await;
    desk::a_case_is_read_with_all_that_belongs_to_it_from_indexes(&store).await;
    desk::what_is_done_every_minute_reads_what_is_due_alone(&store).await;
}

#[test]
fn a_long_way_is_seen_in_either_database_s_words() {
    for step in [
        "SCAN tickets",
        "  ->  Seq Scan on tickets  (cost=0.00..1.00 rows=1)",
        "SCAN events USING COVERING INDEX events_by_age",
    ] {
        assert!(is_long_way(step), "{step}");
    }
    for step in [
        "SEARCH tickets USING INDEX tickets_of_shop (shop_id=?)",
        "SCAN tickets USING INDEX queue_open",
        "Seq Scan on shops  (cost=",
        "Index Scan using tickets_of_shop on tickets",
    ] {
        assert!(!is_long_way(step), "{step}");
    }
}
