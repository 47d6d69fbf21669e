//! What is unread, and for whom. That agents' doings make it so is tested in the store.

use super::{FIRST, agent_acts, detail, endpoint, file, grant, post, token};
use crate::support::{Answer, Request, TestApp};
use partner_rules::wire::Access;
use serde_json::{Value, json};

const EARLIER: &str = "2040-01-01T00:00:00.000Z";
const THEN: &str = "2040-01-01T00:00:00.001Z";

async fn see(app: &TestApp, token: &str, reference: &str, body: &Value) -> Answer {
    let request = Request::post(&format!("/v1/tickets/{reference}/seen"), body);
    let put = Request {
        method: "PUT".to_owned(),
        ..request
    };
    app.send(put.token(token)).await
}

async fn seen_until(app: &TestApp, token: &str, until: &str) -> Value {
    let answer = see(app, token, FIRST, &json!({"until": until})).await;
    answer.ok(200)["unread"].clone()
}

/// In the session, in the list and in the detail.
async fn unread(app: &TestApp, token: &str) -> (Value, bool, bool) {
    let get = async |path: &str| app.send(Request::get(path).token(token)).await.ok(200);
    let session = get("/v1/session").await;
    let list = get("/v1/tickets?sort=oldest").await;
    let flag = |receipt: &Value| receipt["unread"] == true;
    (
        session["unread"].clone(),
        flag(&list["items"][0]),
        flag(&detail(app, token, FIRST).await),
    )
}

#[tokio::test]
async fn what_agents_do_is_unread_until_it_was_looked_at() {
    let app = endpoint().await;
    let ada = token(&app, "one", "ada");
    file(&app, &ada, "k").await;
    assert_eq!(unread(&app, &ada).await, (json!(0), false, false));
    agent_acts(&app, FIRST, THEN).await;
    assert_eq!(unread(&app, &ada).await, (json!(1), true, true));
    // Something newer than what was shown stays unread, and looking at it again changes nothing.
    for (until, left) in [
        ("2020-01-01T00:00:00Z", 1),
        (EARLIER, 1),
        (THEN, 0),
        (THEN, 0),
        (EARLIER, 0),
    ] {
        assert_eq!(seen_until(&app, &ada, until).await, left, "{until}");
    }
    assert_eq!(unread(&app, &ada).await, (json!(0), false, false));
    agent_acts(&app, FIRST, "2041-01-01T00:00:00Z").await;
    assert_eq!(unread(&app, &ada).await, (json!(1), true, true));
    assert_eq!(seen_until(&app, &ada, "2041-01-01T02:00:00+02:00").await, 0);
}

#[tokio::test]
async fn what_users_do_is_unread_for_nobody() {
    let app = endpoint().await;
    grant(&app, "boss@one.example", Access::Company).await;
    let (ada, boss) = (token(&app, "one", "ada"), token(&app, "one", "boss"));
    file(&app, &ada, "k").await;
    seen_until(&app, &boss, EARLIER).await;
    for (token, call) in [(&ada, "replies"), (&boss, "close"), (&ada, "reopen")] {
        post(&app, token, FIRST, call, call).await.ok(201);
    }
    for token in [&ada, &boss] {
        assert_eq!(unread(&app, token).await, (json!(0), false, false));
    }
}

#[tokio::test]
async fn only_for_those_who_filed_answered_or_have_opened_it() {
    let app = endpoint().await;
    for name in ["boss", "reader", "writer", "closer"] {
        grant(&app, &format!("{name}@one.example"), Access::Company).await;
    }
    let of = |name: &str| token(&app, "one", name);
    file(&app, &of("ada"), "k").await;
    post(&app, &of("writer"), FIRST, "replies", "r")
        .await
        .ok(201);
    post(&app, &of("closer"), FIRST, "close", "c").await.ok(201);
    seen_until(&app, &of("reader"), EARLIER).await;
    agent_acts(&app, FIRST, THEN).await;
    for (name, count) in [
        ("ada", 1),
        ("writer", 1),
        ("closer", 1),
        ("reader", 1),
        ("boss", 0),
    ] {
        let flag = count == 1;
        let wanted = (json!(count), flag, flag);
        assert_eq!(unread(&app, &of(name)).await, wanted, "{name}");
    }
    // Each looks for oneself.
    assert_eq!(seen_until(&app, &of("ada"), THEN).await, 0);
    assert_eq!(unread(&app, &of("writer")).await, (json!(1), true, true));
    // Who opens it for the first time as it was before sees that there is more.
    assert_eq!(seen_until(&app, &of("boss"), EARLIER).await, 1);
    assert_eq!(seen_until(&app, &of("boss"), THEN).await, 0);
}

#[tokio::test]
async fn what_went_out_of_sight_is_not_counted() {
    let app = endpoint().await;
    grant(&app, "boss@one.example", Access::Company).await;
    let (ada, boss) = (token(&app, "one", "ada"), token(&app, "one", "boss"));
    file(&app, &ada, "k").await;
    seen_until(&app, &boss, EARLIER).await;
    agent_acts(&app, FIRST, THEN).await;
    let count = async || {
        let session = Request::get("/v1/session").token(&boss);
        app.send(session).await.ok(200)["unread"].clone()
    };
    assert_eq!(count().await, 1);
    grant(&app, "boss@one.example", Access::Own).await;
    assert_eq!(count().await, 0);
    grant(&app, "boss@one.example", Access::None).await;
    assert_eq!(count().await, 0);
    grant(&app, "boss@one.example", Access::Company).await;
    assert_eq!(count().await, 1);
}

#[tokio::test]
async fn one_s_own_earlier_ticket_can_be_looked_at_without_access() {
    let app = endpoint().await;
    let ada = token(&app, "one", "ada");
    file(&app, &ada, "k").await;
    agent_acts(&app, FIRST, THEN).await;
    grant(&app, "ada@one.example", Access::None).await;
    assert_eq!(unread(&app, &ada).await, (json!(1), true, true));
    assert_eq!(seen_until(&app, &ada, THEN).await, 0);
}

#[tokio::test]
async fn beyond_one_s_sight_there_is_nothing_to_look_at() {
    let app = endpoint().await;
    let ada = token(&app, "one", "ada");
    file(&app, &ada, "k").await;
    for stranger in [token(&app, "one", "max"), token(&app, "two", "ada")] {
        for body in [json!({"until": THEN}), json!({"until": 5}), json!({})] {
            for reference in [FIRST, "PS-EU-000009", "x"] {
                see(&app, &stranger, reference, &body)
                    .await
                    .problem(404, "not_found");
            }
        }
    }
    agent_acts(&app, FIRST, THEN).await;
    assert_eq!(unread(&app, &ada).await, (json!(1), true, true));
}

#[tokio::test]
async fn what_is_wrong_is_named() {
    let app = endpoint().await;
    let ada = token(&app, "one", "ada");
    file(&app, &ada, "k").await;
    for (body, violation) in [
        (json!({}), "until:required"),
        (json!({"until": null}), "until:unknown_value"),
        (json!({"until": 5}), "until:unknown_value"),
        (json!({"until": ""}), "until:syntax"),
        (json!({"until": "yesterday"}), "until:syntax"),
        (json!({"until": "2040-01-01"}), "until:syntax"),
    ] {
        let answer = see(&app, &ada, FIRST, &body).await;
        answer.problem(422, "invalid_fields");
        assert_eq!(answer.violations(), [violation], "{body}");
    }
    let unknown = json!({"until": THEN, "x": 1});
    see(&app, &ada, FIRST, &unknown)
        .await
        .problem(422, "unknown_field");
    see(&app, &ada, FIRST, &json!([]))
        .await
        .problem(400, "malformed_json");
}

#[tokio::test]
async fn a_repeated_answer_says_nothing_of_what_is_unread() {
    let app = endpoint().await;
    let ada = token(&app, "one", "ada");
    file(&app, &ada, "k").await;
    post(&app, &ada, FIRST, "close", "c").await.ok(201);
    agent_acts(&app, FIRST, THEN).await;
    let again = post(&app, &ada, FIRST, "close", "c").await;
    assert!(again.is_replay());
    assert_eq!(again.ok(201).get("unread"), None);
}
