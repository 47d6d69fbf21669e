//! Verifying and raising (R12, R15).

use super::{Desk, FIRST, hours, large, texts, unknown, verdict, with, without_address};
use serde_json::{Value, json};

fn seen(class: &str) -> Value {
    json!({"class": class, "licences": 4711})
}

#[tokio::test]
async fn what_is_verified_counts_from_its_receipt() {
    let desk = Desk::demo().await;
    desk.file(&unknown()).await;
    assert_eq!(desk.queue("needs_verification").await, [FIRST]);
    desk.later(30);
    let done = desk.done(FIRST, "verify", seen("large")).await;
    assert_eq!(verdict(&done["receipt"]), ("priority", &json!("S1"), true));
    let partner = desk.partner(FIRST).await;
    let timeline = &partner["timeline"];
    assert_eq!(hours(&partner["created_at"], &timeline[0]["due_at"]), 3.0);
    assert_eq!(texts(&partner["history"], "change"), ["filed", "verified"]);
    let reasons = &partner["classification"]["reasons"];
    assert_eq!(reasons, &json!(["service_eligible", "account_large"]));
    assert_eq!(desk.queue("needs_verification").await, [""; 0]);
    let case = desk.case(FIRST).await;
    assert_eq!(
        texts(&case["audit"], "act"),
        ["verified", "licences_seen", "classified"]
    );
    assert_eq!(case["audit"][1]["after"], "4711");
    assert_eq!(case["handling"]["by_hand"], true);
}

#[tokio::test]
async fn a_small_account_is_standard() {
    let desk = Desk::demo().await;
    desk.file(&unknown()).await;
    let done = desk.done(FIRST, "verify", seen("standard")).await;
    assert_eq!(verdict(&done["receipt"]), ("standard", &Value::Null, false));
    assert_eq!(desk.partner(FIRST).await["timeline"], json!([]));
}

#[tokio::test]
async fn no_class_makes_an_excluded_service_priority() {
    let desk = Desk::demo().await;
    let body = with(&[("service", json!("PageSense"))]);
    desk.file(&body).await;
    let before = desk.partner(FIRST).await;
    desk.done(FIRST, "verify", seen("large")).await;
    assert_eq!(
        desk.partner(FIRST).await,
        before,
        "nothing for partners to see"
    );
    let case = desk.case(FIRST).await;
    assert_eq!(texts(&case["audit"], "act"), ["verified", "licences_seen"]);
}

#[tokio::test]
async fn without_an_address_there_is_nothing_to_verify() {
    let desk = Desk::demo().await;
    desk.file(&without_address()).await;
    desk.act(FIRST, "verify", seen("large"))
        .await
        .problem(409, "address_missing");
    for body in [
        json!({}),
        json!({"class": "large"}),
        json!({"class": "huge", "licences": 1}),
        json!({"class": "large", "licences": -1}),
    ] {
        desk.act(FIRST, "verify", body)
            .await
            .problem(422, "invalid_fields");
    }
}

#[tokio::test]
async fn an_agent_raises_what_is_excluded_or_standard() {
    for (body, outcome, clock_h) in [
        // The form was complete: its clock has run since.
        (with(&[]), "standard", 0.0),
        (with(&[("service", json!("Campaigns"))]), "excluded", 0.0),
        (without_address(), "manual", 10.0),
    ] {
        let desk = Desk::demo().await;
        desk.file(&body).await;
        desk.later(10);
        let reason = "The whole office stands still.";
        let done = desk.done(FIRST, "raise", json!({"reason": reason})).await;
        assert_eq!(
            verdict(&done["receipt"]),
            (outcome, &json!("S1"), false),
            "{outcome}"
        );
        let partner = desk.partner(FIRST).await;
        let aim = &partner["timeline"][0]["aim_at"];
        assert_eq!(hours(&partner["created_at"], aim), clock_h + 1.0);
        assert_eq!(texts(&partner["history"], "change"), ["filed", "raised"]);
        assert!(!partner.to_string().contains(reason), "for agents only");
        let case = desk.case(FIRST).await;
        assert_eq!(case["audit"][0]["act"], "raised");
        assert_eq!(case["audit"][0]["reason"], reason);
        desk.act(FIRST, "raise", json!({"reason": reason}))
            .await
            .problem(409, "nothing_to_change");
    }
}

#[tokio::test]
async fn raising_needs_a_reason_and_something_to_raise() {
    let desk = Desk::demo().await;
    desk.file(&with(&[])).await;
    let answer = desk.act(FIRST, "raise", json!({"reason": " "})).await;
    let problem = answer.problem(422, "invalid_fields");
    assert_eq!(
        problem["violations"],
        json!([{"field": "reason", "code": "required"}])
    );
    let priority = desk.file(&large()).await;
    desk.act(&priority, "raise", json!({"reason": "r"}))
        .await
        .problem(409, "nothing_to_change");
}

#[tokio::test]
async fn what_was_raised_stays_raised_whatever_comes_out() {
    let desk = Desk::demo().await;
    desk.file(&without_address()).await;
    desk.done(FIRST, "raise", json!({"reason": "r"})).await;
    let before = desk.partner(FIRST).await["timeline"].clone();
    desk.later(4);
    let body = json!({"superadmin_email": "admin@small.example"});
    let done = desk.done(FIRST, "complete", body).await;
    assert_eq!(verdict(&done["receipt"]), ("standard", &json!("S1"), false));
    assert_eq!(desk.partner(FIRST).await["timeline"], before);
}
