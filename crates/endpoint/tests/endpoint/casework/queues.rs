//! What waits, in which order.

use super::{Desk, large, texts, unknown, with, without_address};
use crate::support::{Request, User};
use serde_json::{Value, json};

async fn counts(desk: &Desk) -> Value {
    let mut counts = json!({});
    for count in desk.get("/agent/queues").await["items"]
        .as_array()
        .expect("items")
    {
        counts[count["queue"].as_str().expect("text")] = count["tickets"].clone();
    }
    counts
}

#[tokio::test]
async fn every_ticket_is_where_it_waits() {
    let desk = Desk::demo().await;
    let missing = desk.file(&without_address()).await;
    desk.later(1);
    let undecided = desk.file(&unknown()).await;
    let standard = desk.file(&with(&[])).await;
    let priority = desk.file(&large()).await;
    assert_eq!(desk.queue("needs_address").await, [missing.as_str()]);
    assert_eq!(desk.queue("needs_verification").await, [undecided.as_str()]);
    // What is due comes first, then the rest by age.
    let all = [&priority, &missing, &undecided, &standard].map(String::as_str);
    assert_eq!(desk.queue("open").await, all);
    assert_eq!(desk.queue("first_response").await, all);
    assert_eq!(desk.queue("replied").await, [""; 0]);
    assert_eq!(desk.queue("parked").await, [""; 0]);
    assert_eq!(
        counts(&desk).await,
        json!({
            "needs_address": 1, "needs_verification": 1, "first_response": 4, "forecast": 0,
            "duty": 0, "replied": 0, "parked": 0, "open": 4,
        })
    );
    for reference in [&missing, &undecided, &standard, &priority] {
        desk.done(reference, "close", json!({})).await;
    }
    for count in counts(&desk).await.as_object().expect("counts").values() {
        assert_eq!(count, 0);
    }
}

#[tokio::test]
async fn an_answer_of_the_partner_waits_until_an_agent_answers() {
    let desk = Desk::demo().await;
    let reference = desk.file(&large()).await;
    desk.done(&reference, "replies", json!({"text": "Which browser?"}))
        .await;
    assert_eq!(desk.queue("first_response").await, [""; 0]);
    let path = format!("/v1/tickets/{reference}/replies");
    let reply = Request::post(&path, &json!({"text": "Firefox."})).key("r");
    let token = desk.app.token(User::Member).await;
    desk.app.send(reply.token(&token)).await.ok(201);
    assert_eq!(desk.queue("replied").await, [reference.as_str()]);
    desk.done(&reference, "replies", json!({"text": "Thank you."}))
        .await;
    assert_eq!(desk.queue("replied").await, [""; 0]);
}

#[tokio::test]
async fn the_forecast_has_what_is_due_soon_or_past_its_aim() {
    let desk = Desk::demo().await;
    let early = desk.file(&large()).await;
    assert_eq!(desk.queue("forecast").await, [""; 0]);
    assert_eq!(
        desk.queue("forecast&within_h=4").await,
        [early.as_str()],
        "due in three hours"
    );
    desk.app.clock.advance(90 * 60 * 1000);
    let late = desk.file(&large()).await;
    assert_eq!(
        desk.queue("forecast").await,
        [early.as_str()],
        "past its aim"
    );
    desk.later(2);
    assert_eq!(
        desk.queue("forecast").await,
        [early.as_str(), late.as_str()]
    );
    desk.done(&early, "replies", json!({"text": "t"})).await;
    // Now the determination, whose aim has passed as well, and which is due later than the other's answer.
    assert_eq!(
        desk.queue("forecast").await,
        [late.as_str(), early.as_str()]
    );
    let page = desk.get("/agent/tickets?queue=forecast").await;
    assert_eq!(page["items"][0]["due"]["stage"], "first_response");
    assert_eq!(page["items"][1]["due"]["stage"], "problem_determination");
}

#[tokio::test]
async fn partners_are_to_be_told_after_24_and_48_hours_and_agents_are_reminded_once() {
    let desk = Desk::demo().await;
    let reference = desk.file(&large()).await;
    let standard = desk.file(&with(&[])).await;
    let watch = async || desk.app.app.watch().await.expect("watched");
    desk.later(23);
    watch().await;
    assert_eq!(desk.queue("duty").await, [""; 0]);
    desk.later(1);
    watch().await;
    watch().await;
    assert_eq!(desk.queue("duty").await, [reference.as_str()]);
    let handling = desk.case(&reference).await["handling"].clone();
    assert!(handling["reminded_aim_at"].is_string() && handling["reminded_due_at"].is_null());
    // An ordinary reply is no status note.
    desk.done(&reference, "replies", json!({"text": "Hm."}))
        .await;
    assert_eq!(desk.queue("duty").await, [reference.as_str()]);
    let note = desk.case(&reference).await["drafts"]["status"].clone();
    desk.done(
        &reference,
        "replies",
        json!({"text": note, "status_note": true}),
    )
    .await;
    assert_eq!(desk.queue("duty").await, [""; 0]);
    desk.later(23);
    watch().await;
    assert_eq!(desk.queue("duty").await, [""; 0]);
    desk.later(2);
    watch().await;
    assert_eq!(desk.queue("duty").await, [reference.as_str()]);
    let case = desk.case(&reference).await;
    assert!(case["handling"]["reminded_due_at"].is_string());
    let audit = case["audit"].as_array().expect("audit");
    let reminded: Vec<_> = audit
        .iter()
        .filter(|line| line["act"] == "reminded")
        .map(|line| (&line["after"], &line["by"]))
        .collect();
    assert_eq!(
        reminded,
        [(&json!("aim"), &Value::Null), (&json!("due"), &Value::Null)]
    );
    desk.done(
        &reference,
        "replies",
        json!({"text": "Solved.", "resolved": true}),
    )
    .await;
    assert_eq!(desk.queue("duty").await, [""; 0]);
    assert_eq!(desk.case(&standard).await["audit"], json!([]));
}

#[tokio::test]
async fn pages_follow_each_other_and_leave_nothing_out() {
    let desk = Desk::demo().await;
    let mut expected = Vec::new();
    for _ in 0..5 {
        expected.push(desk.file(&large()).await);
    }
    for _ in 0..2 {
        expected.push(desk.file(&unknown()).await);
    }
    let mut seen = Vec::new();
    let mut path = "/agent/tickets?limit=2".to_owned();
    loop {
        let page = desk.get(&path).await;
        let items = texts(&page["items"], "reference");
        assert!(items.len() <= 2);
        seen.extend(items.into_iter().map(str::to_owned));
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/agent/tickets?limit=2&cursor={cursor}");
    }
    assert_eq!(seen, expected);
    let page = desk.get("/agent/tickets?limit=2").await;
    let cursor = page["next_cursor"].as_str().expect("cursor");
    for wrong in [
        format!("queue=duty&cursor={cursor}"),
        "cursor=x".to_owned(),
        "queue=nonsense".to_owned(),
        "within_h=0".to_owned(),
        "within_h=169".to_owned(),
        "limit=0".to_owned(),
    ] {
        let request = Request::get(&format!("/agent/tickets?{wrong}"));
        desk.send(request).await.problem(422, "invalid_parameters");
    }
    assert_eq!(desk.queue("open&q=elsewhere.EXAMPLE").await, expected[5..]);
    assert_eq!(desk.queue("open&q=nothing+like+it").await, [""; 0]);
}

#[tokio::test]
async fn shops_are_known_by_their_share_of_tickets_without_address() {
    let desk = Desk::demo().await;
    let missing = desk.file(&without_address()).await;
    desk.file(&large()).await;
    desk.file(&large()).await;
    // Completing it does not take back how it came.
    desk.done(
        &missing,
        "complete",
        json!({"superadmin_email": "admin@large.example"}),
    )
    .await;
    let shops = desk.get("/agent/shops").await;
    let shop = json!({"id": "demo", "name": "Demo Partner"});
    assert_eq!(
        shops["items"],
        json!([{"shop": shop, "tickets": 3, "without_address": 1}])
    );
    desk.later(48);
    assert_eq!(desk.get("/agent/shops?days=1").await["items"], json!([]));
}
