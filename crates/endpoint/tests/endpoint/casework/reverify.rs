//! New accounts and new rules on open tickets.

use super::{Desk, FIRST, hours, large, texts, unknown, verdict, with};
use crate::support::{demo, on};
use partner_endpoint::config::{RawConfig, RawLimits, RawStore};
use serde_json::{Value, json};

const HEAD: &str = "superadmin_email,dc,service,user_licences\n";

fn account(licences: u32) -> String {
    format!("{HEAD}boss@elsewhere.example,eu,CRM,{licences}\n")
}

async fn watch(desk: &Desk) {
    desk.app.app.watch().await.expect("watched");
}

#[tokio::test]
async fn imported_accounts_decide_what_was_undecided() {
    let desk = Desk::demo().await;
    desk.file(&unknown()).await;
    desk.later(7);
    desk.import(&account(500)).await;
    watch(&desk).await;
    let partner = desk.partner(FIRST).await;
    assert_eq!(verdict(&partner), ("priority", &json!("S1"), true));
    assert_eq!(
        texts(&partner["history"], "change"),
        ["filed", "reclassified"]
    );
    assert_eq!(partner["history"][1]["by"], Value::Null);
    let due = &partner["timeline"][0]["due_at"];
    assert_eq!(hours(&partner["created_at"], due), 3.0, "from its receipt");
    let case = desk.case(FIRST).await;
    let line = &case["audit"][0];
    assert_eq!(
        (&line["act"], &line["by"], &line["before"], &line["after"]),
        (
            &json!("reclassified"),
            &Value::Null,
            &json!("undecided"),
            &json!("priority")
        )
    );
    // Nothing has changed since: nothing is written.
    watch(&desk).await;
    assert_eq!(desk.case(FIRST).await, case);
    desk.import(&account(5)).await;
    watch(&desk).await;
    let partner = desk.partner(FIRST).await;
    assert_eq!(verdict(&partner), ("standard", &Value::Null, false));
    assert_eq!(partner["timeline"], json!([]));
}

#[tokio::test]
async fn what_agents_decided_closed_or_raised_is_left_alone() {
    let desk = Desk::demo().await;
    let by_hand = desk.file(&unknown()).await;
    let closed = desk.file(&unknown()).await;
    let excluded = desk
        .file(&with(&[
            ("service", json!("Campaigns")),
            ("superadmin_email", json!("boss@elsewhere.example")),
            ("org_id", json!("20000000099")),
        ]))
        .await;
    let raised = desk.file(&unknown()).await;
    desk.done(
        &by_hand,
        "verify",
        json!({"class": "standard", "licences": 3}),
    )
    .await;
    desk.done(&closed, "close", json!({})).await;
    desk.done(&raised, "raise", json!({"reason": "r"})).await;
    desk.import(&account(500)).await;
    watch(&desk).await;
    let outcome = async |reference: &str| {
        let partner = desk.partner(reference).await;
        partner["classification"]["outcome"].clone()
    };
    assert_eq!(outcome(&by_hand).await, "standard");
    assert_eq!(outcome(&closed).await, "undecided");
    assert_eq!(outcome(&excluded).await, "excluded");
    assert_eq!(outcome(&raised).await, "priority");
    desk.import(&account(5)).await;
    watch(&desk).await;
    let partner = desk.partner(&raised).await;
    assert_eq!(verdict(&partner), ("standard", &json!("S1"), false));
}

#[tokio::test]
async fn a_new_policy_verifies_at_start_and_an_old_one_changes_nothing() {
    let desk = Desk::demo().await;
    desk.file(&large()).await;
    let shown = desk.partner(FIRST).await;
    let desk = Desk::of(desk.app.restart(demo(RawLimits::default())).await).await;
    assert_eq!(desk.partner(FIRST).await, shown);
    let policy = desk.app.folder.path().join("policy.json");
    let strict = partner_rules::policy::DEFAULT_JSON.replacen(
        "\"thresholds\": {}",
        "\"thresholds\": {\"eu\": 1000}",
        1,
    );
    std::fs::write(&policy, strict).expect("written");
    let raw = RawConfig {
        store: RawStore {
            policy: Some(policy),
            ..RawStore::default()
        },
        ..demo(RawLimits::default())
    };
    let desk = Desk::of(desk.app.restart(raw).await).await;
    let partner = desk.partner(FIRST).await;
    assert_eq!(verdict(&partner), ("standard", &Value::Null, false));
    assert_eq!(
        texts(&partner["history"], "change"),
        ["filed", "reclassified"]
    );
}

/// The program imports, and the endpoint that runs beside it sees that.
#[tokio::test]
async fn an_import_by_the_command_line_is_seen() {
    let desk = Desk::demo().await;
    desk.file(&unknown()).await;
    let csv = desk.app.folder.path().join("accounts.csv");
    std::fs::write(&csv, account(500)).expect("written");
    let data = desk.app.folder.path().join("data");
    let (code, said) = on(&data, &["accounts", "import", &csv.to_string_lossy()]);
    assert_eq!(code, 0, "{said}");
    watch(&desk).await;
    assert_eq!(
        verdict(&desk.partner(FIRST).await),
        ("priority", &json!("S1"), true)
    );
}

/// More than a batch.
#[tokio::test]
async fn however_many_there_are_all_are_looked_at() {
    let desk = Desk::demo().await;
    desk.file(&unknown()).await;
    desk.behind(
        "INSERT INTO tickets (reference, shop_id, created_by, created_by_name, dc, region, created_at, updated_at, channel, status,
            service_id, service_name, service_listed, org_id_kind, org_id, subject, description, superadmin_email, outcome,
            priority_customer, classification, search_text, clock_at)
         WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 450)
         SELECT 'PS-EU-' || substr(CAST(1000000 + i AS TEXT), 2), shop_id, created_by, created_by_name, dc, region, created_at, updated_at, channel, status,
            service_id, service_name, service_listed, org_id_kind, org_id, subject, description, superadmin_email, outcome,
            priority_customer, classification, search_text, clock_at FROM n, tickets WHERE reference = 'PS-EU-000001'",
    )
    .await;
    desk.import(&account(500)).await;
    watch(&desk).await;
    let counts = desk.get("/agent/queues").await;
    let count = |queue: &str| {
        let items = counts["items"].as_array().expect("items");
        items
            .iter()
            .find(|one| one["queue"] == queue)
            .expect("queue")["tickets"]
            .clone()
    };
    assert_eq!(
        (count("needs_verification"), count("open")),
        (json!(0), json!(450))
    );
    assert_eq!(
        verdict(&desk.partner("PS-EU-000450").await),
        ("priority", &json!("S1"), true)
    );
}
