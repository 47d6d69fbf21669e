//! A stream ends when it has to, and holds nobody up.

use super::watch::{Watch, question};
use super::{FIRST, endpoint, file, grant, limited, pair, streams, token, watching};
use crate::support::{HS256_SECRET, Request, TestApp, User, is_chosen, sabotage, ticket};
use partner_endpoint::clock::Clock;
use partner_endpoint::config::RawLimits;
use partner_rules::wire::Access;
use serde_json::json;
use std::time::{Duration, Instant};

async fn until_only(app: &TestApp, count: usize) {
    let begun = Instant::now();
    while streams(app).await != count {
        assert!(begun.elapsed() < Duration::from_secs(20), "still open");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn it_ends_with_the_token() {
    let app = endpoint().await;
    let now = app.clock.now().seconds();
    let short = app.forge().claim("exp", now + 3).hs256(HS256_SECRET);
    let mut watch = watching(&app, &short).await;
    let begun = Instant::now();
    watch.ends().await;
    assert!(begun.elapsed() > Duration::from_millis(1500), "not before");
    until_only(&app, 0).await;
}

#[tokio::test]
async fn it_ends_with_the_token_when_the_clock_is_moved() {
    let app = TestApp::demo().await;
    let mut watch = watching(&app, &app.token(User::Member).await).await;
    let begun = Instant::now();
    app.control("/demo/clock", &json!({"advance_ms": 16 * 60 * 1000}))
        .await
        .ok(200);
    watch.ends().await;
    assert!(begun.elapsed() < Duration::from_secs(5), "at once");
}

#[tokio::test]
async fn it_ends_when_access_is_withdrawn() {
    let app = endpoint().await;
    let ada = token(&app, "one", "ada");
    let (mut by_name, mut other) = (
        watching(&app, &ada).await,
        watching(&app, &token(&app, "one", "max")).await,
    );
    let begun = Instant::now();
    grant(&app, "ada@one.example", Access::None).await;
    by_name.ends().await;
    app.send(question(&ada, None))
        .await
        .problem(403, "access_denied");
    file(&app, &token(&app, "one", "max"), "k").await;
    assert_eq!(other.told().await, pair(FIRST, "filed"), "others go on");
    let store = &app.app.store;
    store
        .set_default_access("one", Access::None, None, app.clock.now())
        .await
        .expect("set");
    other.ends().await;
    assert!(begun.elapsed() < Duration::from_secs(5), "at once");
}

#[tokio::test]
async fn it_ends_when_the_key_is_withdrawn() {
    let app = endpoint().await;
    let mut watch = watching(&app, &token(&app, "one", "ada")).await;
    let mut other = watching(&app, &token(&app, "two", "bea")).await;
    let (store, now) = (&app.app.store, app.clock.now());
    store
        .withdraw_key("one", "one-hs", now)
        .await
        .expect("withdrawn");
    watch.ends().await;
    other.stays_quiet().await;
}

#[tokio::test]
async fn after_a_return_to_the_start_everything_is_loaded_again() {
    let app = TestApp::demo().await;
    let mut watch = watching(&app, &app.token(User::Superadmin).await).await;
    app.file(User::Superadmin, "k", &ticket()).await.ok(201);
    assert_eq!(watch.told().await, pair(FIRST, "filed"));
    assert_eq!(app.control("/demo/reset", &json!({})).await.status, 204);
    assert_eq!(watch.event().await.expect("an event").event, "reset");
    app.file(User::Superadmin, "k", &ticket()).await.ok(201);
    assert_eq!(watch.told().await, pair(FIRST, "filed"));
}

#[tokio::test]
async fn one_too_many_ends_the_oldest_of_the_same_user() {
    let app = endpoint().await;
    let (ada, max) = (token(&app, "one", "ada"), token(&app, "one", "max"));
    let mut other = watching(&app, &max).await;
    let mut watches = Vec::new();
    for _ in 0..6 {
        watches.push(watching(&app, &ada).await);
    }
    assert_eq!(streams(&app).await, 7);
    watches.push(watching(&app, &ada).await);
    watches.remove(0).ends().await;
    until_only(&app, 7).await;
    file(&app, &ada, "k").await;
    for watch in &mut watches {
        assert_eq!(watch.told().await, pair(FIRST, "filed"));
    }
    other.stays_quiet().await;
    drop(watches);
    until_only(&app, 1).await;
}

#[tokio::test]
async fn those_who_watch_leave_connections_to_calls() {
    let app = limited(RawLimits {
        connections_max: Some(4),
        ..RawLimits::default()
    })
    .await;
    let mut watches = Vec::new();
    for name in ["ada", "bea", "max"] {
        watches.push(watching(&app, &token(&app, "one", name)).await);
    }
    let answer = app.send(question(&token(&app, "one", "zoe"), None)).await;
    answer.problem(503, "too_many_streams");
    assert_eq!(answer.header("retry-after").as_deref(), Some("30"));
    drop(watches);
    until_only(&app, 0).await;
    watching(&app, &token(&app, "one", "zoe")).await;
}

#[tokio::test]
async fn stopping_is_not_held_up() {
    let app = endpoint().await;
    let ada = token(&app, "one", "ada");
    let mut watch = watching(&app, &ada).await;
    let folder = std::sync::Arc::clone(&app.folder);
    let begun = Instant::now();
    let stopped = app.begin_stop();
    watch.ends().await;
    stopped.await.expect("stopped");
    assert!(begun.elapsed() < Duration::from_secs(3), "{begun:?}");
    drop(folder);
}

/// So much to read that no buffer on the way holds it.
async fn flood(app: &TestApp) {
    sabotage(
        app,
        "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 150000)
         INSERT INTO events (shop_id, number, at, ticket_id, change)
            SELECT 'one', i, (SELECT created_at FROM tickets), 1, 'replied' FROM n;
         UPDATE event_counters SET last = 150000",
    )
    .await;
    if is_chosen() {
        // A server looks by itself from time to time how much there is; not so soon.
        sabotage(app, "ANALYZE events").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_takes_nothing_is_dropped_and_others_are_not() {
    let app = endpoint().await;
    let ada = token(&app, "one", "ada");
    file(&app, &ada, "k").await;
    flood(&app).await;
    let stuck = Watch::open(app.address, &question(&ada, Some("0"))).await;
    let mut watch = watching(&app, &ada).await;
    assert_eq!(streams(&app).await, 2);
    until_only(&app, 1).await;
    file(&app, &ada, "k2").await;
    assert_eq!(watch.told().await, pair("PS-EU-000002", "filed"));
    drop(stuck);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_takes_nothing_does_not_hold_up_stopping() {
    let app = endpoint().await;
    let ada = token(&app, "one", "ada");
    file(&app, &ada, "k").await;
    flood(&app).await;
    let stuck = Watch::open(app.address, &question(&ada, Some("0"))).await;
    // Until nothing more fits in between.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let folder = std::sync::Arc::clone(&app.folder);
    let begun = Instant::now();
    app.begin_stop().await.expect("stopped");
    assert!(begun.elapsed() < Duration::from_secs(4), "{begun:?}");
    drop((stuck, folder));
}

#[tokio::test]
async fn a_short_time_for_answers_cuts_no_stream() {
    let app = limited(RawLimits {
        answer_seconds: Some(1),
        body_seconds: Some(1),
        requests_per_minute: Some(2),
        ..RawLimits::default()
    })
    .await;
    let ada = token(&app, "one", "ada");
    let mut watch = watching(&app, &ada).await;
    for _ in 0..3 {
        assert_eq!(watch.block().await.expect("a sign").comment, "beat");
    }
    file(&app, &ada, "k").await;
    assert_eq!(watch.told().await, pair(FIRST, "filed"));
    let refused = app.send(Request::get("/v1/session").token(&ada)).await;
    refused.problem(429, "rate_limited");
}
