//! Who may say and do something about a ticket: whoever may see it. To everybody else there is none.

use super::{FIRST, member, path};
use crate::support::{Answer, HS256_SECRET, Request, TestApp, User, ticket};
use serde_json::{Value, json};

fn calls(reference: &str) -> [Request; 5] {
    let post =
        |call: &str, body: Value| Request::post(&path(reference, call), &body).key("the-same");
    [
        post("replies", json!({"text": "t"})),
        post("replies", json!({"text": ""})),
        post("replies", json!({"text": "t", "uploads": ["x"]})),
        post("close", json!({"reason": "r".repeat(1_001)})),
        post("reopen", json!({})),
    ]
}

fn face(answer: &Answer) -> (u16, Vec<u8>) {
    (answer.status, answer.body.clone())
}

/// A real endpoint with a ticket of May's, of shop one.
async fn endpoint() -> TestApp {
    let app = TestApp::real().await;
    let may = member(&app, "one", "may");
    let filing = Request::post("/v1/tickets", &ticket()).key("filed");
    app.send(filing.token(&may)).await.ok(201);
    app
}

async fn shown(app: &TestApp) -> Value {
    let may = member(app, "one", "may");
    let detail = Request::get(&format!("/v1/tickets/{FIRST}")).token(&may);
    app.send(detail).await.ok(200)
}

async fn grant(app: &TestApp, name: &str, access: &str) {
    let boss = app
        .forge()
        .claim("sub", "boss@one.example")
        .claim("role", "superadmin")
        .hs256(HS256_SECRET);
    let put = Request {
        method: "PUT".to_owned(),
        ..Request::post(
            &format!("/v1/access/{name}@one.example"),
            &json!({"access": access}),
        )
    };
    app.send(put.token(&boss)).await.ok(200);
}

#[tokio::test]
async fn beyond_sight_a_ticket_is_like_one_that_does_not_exist() {
    let app = endpoint().await;
    let before = shown(&app).await;
    for (shop, name) in [("two", "may"), ("two", "boss"), ("one", "max")] {
        let token = member(&app, shop, name);
        for (theirs, nobodys) in calls(FIRST).into_iter().zip(calls("PS-EU-000009")) {
            let theirs = app.send(theirs.token(&token)).await;
            let nobodys = app.send(nobodys.token(&token)).await;
            theirs.problem(404, "not_found");
            assert_eq!(face(&theirs), face(&nobodys), "{shop} {name}");
        }
    }
    for reference in ["ps-eu-000001", "1", "%2A", "%FF", "PS-EU-000001%20"] {
        for call in calls(reference) {
            let request = call.token(&member(&app, "one", "may"));
            app.send(request).await.problem(404, "not_found");
        }
    }
    assert_eq!(shown(&app).await, before);
}

#[tokio::test]
async fn another_user_s_key_is_no_way_in() {
    let app = endpoint().await;
    let reply = |token: &str| {
        let body = json!({"text": "May's own."});
        Request::post(&path(FIRST, "replies"), &body)
            .key("k")
            .token(token)
    };
    app.send(reply(&member(&app, "one", "may"))).await.ok(201);
    for (shop, name) in [("two", "may"), ("one", "max")] {
        let answer = app.send(reply(&member(&app, shop, name))).await;
        answer.problem(404, "not_found");
        assert!(!answer.text().contains("own"));
    }
}

#[tokio::test]
async fn access_decides_who_may() {
    let app = endpoint().await;
    let max = member(&app, "one", "max");
    let reply = |key: &str| {
        Request::post(&path(FIRST, "replies"), &json!({"text": "From Max."}))
            .key(key)
            .token(&max)
    };
    grant(&app, "max", "own").await;
    app.send(reply("k")).await.problem(404, "not_found");
    grant(&app, "max", "none").await;
    app.send(reply("k")).await.problem(403, "access_denied");
    grant(&app, "max", "company").await;
    app.send(reply("k")).await.ok(201);
    let close = Request::post(&path(FIRST, "close"), &json!({})).key("c");
    app.send(close.token(&max)).await.ok(201);
    let detail = shown(&app).await;
    assert_eq!(detail["messages"][0]["author"]["name"], "max");
    assert_eq!(detail["history"][1]["by"]["email"], "max@one.example");
    assert_eq!(detail["status"], "closed");
    // Back to seeing nothing: the reply that is there is still answered, and nothing else.
    grant(&app, "max", "own").await;
    assert!(app.send(reply("k")).await.is_replay());
    app.send(reply("k2")).await.problem(404, "not_found");
    // May, without access, still reads her ticket, but says nothing more.
    grant(&app, "may", "none").await;
    let may = member(&app, "one", "may");
    for call in calls(FIRST) {
        let answer = app.send(call.token(&may)).await;
        answer.problem(403, "access_denied");
    }
    assert_eq!(shown(&app).await, detail);
}

#[tokio::test]
async fn files_of_messages_are_for_those_who_see_the_ticket() {
    let app = endpoint().await;
    let (may, max) = (member(&app, "one", "may"), member(&app, "one", "max"));
    let two = member(&app, "two", "may");
    let sent = crate::support::upload("a.txt", "secret").token(&may);
    let id = app.send(sent).await.ok(201)["id"].clone();
    let body = json!({"text": "t", "uploads": [id]});
    // Uploads are whoever's they are, also where both may reply.
    grant(&app, "max", "company").await;
    let reply = |token: &str| {
        Request::post(&path(FIRST, "replies"), &body)
            .key("k")
            .token(token)
    };
    app.send(reply(&max))
        .await
        .refused(&["uploads:upload_expired"]);
    app.send(reply(&may)).await.ok(201);
    let path = path(FIRST, &format!("attachments/{}", id.as_str().expect("id")));
    let get = |token: &str| Request::get(&path).token(token);
    assert_eq!(app.send(get(&may)).await.body, b"secret");
    assert_eq!(app.send(get(&max)).await.body, b"secret");
    app.send(get(&two)).await.problem(404, "not_found");
    grant(&app, "max", "own").await;
    app.send(get(&max)).await.problem(404, "not_found");
}

#[tokio::test]
async fn whoever_replies_is_known_to_the_shop() {
    let app = super::with_ticket().await;
    super::reply(&app, User::Superadmin, "k", "t").await.ok(201);
    let users = app.get_as(User::Superadmin, "/v1/access").await.ok(200);
    assert!(users.to_string().contains("superadmin@partner.example"));
}
