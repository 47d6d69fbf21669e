//! The relay as the endpoint runs it, by its settings.

use super::settings;
use super::standin::Portal;
use crate::support::{HS256_SECRET, Request, TestApp, behind, refuse, ticket};
use partner_endpoint::config::RawConfig;
use partner_endpoint::store::relay::RelayState;
use serde_json::json;

async fn endpoint(portal: Option<&Portal>) -> TestApp {
    TestApp::real_with(RawConfig {
        relay: portal.map(settings).unwrap_or_default(),
        ..RawConfig::default()
    })
    .await
}

async fn file(app: &TestApp, key: &str, dc: &str) -> String {
    let mut body = ticket();
    body["dc"] = json!(dc);
    let token = app.forge().hs256(HS256_SECRET);
    let request = Request::post("/v1/tickets", &body).key(key).token(&token);
    let receipt = app.send(request).await.ok(201);
    receipt["reference"].as_str().expect("reference").to_owned()
}

#[tokio::test]
async fn tickets_of_the_portals_data_centre_are_handed_on_and_others_are_not() {
    let portal = Portal::start().await;
    let app = endpoint(Some(&portal)).await;
    file(&app, "us", "us").await;
    let reference = file(&app, "eu", "eu").await;
    portal.created(1).await;
    let store = &app.app.store;
    let is_done = || async {
        let found = store.relayed(&reference).await.expect("store");
        found.expect("handed on").0 == RelayState::Done
    };
    for _ in 0..600 {
        if is_done().await {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(is_done().await);
    assert_eq!(portal.state().tickets.len(), 1);
    let text = app.get("/metrics").await.text();
    assert!(
        text.contains("partner_endpoint_relay_tickets{state=\"done\"} 1"),
        "{text}"
    );
    app.stop().await;
}

#[tokio::test]
async fn without_settings_nothing_is_left_for_a_relay() {
    let app = endpoint(None).await;
    file(&app, "one", "eu").await;
    assert_eq!(app.app.store.relay_counts().await.expect("store"), []);
    app.stop().await;
}

#[tokio::test]
async fn a_ticket_that_is_not_stored_leaves_nothing_behind() {
    let portal = Portal::start().await;
    let app = endpoint(Some(&portal)).await;
    refuse(&app, "INSERT ON idempotency_keys", None).await;
    let token = app.forge().hs256(HS256_SECRET);
    let request = Request::post("/v1/tickets", &ticket())
        .key("one")
        .token(&token);
    assert_eq!(app.send(request).await.status, 503);
    let rows = behind(&app)
        .await
        .number("SELECT count(*) FROM relay")
        .await;
    assert_eq!(rows, 0);
    app.stop().await;
}
