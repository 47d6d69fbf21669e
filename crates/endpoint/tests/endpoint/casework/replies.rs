//! What agents write, and when targets count as met (R10, R11); hold, close, hand over.

use super::{Desk, FIRST, hours, large, path, texts};
use crate::support::{Request, User, upload};
use serde_json::{Value, json};

async fn desk() -> Desk {
    let desk = Desk::demo().await;
    desk.file(&large()).await;
    desk
}

#[tokio::test]
async fn the_first_reply_is_the_first_response_and_the_rest_is_said() {
    let desk = desk().await;
    desk.later(2);
    let first = desk
        .done(FIRST, "replies", json!({"text": " We look. "}))
        .await;
    assert_eq!(first["message"]["text"], "We look.");
    desk.later(3);
    desk.done(
        FIRST,
        "replies",
        json!({"text": "A sync bug.", "determined": true}),
    )
    .await;
    desk.later(20);
    desk.done(
        FIRST,
        "replies",
        json!({"text": "Still at it.", "status_note": true}),
    )
    .await;
    let partner = desk.partner(FIRST).await;
    let created = &partner["created_at"];
    let timeline = &partner["timeline"];
    assert_eq!(hours(created, &timeline[0]["done_at"]), 2.0);
    assert_eq!(hours(created, &timeline[1]["done_at"]), 5.0);
    assert_eq!(timeline[2]["done_at"], Value::Null);
    assert_eq!(hours(created, &timeline[2]["informed_at"]), 25.0);
    assert_eq!(partner["due"]["stage"], "resolution");
    let messages = &partner["messages"];
    assert_eq!(
        texts(messages, "text"),
        ["We look.", "A sync bug.", "Still at it."]
    );
    assert_eq!(
        messages[2]["author"],
        json!({"kind": "agent", "name": "Kim Agent", "email": null})
    );
    assert_eq!(messages[2]["status_note"], true);
    assert_eq!(partner["last"], json!({"change": "replied", "by": "agent"}));
    assert_eq!(texts(&partner["history"], "change"), ["filed"]);
    let case = desk.case(FIRST).await;
    assert_eq!(
        texts(&case["audit"], "act"),
        ["replied", "replied", "determined", "replied", "informed"]
    );
    assert_eq!(case["messages"][0]["author"]["email"], "agent@desk.example");
}

#[tokio::test]
async fn what_is_solved_is_determined_and_stays_open() {
    let desk = desk().await;
    desk.later(1);
    let body = json!({"text": "Mended.", "resolved": true});
    desk.done(FIRST, "replies", body).await;
    let partner = desk.partner(FIRST).await;
    assert_eq!(partner["status"], "open");
    assert_eq!(partner.get("due"), None);
    for entry in partner["timeline"].as_array().expect("timeline") {
        assert_eq!(hours(&partner["created_at"], &entry["done_at"]), 1.0);
    }
}

#[tokio::test]
async fn notes_change_nothing_that_partners_see() {
    let desk = desk().await;
    let before = desk.partner(FIRST).await;
    desk.later(1);
    let done = desk
        .done(FIRST, "notes", json!({"text": "Secret thought."}))
        .await;
    assert_eq!(desk.partner(FIRST).await, before);
    assert_eq!(desk.queue("first_response").await, [FIRST]);
    let case = desk.case(FIRST).await;
    assert_eq!(case["messages"][0]["internal"], true);
    assert_eq!(case["messages"][0]["id"], done["message"]["id"]);
    assert_eq!(texts(&case["audit"], "act"), ["noted"]);
}

#[tokio::test]
async fn agents_hold_resume_close_and_reopen_and_the_partner_reads_why() {
    let desk = desk().await;
    let status = async |call: &str| {
        let done = desk.done(FIRST, call, json!({"reason": call})).await;
        done["receipt"]["status"].as_str().expect("text").to_owned()
    };
    assert_eq!(status("hold").await, "on_hold");
    desk.act(FIRST, "hold", json!({}))
        .await
        .problem(409, "nothing_to_change");
    assert_eq!(desk.queue("parked").await, [FIRST]);
    assert_eq!(status("resume").await, "open");
    desk.act(FIRST, "reopen", json!({}))
        .await
        .problem(409, "ticket_not_closed");
    assert_eq!(status("close").await, "closed");
    for (call, body) in [
        ("close", json!({})),
        ("hold", json!({})),
        ("replies", json!({"text": "t"})),
        ("hand-over", json!({"team": "t", "reason": "r"})),
        ("raise", json!({"reason": "r"})),
        ("verify", json!({"class": "large", "licences": 1})),
        ("complete", json!({"superadmin_email": "a@b.example"})),
    ] {
        desk.act(FIRST, call, body)
            .await
            .problem(409, "ticket_closed");
    }
    desk.done(FIRST, "notes", json!({"text": "Closed, but."}))
        .await;
    assert!(desk.partner(FIRST).await["timeline"][2]["done_at"].is_string());
    assert_eq!(status("reopen").await, "open");
    let partner = desk.partner(FIRST).await;
    assert_eq!(partner["timeline"][2]["done_at"], Value::Null);
    assert_eq!(
        texts(&partner["history"], "change"),
        ["filed", "held", "resumed", "closed", "reopened"]
    );
    let reasons: Vec<&Value> = partner["history"]
        .as_array()
        .expect("history")
        .iter()
        .map(|entry| &entry["reason"])
        .collect();
    assert_eq!(
        reasons,
        [
            &Value::Null,
            &json!("hold"),
            &json!("resume"),
            &json!("close"),
            &json!("reopen")
        ]
    );
    let audit = desk.case(FIRST).await["audit"].clone();
    assert_eq!(
        texts(&audit, "act"),
        ["held", "resumed", "closed", "noted", "reopened"]
    );
    assert_eq!(
        (&audit[0]["before"], &audit[0]["after"]),
        (&json!("open"), &json!("on_hold"))
    );
    let counted = desk.app.get("/metrics").await.text();
    for change in ["held", "resumed", "closed", "reopened"] {
        let line =
            format!("partner_endpoint_changes_total{{change=\"{change}\",by=\"agent\"}} 1\n");
        assert!(counted.contains(&line), "{counted}");
    }
}

#[tokio::test]
async fn handing_over_parks_a_ticket_and_partners_see_nothing_of_it() {
    let desk = desk().await;
    let before = desk.partner(FIRST).await;
    desk.later(1);
    let to = |team: &str| json!({"team": team, "reason": "Needs a developer."});
    desk.done(FIRST, "hand-over", to(" CRM core ")).await;
    desk.act(FIRST, "hand-over", to("CRM core"))
        .await
        .problem(409, "nothing_to_change");
    assert_eq!(desk.queue("parked").await, [FIRST]);
    assert_eq!(desk.case(FIRST).await["handling"]["handed_to"], "CRM core");
    desk.done(FIRST, "hand-over", to("Sync")).await;
    desk.done(FIRST, "take-back", json!({})).await;
    desk.act(FIRST, "take-back", json!({}))
        .await
        .problem(409, "nothing_to_change");
    assert_eq!(desk.queue("parked").await, [""; 0]);
    assert_eq!(desk.partner(FIRST).await, before);
    let audit = desk.case(FIRST).await["audit"].clone();
    assert_eq!(
        texts(&audit, "act"),
        ["handed_over", "handed_over", "taken_back"]
    );
    assert_eq!(
        (&audit[1]["before"], &audit[1]["after"]),
        (&json!("CRM core"), &json!("Sync"))
    );
    assert_eq!(audit[0]["reason"], "Needs a developer.");
    for body in [
        json!({"team": "", "reason": "r"}),
        json!({"team": "t", "reason": ""}),
        json!({"team": "a\nb", "reason": "r"}),
        json!({"team": "t".repeat(101), "reason": "r"}),
        json!({"team": "t", "reason": "r".repeat(1001)}),
    ] {
        desk.act(FIRST, "hand-over", body)
            .await
            .problem(422, "invalid_fields");
    }
}

async fn uploaded(desk: &Desk, text: &str) -> String {
    let mut request = upload("log.txt", text.as_bytes());
    request.path = path(FIRST, "uploads");
    let answer = desk.send(request).await.ok(201);
    answer["id"].as_str().expect("id").to_owned()
}

#[tokio::test]
async fn agents_send_files_and_those_of_notes_stay_among_agents() {
    let desk = desk().await;
    let (shown, hidden) = (
        uploaded(&desk, "shown").await,
        uploaded(&desk, "hidden").await,
    );
    desk.done(FIRST, "replies", json!({"text": "t", "uploads": [shown]}))
        .await;
    desk.done(FIRST, "notes", json!({"text": "t", "uploads": [hidden]}))
        .await;
    for (id, status) in [(&shown, 200), (&hidden, 404)] {
        let place = format!("/v1/tickets/{FIRST}/attachments/{id}");
        let answer = desk.app.get_as(User::Member, &place).await;
        assert_eq!(answer.status, status, "{id}");
        let place = path(FIRST, &format!("attachments/{id}"));
        let answer = desk.send(Request::get(&place)).await;
        assert_eq!(answer.status, 200);
    }
    // Used, unknown, or of somebody else.
    let of_partner = upload("note.txt", "partner's").token(&desk.app.token(User::Member).await);
    let of_partner = desk.app.send(of_partner).await.ok(201)["id"].clone();
    for id in [json!(shown), json!("0"), of_partner] {
        let answer = desk
            .act(FIRST, "replies", json!({"text": "t", "uploads": [id]}))
            .await;
        let problem = answer.problem(422, "invalid_fields");
        assert_eq!(problem["violations"][0]["code"], "upload_expired");
    }
    let theirs = uploaded(&desk, "an agent's").await;
    let taken = Request::post(
        &format!("/v1/tickets/{FIRST}/replies"),
        &json!({"text": "t", "uploads": [theirs]}),
    );
    let taken = taken.key("k").token(&desk.app.token(User::Member).await);
    desk.app.send(taken).await.problem(422, "invalid_fields");
}

#[tokio::test]
async fn texts_are_bounded_like_partners_texts() {
    let desk = desk().await;
    for (call, body, field) in [
        ("replies", json!({}), "text"),
        ("replies", json!({"text": "a\u{7}"}), "text"),
        ("notes", json!({"text": "x".repeat(32_001)}), "text"),
        ("hold", json!({"reason": "r".repeat(1001)}), "reason"),
        (
            "replies",
            json!({"text": "t", "resolved": "yes"}),
            "resolved",
        ),
    ] {
        let answer = desk.act(FIRST, call, body).await;
        let problem = answer.problem(422, "invalid_fields");
        assert_eq!(problem["violations"][0]["field"], field, "{call}");
    }
    desk.act(FIRST, "replies", json!({"text": "t", "secret": 1}))
        .await
        .problem(422, "unknown_field");
    desk.act(FIRST, "dance", json!({}))
        .await
        .problem(404, "not_found");
    desk.act("PS-EU-000009", "hold", json!({}))
        .await
        .problem(404, "not_found");
}
