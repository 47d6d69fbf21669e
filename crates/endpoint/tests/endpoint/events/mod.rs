//! What happens to tickets, told as it happens, and what of it was looked at.

mod ends;
mod order;
mod seen;
mod sight;
mod watch;

use crate::support::{Answer, HS256_SECRET, Request, TWO_SECRET, TestApp, sabotage, ticket};
use partner_endpoint::clock::Clock;
use partner_endpoint::config::{RawConfig, RawLimits};
use partner_endpoint::store::access::Whose;
use partner_rules::wire::Access;
use serde_json::{Value, json};
use watch::Watch;

const FIRST: &str = "PS-EU-000001";

/// Two shops, with signs of life every second.
async fn endpoint() -> TestApp {
    limited(RawLimits::default()).await
}

async fn limited(limits: RawLimits) -> TestApp {
    TestApp::real_with(RawConfig {
        limits: RawLimits {
            event_heartbeat_seconds: Some(1),
            ..limits
        },
        ..RawConfig::default()
    })
    .await
}

fn token(app: &TestApp, shop: &str, name: &str) -> String {
    let forge = app
        .forge()
        .claim("sub", format!("{name}@{shop}.example"))
        .claim("name", name);
    match shop {
        "one" => forge.hs256(HS256_SECRET),
        _ => forge.claim("shop", "two").kid("two-hs").hs256(TWO_SECRET),
    }
}

/// Files a ticket and gives its reference.
async fn file(app: &TestApp, token: &str, key: &str) -> String {
    let filing = Request::post("/v1/tickets", &ticket()).key(key);
    let receipt = app.send(filing.token(token)).await.ok(201);
    receipt["reference"].as_str().expect("text").to_owned()
}

async fn post(app: &TestApp, token: &str, reference: &str, call: &str, key: &str) -> Answer {
    let body = match call {
        "replies" => json!({"text": key}),
        _ => json!({}),
    };
    let request = Request::post(&format!("/v1/tickets/{reference}/{call}"), &body);
    app.send(request.key(key).token(token)).await
}

async fn grant(app: &TestApp, email: &str, access: Access) {
    let whose = Whose {
        shop_id: "one",
        email_key: email,
        email,
    };
    let store = &app.app.store;
    store
        .grant(whose, access, None, app.clock.now())
        .await
        .expect("granted");
}

async fn watching(app: &TestApp, token: &str) -> Watch {
    Watch::begin(app.address, token, None).await
}

/// How many watch, as those who run the endpoint are told.
async fn streams(app: &TestApp) -> usize {
    let text = app.get("/metrics").await.text();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("partner_endpoint_event_streams "));
    line.expect("there").parse().expect("a number")
}

/// The database does what an agent would.
async fn agent_acts(app: &TestApp, reference: &str, at: &str) {
    let at = partner_endpoint::clock::Timestamp::parse(at).expect("an instant");
    let at = at.millis();
    let sql = format!(
        "UPDATE tickets SET told_at = {at}, updated_at = {at} WHERE reference = '{reference}';
         UPDATE ticket_seen SET unread = 1 WHERE ticket_id = (SELECT id FROM tickets WHERE reference = '{reference}')"
    );
    sabotage(app, &sql).await;
}

fn pair(reference: &str, change: &str) -> (String, String) {
    (reference.to_owned(), change.to_owned())
}

async fn detail(app: &TestApp, token: &str, reference: &str) -> Value {
    let request = Request::get(&format!("/v1/tickets/{reference}")).token(token);
    app.send(request).await.ok(200)
}
