//! Once per key, whatever happens.

use crate::support::{Request, TestApp, User, ticket};
use partner_endpoint::store::idempotency::Scope;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

#[tokio::test]
async fn the_same_request_gets_the_same_receipt_and_says_so() {
    let app = TestApp::demo().await;
    let first = app.file(User::Member, "k", &ticket()).await;
    let again = app.file(User::Member, "k", &ticket()).await;
    assert_eq!(first.ok(201), again.ok(201));
    assert!(!first.is_replay());
    assert!(again.is_replay());
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 1);
}

#[tokio::test]
async fn form_of_the_json_does_not_matter_but_every_value_does() {
    let app = TestApp::demo().await;
    let token = app.token(User::Member).await;
    app.file(User::Member, "k", &ticket()).await.ok(201);
    let spaced = r#"{ "superadmin_email":"admin@small.example","description":"Since\u0020this morning.",
        "subject":"Contacts do not sync","org_id":"20000000002","org_id_kind":"zoid","service":"Zoho CRM",
        "region":"eu","dc":"eu","customer_email":null,"zuid":null,"uploads":[],"lang":null}"#;
    let request = Request::post("/v1/tickets", &json!({}))
        .body(spaced)
        .key("k")
        .token(&token);
    let again = app.send(request).await;
    again.ok(201);
    assert!(again.is_replay());

    for (field, value) in [
        ("subject", json!("Contacts do not  sync")),
        ("region", json!("us")),
        ("org_id_kind", json!("zgid")),
        ("superadmin_email", Value::Null),
        ("customer_email", json!("x@y.example")),
        ("lang", json!("de")),
        (
            "preview",
            json!({"outcome": "standard", "policy_version": "1"}),
        ),
        // Not even a change that alone would be refused.
        ("subject", json!("")),
        ("dc", json!("uk")),
    ] {
        let mut other = ticket();
        other[field] = value;
        app.file(User::Member, "k", &other)
            .await
            .problem(422, "idempotency_mismatch");
    }
}

#[tokio::test]
async fn a_key_is_its_user_s_own() {
    let app = TestApp::demo().await;
    let one = app.file(User::Member, "k", &ticket()).await.ok(201);
    let other = app.file(User::Superadmin, "k", &ticket()).await.ok(201);
    assert_ne!(one["reference"], other["reference"]);
}

#[tokio::test]
async fn a_key_is_needed_and_bounded() {
    let app = TestApp::demo().await;
    let token = app.token(User::Member).await;
    let request = || Request::post("/v1/tickets", &ticket()).token(&token);
    app.send(request())
        .await
        .problem(400, "idempotency_key_missing");
    app.send(request().key(""))
        .await
        .problem(400, "idempotency_key_invalid");
    app.send(request().key("   "))
        .await
        .problem(400, "idempotency_key_invalid");
    app.send(request().key(&"k".repeat(256)))
        .await
        .problem(400, "idempotency_key_invalid");
    app.send(request().key("a\tb"))
        .await
        .problem(400, "idempotency_key_invalid");
    app.send(request().key("schlüssel"))
        .await
        .problem(400, "idempotency_key_invalid");
    let mut twice = request().key("a");
    twice
        .headers
        .push(("idempotency-key".to_owned(), "b".to_owned()));
    app.send(twice)
        .await
        .problem(400, "idempotency_key_invalid");
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 0);
    app.send(request().key(&"k".repeat(255))).await.ok(201);
    app.send(request().key("\"8e03978e-40d5\"")).await.ok(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_are_one_ticket_and_fifty_equal_receipts() {
    let app = Arc::new(TestApp::demo().await);
    let token = app.token(User::Member).await;
    let attempts: Vec<_> = (0..50)
        .map(|_| {
            let (app, token) = (Arc::clone(&app), token.clone());
            tokio::spawn(async move {
                app.send(
                    Request::post("/v1/tickets", &ticket())
                        .key("k")
                        .token(&token),
                )
                .await
            })
        })
        .collect();
    let mut receipts = BTreeSet::new();
    let mut firsts = 0;
    for attempt in attempts {
        let answer = attempt.await.expect("answered");
        assert_eq!(answer.status, 201, "{}", answer.text());
        firsts += usize::from(!answer.is_replay());
        receipts.insert(answer.text());
    }
    assert_eq!((receipts.len(), firsts), (1, 1));
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_different_ones_at_once_get_fifty_references() {
    let app = Arc::new(TestApp::demo().await);
    let token = app.token(User::Member).await;
    let attempts: Vec<_> = (0..50)
        .map(|index| {
            let (app, token) = (Arc::clone(&app), token.clone());
            let request = Request::post("/v1/tickets", &ticket())
                .key(&format!("k{index}"))
                .token(&token);
            tokio::spawn(async move { app.send(request).await })
        })
        .collect();
    let mut references = BTreeSet::new();
    for attempt in attempts {
        references.insert(attempt.await.expect("answered").ok(201)["reference"].to_string());
    }
    assert_eq!(references.len(), 50);
}

#[tokio::test]
async fn a_request_that_still_runs_is_waited_for() {
    let app = TestApp::demo().await;
    let scope = Scope {
        shop_id: "demo".to_owned(),
        sub: "member@partner.example".to_owned(),
        key: "k".to_owned(),
    };
    let held = app
        .app
        .locks
        .acquire(&scope, std::time::Duration::ZERO)
        .await
        .expect("free");
    let answer = app.file(User::Member, "k", &ticket()).await;
    answer.problem(409, "idempotency_running");
    assert_eq!(answer.header("retry-after").as_deref(), Some("1"));
    drop(held);
    app.file(User::Member, "k", &ticket()).await.ok(201);
}

#[tokio::test]
async fn keys_are_kept_for_at_least_thirty_days() {
    let app = TestApp::demo().await;
    app.file(User::Member, "k", &ticket()).await.ok(201);
    let now = partner_endpoint::clock::Clock::now(app.clock.as_ref());
    let store = &app.app.store;
    assert_eq!(
        store
            .forget_old_keys(now.plus_seconds(30 * 86_400))
            .await
            .expect("forgotten"),
        0
    );
    assert_eq!(
        store
            .forget_old_keys(now.plus_seconds(32 * 86_400))
            .await
            .expect("forgotten"),
        1
    );
    assert_eq!(
        store.count_tickets().await.expect("count"),
        1,
        "the ticket stays"
    );
}
