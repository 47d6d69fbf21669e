//! Every act is done once per key.

use super::{Desk, FIRST, large, path};
use crate::support::{Request, refuse};
use serde_json::{Value, json};

fn calls() -> Vec<(&'static str, Value, Value)> {
    vec![
        ("replies", json!({"text": "a"}), json!({"text": "b"})),
        ("notes", json!({"text": "a"}), json!({"text": "b"})),
        ("hold", json!({"reason": "a"}), json!({"reason": "b"})),
        ("resume", json!({"reason": "a"}), json!({"reason": "b"})),
        (
            "hand-over",
            json!({"team": "a", "reason": "r"}),
            json!({"team": "b", "reason": "r"}),
        ),
        ("take-back", json!({"reason": "a"}), json!({})),
        (
            "verify",
            json!({"class": "standard", "licences": 1}),
            json!({"class": "large", "licences": 1}),
        ),
        ("raise", json!({"reason": "a"}), json!({"reason": "b"})),
        (
            "complete",
            json!({"superadmin_email": "a@b.example"}),
            json!({"superadmin_email": "b@b.example"}),
        ),
        ("close", json!({"reason": "a"}), json!({"reason": "b"})),
        ("reopen", json!({"reason": "a"}), json!({"reason": "b"})),
    ]
}

#[tokio::test]
async fn the_same_again_is_answered_as_before_and_another_act_is_refused() {
    let desk = Desk::demo().await;
    desk.file(&large()).await;
    for (call, body, other) in calls() {
        let request = |body: &Value, key: &str| Request::post(&path(FIRST, call), body).key(key);
        let first = desk.send(request(&body, call)).await.ok(201);
        let shown = desk.case(FIRST).await;
        let again = desk.send(request(&body, call)).await;
        assert!(again.is_replay(), "{call}");
        assert_eq!(again.ok(201), first, "{call}");
        desk.send(request(&other, call))
            .await
            .problem(422, "idempotency_mismatch");
        assert_eq!(desk.case(FIRST).await, shown, "{call}");
    }
    let keyless = Request::post(&path(FIRST, "hold"), &json!({}));
    desk.send(keyless)
        .await
        .problem(400, "idempotency_key_missing");
}

#[tokio::test]
async fn many_at_once_are_one() {
    let desk = Desk::demo().await;
    desk.file(&large()).await;
    let token = desk.token().await;
    let request = Request::post(&path(FIRST, "replies"), &json!({"text": "t"}))
        .key("k")
        .token(&token);
    let answers = (0..8).map(|_| {
        let request = request.clone();
        let address = desk.address;
        tokio::spawn(async move { request.send(address).await.ok(201) })
    });
    let mut bodies = Vec::new();
    for answer in answers.collect::<Vec<_>>() {
        bodies.push(answer.await.expect("answered"));
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1);
    let case = desk.case(FIRST).await;
    assert_eq!(case["messages"].as_array().expect("messages").len(), 1);
    assert_eq!(case["audit"].as_array().expect("audit").len(), 1);
}

/// A refusal binds no key: what was in the way is removed, and the same goes through.
#[tokio::test]
async fn a_refusal_binds_no_key() {
    let desk = Desk::demo().await;
    desk.file(&large()).await;
    let reply = Request::post(&path(FIRST, "replies"), &json!({"text": "t"})).key("k");
    desk.done(FIRST, "close", json!({})).await;
    desk.send(reply.clone()).await.problem(409, "ticket_closed");
    desk.done(FIRST, "reopen", json!({})).await;
    desk.send(reply).await.ok(201);
}

/// History, audit and ticket are one transaction: without the one there is none of the others.
#[tokio::test]
async fn what_cannot_be_audited_is_not_done() {
    let desk = Desk::demo().await;
    desk.file(&large()).await;
    let before = desk.case(FIRST).await;
    refuse(&desk.app, "INSERT ON ticket_audit", None).await;
    for (call, body, _) in calls() {
        if matches!(call, "resume" | "take-back" | "raise" | "reopen") {
            continue;
        }
        let answer = desk.act(FIRST, call, body).await;
        assert_eq!(answer.status, 503, "{call}");
    }
    assert_eq!(desk.case(FIRST).await, before);
}
