//! What is said and done about a ticket after it was filed.

mod closing;
mod once;
mod replies;
mod sight;

use crate::support::{Answer, HS256_SECRET, Request, TWO_SECRET, TestApp, User, ticket, upload};
use serde_json::{Value, json};

/// The first ticket's reference.
const FIRST: &str = "PS-EU-000001";

fn path(reference: &str, call: &str) -> String {
    format!("/v1/tickets/{reference}/{call}")
}

/// `POST` to a call of the first ticket, as a demo user.
async fn post(app: &TestApp, user: User, call: &str, key: &str, body: &Value) -> Answer {
    let request = Request::post(&path(FIRST, call), body).key(key);
    app.send(request.token(&app.token(user).await)).await
}

async fn reply(app: &TestApp, user: User, key: &str, text: &str) -> Answer {
    post(app, user, "replies", key, &json!({"text": text})).await
}

/// The first ticket as a demo user sees it.
async fn detail(app: &TestApp, user: User) -> Value {
    app.get_as(user, &format!("/v1/tickets/{FIRST}"))
        .await
        .ok(200)
}

/// An endpoint in demo mode with one ticket of the member's.
async fn with_ticket() -> TestApp {
    let app = TestApp::demo().await;
    app.file(User::Member, "filed", &ticket()).await.ok(201);
    app
}

/// The id of a small text that was uploaded.
async fn uploaded(app: &TestApp, user: User, text: &str) -> String {
    let request = upload("note.txt", text.as_bytes()).token(&app.token(user).await);
    let answer = app.send(request).await.ok(201);
    answer["id"].as_str().expect("id").to_owned()
}

/// A member of a real endpoint's shop.
fn member(app: &TestApp, shop: &str, name: &str) -> String {
    let forge = app
        .forge()
        .claim("sub", format!("{name}@{shop}.example"))
        .claim("name", name);
    match shop {
        "one" => forge.hs256(HS256_SECRET),
        _ => forge.claim("shop", "two").kid("two-hs").hs256(TWO_SECRET),
    }
}

fn texts(detail: &Value) -> Vec<&str> {
    let messages = detail["messages"].as_array().expect("messages");
    let texts = messages.iter().map(|one| one["text"].as_str());
    texts.map(|text| text.expect("text")).collect()
}

fn changes(detail: &Value) -> Vec<&str> {
    let history = detail["history"].as_array().expect("history");
    let changes = history.iter().map(|one| one["change"].as_str());
    changes.map(|change| change.expect("change")).collect()
}
