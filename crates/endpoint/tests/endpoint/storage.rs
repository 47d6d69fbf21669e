//! What the store promises, and what happens when it cannot keep it.

use crate::support::{
    Request, TestApp, User, behind, demo, hold, newer_migration, newer_programs_only, on_file, raw,
    refuse, relent, sabotage, ticket,
};
use partner_endpoint::config::RawLimits;
use partner_endpoint::store::{OpenError, Store};
use partner_rules::wire::Access;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Connection, SqlSafeStr};
use std::path::Path;

#[tokio::test]
async fn a_ticket_that_was_acknowledged_is_there_for_another_program() {
    let app = TestApp::demo().await;
    app.file(User::Member, "k", &ticket()).await.ok(201);
    // Read by a connection of its own while the endpoint still runs.
    let mut other = behind(&app).await;
    let count = other.number(
        "SELECT count(*) FROM tickets JOIN idempotency_keys ON answer LIKE '%' || reference || '%'",
    );
    assert_eq!(count.await, 1);
}

#[tokio::test]
async fn the_database_is_set_up_for_safety() {
    on_file();
    let app = TestApp::demo().await;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(&mut raw(&app.file_on_disk()).await)
        .await
        .expect("read");
    assert_eq!(mode, "wal");
    let orphan = sqlx::query(
        "INSERT INTO users (shop_id, email_key, email, search_text) VALUES ('x', 'a', 'a', 'a')",
    )
    .execute(&mut raw(&app.file_on_disk()).await)
    .await;
    assert!(orphan.is_err(), "foreign keys hold");
}

#[tokio::test]
async fn a_broken_store_is_told_by_code_and_without_its_cause() {
    let app = TestApp::demo().await;
    let token = app.token(User::Member).await;
    sabotage(&app, "ALTER TABLE ticket_history RENAME TO lost").await;
    let answer = app
        .send(
            Request::post("/v1/tickets", &ticket())
                .key("k")
                .token(&token),
        )
        .await;
    answer.problem(503, "storage_unavailable");
    assert!(answer.header("retry-after").is_some());
    assert!(
        !answer.text().to_lowercase().contains("history"),
        "{}",
        answer.text()
    );
    assert_eq!(
        app.app.store.count_tickets().await.expect("count"),
        0,
        "nothing half-written"
    );

    sabotage(&app, "ALTER TABLE lost RENAME TO ticket_history").await;
    let answer = app
        .send(
            Request::post("/v1/tickets", &ticket())
                .key("k")
                .token(&token),
        )
        .await;
    assert_eq!(
        answer.ok(201)["reference"],
        "PS-EU-000001",
        "recovers by itself, and no number is lost"
    );
}

#[tokio::test]
async fn a_damaged_row_is_an_internal_error() {
    let app = TestApp::demo().await;
    app.file(User::Member, "k", &ticket()).await.ok(201);
    sabotage(
        &app,
        "UPDATE tickets SET classification = 'secret nonsense'",
    )
    .await;
    let answer = app.get_as(User::Member, "/v1/tickets").await;
    answer.problem(500, "internal");
    assert!(!answer.text().contains("nonsense"));
}

#[tokio::test]
async fn without_its_store_the_endpoint_says_so_everywhere() {
    let app = TestApp::demo().await;
    let token = app.token(User::Member).await;
    app.app.store.close().await;
    for request in [
        Request::get("/v1/session").token(&token),
        Request::get("/v1/tickets").token(&token),
        Request::get("/readyz"),
    ] {
        app.send(request).await.problem(503, "storage_unavailable");
    }
    app.get("/v1/policy").await.ok(200);
    assert_eq!(app.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused_unless_it_says_that_older_ones_can_use_it() {
    let app = TestApp::demo().await;
    let filed = app.file(User::Member, "k", &ticket()).await.ok(201);
    newer_migration(&mut behind(&app).await).await;
    let app = app.restart(demo(RawLimits::default())).await;
    let page = app.get_as(User::Member, "/v1/tickets").await.ok(200);
    assert_eq!(page["items"][0], filed);
    let again = app.file(User::Member, "k2", &ticket()).await;
    again.ok(201);

    newer_programs_only(&mut behind(&app).await).await;
    let database = app.database();
    let folder = std::sync::Arc::clone(&app.folder);
    app.stop().await;
    let refusal = Store::open(&database).await.expect_err("refused");
    assert!(matches!(refusal, OpenError::Newer(9999)));
    assert!(refusal.to_string().contains("newer version"), "{refusal}");
    drop(folder);
}

#[tokio::test]
async fn nothing_changes_over_a_restart() {
    let app = TestApp::demo().await;
    let filed = app.file(User::Member, "k", &ticket()).await.ok(201);
    let app = app.restart(demo(RawLimits::default())).await;
    let page = app.get_as(User::Member, "/v1/tickets").await.ok(200);
    assert_eq!(page["items"][0], filed);
}

#[tokio::test]
async fn a_locked_store_is_unknown_and_then_safe_to_repeat() {
    let limits = RawLimits {
        answer_seconds: Some(1),
        ..RawLimits::default()
    };
    let app = TestApp::limited(limits).await;
    let token = app.token(User::Member).await;
    let request = Request::post("/v1/tickets", &ticket())
        .key("k")
        .token(&token);
    let mut other = behind(&app).await;
    hold(&mut other).await;
    let answer = app.send(request.clone()).await;
    answer.problem(503, "timed_out");
    assert!(answer.header("retry-after").is_some());
    other.run("ROLLBACK").await.expect("let go");
    let again = app.send(request.clone()).await;
    let receipt = again.ok(201);
    assert_eq!(app.send(request).await.ok(201), receipt);
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 1);
}

#[tokio::test]
async fn a_read_only_store_refuses_to_file_and_still_shows() {
    let app = TestApp::demo().await;
    app.file(User::Member, "k", &ticket()).await.ok(201);
    let token = app.token(User::Member).await;
    refuse(&app, "INSERT ON tickets", None).await;
    let answer = app
        .send(
            Request::post("/v1/tickets", &ticket())
                .key("k2")
                .token(&token),
        )
        .await;
    answer.problem(503, "storage_unavailable");
    assert!(!answer.text().contains("disk"));
    let page = app.get_as(User::Member, "/v1/tickets").await.ok(200);
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1));
    relent(&app).await;
    let receipt = app
        .send(
            Request::post("/v1/tickets", &ticket())
                .key("k2")
                .token(&token),
        )
        .await
        .ok(201);
    assert_eq!(receipt["reference"], "PS-EU-000002", "no number is lost");
}

#[tokio::test]
async fn a_database_of_the_first_schema_keeps_its_users_and_learns_who_filed() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let file = folder.path().join("endpoint.sqlite");
    let mut old = raw(&file).await;
    let first = Migration::new(
        1,
        "start".into(),
        MigrationType::Simple,
        include_str!("../../migrations/sqlite/0001_start.sql").into_sql_str(),
        false,
    );
    Migrator::with_migrations(vec![first])
        .run(&mut old)
        .await
        .expect("migrated");
    sqlx::raw_sql(
        "INSERT INTO shops VALUES ('one', 'One', 'own', 0, 0);
         INSERT INTO users VALUES ('one', 'max@a.example', 'Max@A.example', NULL, 'company', 5);
         INSERT INTO tickets (reference, shop_id, created_by, created_by_name, dc, region, created_at, updated_at,
            channel, status, service_id, service_name, service_listed, org_id_kind, org_id, subject, description,
            outcome, priority_customer, classification, search_text)
         SELECT 'R' || n, 'one', who, name, 'eu', 'eu', 0, 0, 'widget', 'open', 'crm', 'CRM', 1, 'zoid', '1', 's', 'd',
            'standard', 0, '{}', ''
         FROM (SELECT 1 AS n, 'may@a.example' AS who, 'May' AS name
            UNION ALL SELECT 2, 'may@a.example', 'May' UNION ALL SELECT 3, 'max@a.example', 'Max')",
    )
    .execute(&mut old)
    .await
    .expect("filled");
    old.close().await.expect("closed");

    let store = Store::open(&file).await.expect("brought up to date");
    let users = store.users("one", None, None, 10).await.expect("read");
    let told: Vec<_> = users
        .iter()
        .map(|user| (user.email.as_str(), user.name.as_deref(), user.granted))
        .collect();
    assert_eq!(
        told,
        [
            ("Max@A.example", None, Some(Access::Company)),
            ("may@a.example", Some("May"), None),
        ]
    );
    let found = store.users("one", Some("max@a"), None, 10).await;
    assert_eq!(found.expect("read").len(), 1, "old users are found by text");
    assert_eq!(store.count_tickets().await.expect("count"), 3);
}

#[cfg(unix)]
#[tokio::test]
async fn what_the_store_makes_is_for_its_own_user_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("new/data");
    let file = data.join("endpoint.sqlite");
    let store = Store::open(&file).await.expect("opened");
    let mode = |path: &Path| path.metadata().expect("there").permissions().mode() & 0o777;
    assert_eq!((mode(&data), mode(&file)), (0o700, 0o600));
    store.close().await;
    // An operator's own choice stays.
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).expect("set");
    Store::open(&file).await.expect("opened").close().await;
    assert_eq!(mode(&file), 0o640);
}
