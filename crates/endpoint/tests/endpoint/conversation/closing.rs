//! Closing and reopening.

use super::{FIRST, changes, detail, post, reply, with_ticket};
use crate::support::{TestApp, User, raw, sabotage, ticket};
use partner_endpoint::store::Store;
use partner_endpoint::store::tickets::Sight;
use serde_json::{Value, json};
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

async fn switch(app: &TestApp, call: &str, key: &str, body: &Value) -> crate::support::Answer {
    post(app, User::Member, call, key, body).await
}

#[tokio::test]
async fn closing_and_reopening_are_receipts_and_history() {
    let app = with_ticket().await;
    let filed = detail(&app, User::Member).await;
    app.clock.advance(1_000);
    let body = json!({"reason": " It works\r\nagain. "});
    let closed = switch(&app, "close", "c", &body).await.ok(201);
    app.clock.advance(1_000);
    let reopened = post(&app, User::Superadmin, "reopen", "r", &json!({}))
        .await
        .ok(201);
    assert_eq!(
        (&closed["status"], &reopened["status"]),
        (&json!("closed"), &json!("open"))
    );
    let order: Vec<&str> = [&filed, &closed, &reopened]
        .map(|one| one["updated_at"].as_str().expect("instant"))
        .to_vec();
    assert!(order.is_sorted_by(|one, next| one < next), "{order:?}");

    let shown = detail(&app, User::Member).await;
    for (field, value) in reopened.as_object().expect("receipt") {
        assert_eq!(&shown[field], value, "{field}");
    }
    assert_eq!(changes(&shown), ["filed", "closed", "reopened"]);
    assert_eq!(shown["history"][0], filed["history"][0]);
    assert_eq!(
        shown["history"][1],
        json!({
            "at": closed["updated_at"], "change": "closed", "reason": "It works\nagain.",
            "by": {"kind": "partner", "name": "Max Member", "email": "member@partner.example"},
            "severity": filed["severity"], "priority_customer": filed["priority_customer"],
            "classification": filed["classification"],
        })
    );
    assert_eq!(shown["history"][2]["reason"], Value::Null);
    assert_eq!(
        shown["history"][2]["by"]["email"],
        "superadmin@partner.example"
    );
    assert_eq!(shown["history"][0]["by"]["email"], "member@partner.example");
}

#[tokio::test]
async fn lists_follow_the_status() {
    let app = with_ticket().await;
    app.file(User::Member, "other", &ticket()).await.ok(201);
    switch(&app, "close", "c", &json!({})).await.ok(201);
    for (query, wanted) in [
        ("status=closed", vec![FIRST]),
        ("status=open", vec!["PS-EU-000002"]),
        ("status=on_hold", vec![]),
        ("status=closed&sort=updated", vec![FIRST]),
        ("sort=updated", vec![FIRST, "PS-EU-000002"]),
    ] {
        let page = app
            .get_as(User::Member, &format!("/v1/tickets?{query}"))
            .await
            .ok(200);
        let items = page["items"].as_array().expect("items");
        let found: Vec<&str> = items
            .iter()
            .map(|one| one["reference"].as_str().expect("reference"))
            .collect();
        assert_eq!(found, wanted, "{query}");
    }
}

#[tokio::test]
async fn what_is_done_already_is_a_conflict_that_binds_nothing() {
    let app = with_ticket().await;
    switch(&app, "reopen", "k", &json!({}))
        .await
        .problem(409, "ticket_not_closed");
    switch(&app, "close", "k", &json!({})).await.ok(201);
    let before = detail(&app, User::Member).await;
    app.clock.advance(1_000);
    switch(&app, "close", "k2", &json!({"reason": "Twice."}))
        .await
        .problem(409, "ticket_closed");
    reply(&app, User::Member, "k2", "Too late.")
        .await
        .problem(409, "ticket_closed");
    assert_eq!(detail(&app, User::Member).await, before);
    switch(&app, "reopen", "k2", &json!({})).await.ok(201);
    // The same key and body: what they did then, although it is not so any more.
    let again = switch(&app, "close", "k", &json!({})).await;
    assert!(again.is_replay());
    assert_eq!(again.json()["status"], "closed");
    let shown = detail(&app, User::Member).await;
    assert_eq!(shown["status"], "open");
    assert_eq!(changes(&shown), ["filed", "closed", "reopened"]);
    reply(&app, User::Member, "k3", "In time.").await.ok(201);
}

#[tokio::test]
async fn a_ticket_on_hold_is_open_again_when_its_partner_answers() {
    let app = with_ticket().await;
    sabotage(&app, "UPDATE tickets SET status = 'on_hold'").await;
    switch(&app, "reopen", "r", &json!({}))
        .await
        .problem(409, "ticket_not_closed");
    reply(&app, User::Member, "k", "Here it is.").await.ok(201);
    // Once, however often the same is sent.
    assert!(
        reply(&app, User::Member, "k", "Here it is.")
            .await
            .is_replay()
    );
    let ticket = detail(&app, User::Member).await;
    assert_eq!(ticket["status"], "open");
    assert_eq!(ticket["last"]["change"], "replied");
    let history = ticket["history"].as_array().expect("history");
    let changes: Vec<&str> = history
        .iter()
        .filter_map(|entry| entry["change"].as_str())
        .collect();
    assert_eq!(changes, ["filed", "resumed"]);
    assert_eq!(history[1]["by"]["kind"], "partner");
    switch(&app, "close", "c", &json!({})).await.ok(201);
}

#[tokio::test]
async fn a_ticket_on_hold_can_be_closed() {
    let app = with_ticket().await;
    sabotage(&app, "UPDATE tickets SET status = 'on_hold'").await;
    switch(&app, "close", "c", &json!({})).await.ok(201);
    assert_eq!(detail(&app, User::Member).await["status"], "closed");
}

#[tokio::test]
async fn reasons_are_checked() {
    let app = with_ticket().await;
    for (body, violation) in [
        (json!({"reason": 1}), "reason:unknown_value"),
        (json!({"reason": "r".repeat(1_001)}), "reason:too_long"),
        (json!({"reason": "a\u{7}"}), "reason:control_character"),
    ] {
        switch(&app, "close", "k", &body)
            .await
            .refused(&[violation]);
    }
    switch(&app, "close", "k", &json!({"reason": "r", "status": "x"}))
        .await
        .problem(422, "unknown_field");
    let longest = "r".repeat(1_000);
    switch(&app, "close", "k", &json!({"reason": longest}))
        .await
        .ok(201);
    for (index, reason) in [json!(null), json!(""), json!(" \u{200B}\n")]
        .iter()
        .enumerate()
    {
        let call = if index % 2 == 0 { "reopen" } else { "close" };
        switch(&app, call, &format!("k{index}"), &json!({"reason": reason}))
            .await
            .ok(201);
    }
    let shown = detail(&app, User::Member).await;
    assert_eq!(shown["history"][1]["reason"], longest.as_str());
    for index in 2..5 {
        assert_eq!(shown["history"][index]["reason"], Value::Null, "{index}");
    }
}

/// A database of the program before there were conversations.
#[tokio::test]
async fn tickets_from_before_keep_what_they_had() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let file = folder.path().join("endpoint.sqlite");
    let mut database = raw(&file).await;
    let older = [
        include_str!("../../../migrations/sqlite/0001_start.sql"),
        include_str!("../../../migrations/sqlite/0002_access.sql"),
        include_str!("../../../migrations/sqlite/0003_files.sql"),
        include_str!("../../../migrations/sqlite/0004_feedback.sql"),
    ];
    let names = ["start", "access", "files", "feedback"];
    let migrations = (1..).zip(names).zip(older).map(|((version, name), sql)| {
        let sql = sql.into_sql_str();
        Migration::new(version, name.into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(migrations.collect())
        .run(&mut database)
        .await
        .expect("migrated");
    let verdict = r#"{"outcome":"standard","reasons":[],"commitment":null,"policy_version":"1"}"#;
    let old = format!(
        "INSERT INTO shops VALUES ('demo', 'Demo', 'own', 1, 0);
         INSERT INTO tickets VALUES (7, '{FIRST}', 'demo', 'ada@one.example', 'Ada', 'eu', 'eu', 5, 5, 'widget', NULL,
             'open', 'crm', 'Zoho CRM', 1, 'zoid', '20000000001', 'Subject', 'Description', 'a@b.example', NULL, NULL,
             'standard', NULL, 0, '{verdict}', NULL, 'subject');
         INSERT INTO ticket_history VALUES (1, 7, 5, NULL, 0, '{verdict}');
         INSERT INTO files VALUES ('f', 'demo', 'ada@one.example', 'a.txt', 1, 'h', 'text/plain', 5, 7, 0);"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(old))
        .execute(&mut database)
        .await
        .expect("written");
    drop(database);
    let store = Store::open(&file).await.expect("opened");
    let sight = Sight {
        shop_id: "demo".to_owned(),
        created_by: None,
        viewer: String::new(),
    };
    let found = store.ticket(&sight, FIRST).await.expect("read");
    let shown = serde_json::to_value(found.expect("a ticket").detail()).expect("JSON");
    assert_eq!(shown["description"], "Description");
    assert_eq!(shown["messages"], json!([]));
    assert_eq!(shown["attachments"][0]["id"], "f");
    assert_eq!(changes(&shown), ["filed"]);
    assert_eq!(
        shown["history"][0]["by"],
        json!({"kind": "partner", "name": "Ada", "email": "ada@one.example"})
    );
    store.close().await;
}
