//! Tickets from a call or a chat.

use super::{Desk, FIRST, large, texts, verdict, with, without_address};
use crate::support::{Request, User};
use serde_json::{Value, json};

/// What an agent types while a member of the demo's shop is on the phone.
fn call(body: &Value) -> Value {
    let mut body = body.clone();
    body["shop"] = json!("demo");
    body["partner_email"] = json!("Member@partner.example");
    body["channel"] = json!("phone");
    body
}

async fn file(desk: &Desk, key: &str, body: &Value) -> crate::support::Answer {
    desk.send(Request::post("/agent/tickets", body).key(key))
        .await
}

#[tokio::test]
async fn a_call_ends_in_a_ticket_that_is_the_partner_s_own() {
    let desk = Desk::demo().await;
    // The shop knows the member's name from their last visit.
    desk.app.get_as(User::Member, "/v1/session").await.ok(200);
    let done = file(&desk, "k", &call(&large())).await.ok(201);
    let receipt = &done["receipt"];
    assert_eq!(receipt["channel"], "phone");
    assert_eq!(verdict(receipt), ("priority", &json!("S1"), true));
    let partner = desk.partner(FIRST).await;
    assert_eq!(partner["timeline"].as_array().expect("timeline").len(), 3);
    assert_eq!(
        partner["history"][0]["by"],
        json!({"kind": "agent", "name": "Kim Agent", "email": null})
    );
    let case = desk.case(FIRST).await;
    assert_eq!(
        case["partner"],
        json!({"name": "Max Member", "email": "member@partner.example"})
    );
    assert_eq!(case["shop"], json!({"id": "demo", "name": "Demo Partner"}));
    assert_eq!(texts(&case["audit"], "act"), ["filed"]);
    let mut chat = call(&without_address());
    chat["channel"] = json!("chat");
    chat["partner_name"] = json!("Somebody New");
    chat["partner_email"] = json!("new@partner.example");
    let done = file(&desk, "c", &chat).await.ok(201);
    let receipt = &done["receipt"];
    assert_eq!(receipt["channel"], "chat");
    assert_eq!(verdict(receipt), ("manual", &Value::Null, false));
    let reference = receipt["reference"].as_str().expect("text");
    assert_eq!(desk.queue("needs_address").await, [reference]);
    let path = format!("/v1/tickets/{reference}");
    assert_eq!(desk.app.get_as(User::Member, &path).await.status, 404);
    assert_eq!(desk.app.get_as(User::Superadmin, &path).await.status, 200);
}

#[tokio::test]
async fn it_is_filed_once_per_key() {
    let desk = Desk::demo().await;
    let first = file(&desk, "k", &call(&large())).await.ok(201);
    let again = file(&desk, "k", &call(&large())).await;
    assert!(again.is_replay());
    assert_eq!(again.ok(201), first);
    file(&desk, "k", &call(&without_address()))
        .await
        .problem(422, "idempotency_mismatch");
    assert_eq!(desk.queue("open").await.len(), 1);
}

#[tokio::test]
async fn everything_that_is_wrong_is_said_and_nothing_is_filed() {
    let desk = Desk::demo().await;
    for (field, value, code) in [
        ("shop", json!("nobody"), "unknown_value"),
        ("shop", json!(""), "required"),
        ("partner_email", json!("max"), "syntax"),
        ("partner_email", json!(""), "required"),
        ("partner_name", json!("a\u{7}"), "control_character"),
        ("partner_name", json!("n".repeat(201)), "too_long"),
        ("lang", json!("x".repeat(36)), "unknown_value"),
        ("channel", json!("widget"), "unknown_value"),
        ("channel", json!("email"), "unknown_value"),
        ("subject", json!(" "), "required"),
        ("org_id", json!("12"), "too_short"),
        ("superadmin_email", json!(""), "required"),
    ] {
        let mut body = call(&with(&[]));
        body[field] = value;
        let problem = file(&desk, "k", &body).await.problem(422, "invalid_fields");
        assert_eq!(
            (
                &problem["violations"][0]["field"],
                &problem["violations"][0]["code"]
            ),
            (&json!(field), &json!(code))
        );
    }
    let mut body = call(&with(&[]));
    body["uploads"] = json!([]);
    file(&desk, "k", &body).await.problem(422, "unknown_field");
    assert_eq!(desk.queue("open").await, [""; 0]);
}
