//! Replies: their texts, their files, and where they are shown.

use super::{FIRST, detail, path, post, reply, texts, uploaded, with_ticket};
use crate::support::{
    Request, TestApp, User, behind, demo, refuse, relent, sabotage, sha256, ticket,
};
use partner_endpoint::config::RawLimits;
use serde_json::{Value, json};

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

#[tokio::test]
async fn a_reply_is_stored_with_its_author_and_shown_oldest_first() {
    let app = with_ticket().await;
    let filed = detail(&app, User::Member).await;
    assert_eq!(filed["messages"], json!([]));
    app.clock.advance(60_000);
    let first = reply(&app, User::Member, "k1", " One.\r\nTwo. ").await;
    let first = first.ok(201);
    app.clock.advance(60_000);
    let second = reply(&app, User::Superadmin, "k2", "Three.").await.ok(201);
    assert_eq!(first["text"], "One.\nTwo.");
    assert_eq!(
        first["author"],
        json!({"kind": "partner", "name": "Max Member", "email": "member@partner.example"})
    );
    assert_eq!(second["author"]["email"], "superadmin@partner.example");
    assert_eq!(first["attachments"], json!([]));
    assert_ne!(first["id"], second["id"]);
    for user in [User::Member, User::Superadmin] {
        let shown = detail(&app, user).await;
        assert_eq!(shown["messages"], json!([first, second]));
        assert_eq!(shown["updated_at"], second["created_at"]);
        assert_eq!(shown["created_at"], filed["created_at"]);
        assert_eq!(shown["description"], filed["description"]);
        assert_eq!(shown["attachments"], json!([]));
    }
    assert!(filed["updated_at"].as_str() < second["created_at"].as_str());
}

#[tokio::test]
async fn a_reply_moves_the_ticket_in_the_list_by_last_activity_alone() {
    let app = with_ticket().await;
    app.clock.advance(1_000);
    app.file(User::Member, "later", &ticket()).await.ok(201);
    app.clock.advance(1_000);
    let message = reply(&app, User::Member, "k", "Again.").await.ok(201);
    let list = async |query: &str| {
        let page = app
            .get_as(User::Member, &format!("/v1/tickets{query}"))
            .await
            .ok(200);
        page["items"].clone()
    };
    let updated = list("?sort=updated").await;
    assert_eq!(updated[0]["reference"], FIRST);
    assert_eq!(updated[0]["updated_at"], message["created_at"]);
    assert_eq!(list("").await[1]["reference"], FIRST);
    assert_eq!(list("?sort=oldest").await[0]["reference"], FIRST);
}

#[tokio::test]
async fn a_conversation_does_not_run_backwards_when_the_clock_does() {
    let app = with_ticket().await;
    // The machine's clock was at the end of the century for a while.
    sabotage(&app, "UPDATE tickets SET updated_at = 4102444800000").await;
    // Each has an instant of its own, so that one can be seen without the next.
    for (key, text, millis) in [("k1", "One.", 1), ("k2", "Two.", 2)] {
        let message = reply(&app, User::Member, key, text).await.ok(201);
        assert_eq!(
            message["created_at"],
            format!("2100-01-01T00:00:00.00{millis}Z")
        );
    }
    let shown = detail(&app, User::Member).await;
    assert_eq!(texts(&shown), ["One.", "Two."]);
}

#[tokio::test]
async fn what_is_wrong_is_named_and_nothing_is_stored() {
    let app = with_ticket().await;
    let before = detail(&app, User::Member).await;
    for (body, violations) in [
        (json!({}), vec!["text:required"]),
        (json!({"text": ""}), vec!["text:required"]),
        (json!({"text": " \n\u{200B}"}), vec!["text:required"]),
        (json!({"text": null}), vec!["text:unknown_value"]),
        (json!({"text": 5}), vec!["text:unknown_value"]),
        (json!({"text": "a\u{0}"}), vec!["text:control_character"]),
        (json!({"text": "x".repeat(32_001)}), vec!["text:too_long"]),
        (
            json!({"text": "t", "uploads": "x"}),
            vec!["uploads:unknown_value"],
        ),
        (
            json!({"text": "t", "uploads": ["x", "x"]}),
            vec!["uploads:unknown_value"],
        ),
        (
            json!({"text": "", "uploads": ["x"]}),
            vec!["text:required", "uploads:upload_expired"],
        ),
        (
            json!({"text": "t", "uploads": ["1", "2", "3", "4", "5", "6"]}),
            vec!["uploads:too_many_files"],
        ),
    ] {
        let answer = post(&app, User::Member, "replies", "k", &body).await;
        answer.refused(&violations);
    }
    let unknown = json!({"text": "t", "internal": true});
    let answer = post(&app, User::Member, "replies", "k", &unknown).await;
    answer.problem(422, "unknown_field");
    assert_eq!(answer.violations(), ["internal:unknown_field"]);
    post(&app, User::Member, "replies", "k", &json!([]))
        .await
        .problem(400, "malformed_json");
    assert_eq!(detail(&app, User::Member).await, before);
    // A refusal bound nothing; and so long is not too long.
    let long = "ä".repeat(32_000);
    reply(&app, User::Member, "k", &format!("\n{long}\n"))
        .await
        .ok(201);
    assert_eq!(texts(&detail(&app, User::Member).await), [long]);
}

#[tokio::test]
async fn files_go_with_their_message_and_not_with_another() {
    let app = with_ticket().await;
    let one = uploaded(&app, User::Member, "one").await;
    let two = uploaded(&app, User::Member, "two").await;
    let three = uploaded(&app, User::Member, "three").await;
    let body = json!({"text": "Two files.", "uploads": [two, one]});
    let first = post(&app, User::Member, "replies", "k1", &body)
        .await
        .ok(201);
    let ids = |message: &Value| {
        let files = message["attachments"].as_array().expect("attachments");
        let ids = files.iter().map(|file| file["id"].as_str().expect("id"));
        ids.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(ids(&first), [two.clone(), one.clone()], "in order");
    assert_eq!(first["attachments"][1]["sha256"], sha256(b"one"));
    // Used up, for a second reply as for a ticket; the refusal lets go of the one that was free.
    let body = json!({"text": "Again.", "uploads": [three, one]});
    post(&app, User::Member, "replies", "k2", &body)
        .await
        .refused(&["uploads:upload_expired"]);
    let mut another = ticket();
    another["uploads"] = json!([one]);
    app.file(User::Member, "k3", &another)
        .await
        .refused(&["uploads:upload_expired"]);
    let body = json!({"text": "Again.", "uploads": [three]});
    let second = post(&app, User::Member, "replies", "k2", &body)
        .await
        .ok(201);
    let shown = detail(&app, User::Superadmin).await;
    assert_eq!(shown["messages"], json!([first, second]));
    assert_eq!(shown["attachments"], json!([]), "those of the ticket alone");
    for (id, bytes) in [(&one, "one"), (&two, "two"), (&three, "three")] {
        let file = app
            .get_as(User::Member, &path(FIRST, &format!("attachments/{id}")))
            .await;
        assert_eq!((file.status, file.text().as_str()), (200, bytes));
    }
}

#[tokio::test]
async fn an_upload_that_expired_or_is_somebody_else_s_is_not_taken() {
    let app = with_ticket().await;
    let theirs = uploaded(&app, User::Superadmin, "theirs").await;
    let old = uploaded(&app, User::Member, "old").await;
    let with = |id: &str| json!({"text": "With a file.", "uploads": [id]});
    post(&app, User::Member, "replies", "k", &with(&theirs))
        .await
        .refused(&["uploads:upload_expired"]);
    app.clock.advance(DAY_MS);
    post(&app, User::Member, "replies", "k", &with(&old))
        .await
        .refused(&["uploads:upload_expired"]);
    assert_eq!(detail(&app, User::Member).await["messages"], json!([]));
    let new = uploaded(&app, User::Member, "old").await;
    post(&app, User::Member, "replies", "k", &with(&new))
        .await
        .ok(201);
}

#[tokio::test]
async fn a_reply_counts_as_a_write_and_a_replay_does_not() {
    let limits = RawLimits {
        // Twenty times in demo mode.
        writes_per_minute: Some(1),
        ..RawLimits::default()
    };
    let app = TestApp::with(demo(limits)).await;
    app.file(User::Member, "filed", &ticket()).await.ok(201);
    let mut stored = 0;
    let refused = loop {
        let answer = reply(&app, User::Member, &format!("k{stored}"), "More.").await;
        if answer.status != 201 {
            break answer;
        }
        stored += 1;
        assert!(stored < 40, "there is no limit");
    };
    assert!(refused.wait() > 0);
    assert!(reply(&app, User::Member, "k0", "More.").await.is_replay());
}

#[tokio::test]
async fn message_key_and_time_are_stored_together_or_not_at_all() {
    let app = with_ticket().await;
    let before = detail(&app, User::Member).await;
    app.clock.advance(1_000);
    refuse(&app, "INSERT ON idempotency_keys", None).await;
    reply(&app, User::Member, "k", "Lost?")
        .await
        .problem(503, "storage_unavailable");
    post(&app, User::Member, "close", "c", &json!({}))
        .await
        .problem(503, "storage_unavailable");
    assert_eq!(detail(&app, User::Member).await, before);
    relent(&app).await;
    assert!(!reply(&app, User::Member, "k", "Lost?").await.is_replay());
    assert_eq!(texts(&detail(&app, User::Member).await), ["Lost?"]);
}

#[tokio::test]
async fn notes_among_agents_and_their_files_are_never_shown() {
    let app = with_ticket().await;
    let file = uploaded(&app, User::Member, "note").await;
    let body = json!({"text": "Shown.", "uploads": [file]});
    let message = post(&app, User::Member, "replies", "k", &body)
        .await
        .ok(201);
    sabotage(
        &app,
        "INSERT INTO messages (public_id, ticket_id, at, author_kind, author_name, author_email, text, internal)
             VALUES ('a', 1, 0, 'agent', 'Grace', 'grace@agents.example', 'An answer.', 0),
                    ('b', 1, 0, 'agent', 'Grace', 'grace@agents.example', 'A note.', 1);
         UPDATE files SET message_id = (SELECT id FROM messages WHERE internal = 1)",
    )
    .await;
    for user in [User::Member, User::Superadmin] {
        let shown = detail(&app, user).await;
        assert_eq!(texts(&shown), ["Shown.", "An answer."]);
        assert_eq!(
            shown["messages"][1]["author"],
            json!({"kind": "agent", "name": "Grace", "email": null})
        );
        assert!(!shown.to_string().contains(&file), "{shown}");
        let id = &message["attachments"][0]["id"];
        let path = path(FIRST, &format!("attachments/{}", id.as_str().expect("id")));
        app.get_as(user, &path).await.problem(404, "not_found");
    }
}

#[tokio::test]
async fn the_demo_forgets_conversations_when_it_starts_over() {
    let app = with_ticket().await;
    reply(&app, User::Member, "k", "Gone soon.").await.ok(201);
    let reset = app.control("/demo/reset", &json!({})).await;
    assert!(reset.status < 300, "{}", reset.text());
    app.file(User::Member, "filed", &ticket()).await.ok(201);
    assert_eq!(detail(&app, User::Member).await["messages"], json!([]));
    let mut other = behind(&app).await;
    assert_eq!(other.number("SELECT count(*) FROM messages").await, 0);
}

#[tokio::test]
async fn a_key_is_needed() {
    let app = with_ticket().await;
    let token = app.token(User::Member).await;
    for call in ["replies", "close", "reopen"] {
        let request = Request::post(&path(FIRST, call), &json!({"text": "t"})).token(&token);
        app.send(request)
            .await
            .problem(400, "idempotency_key_missing");
        let request = Request::post(&path(FIRST, call), &json!({}))
            .header("content-type", "text/plain")
            .key("k");
        app.send(request.token(&token))
            .await
            .problem(415, "unsupported_media_type");
    }
}

#[tokio::test]
async fn a_ticket_takes_only_so_many_messages() {
    let app = TestApp::limited(RawLimits {
        messages_per_ticket: Some(2),
        ..RawLimits::default()
    })
    .await;
    app.file(User::Member, "filed", &ticket()).await.ok(201);
    reply(&app, User::Member, "k1", "One.").await.ok(201);
    reply(&app, User::Member, "k2", "Two.").await.ok(201);
    reply(&app, User::Member, "k3", "Three.")
        .await
        .problem(409, "ticket_full");
    assert!(reply(&app, User::Member, "k2", "Two.").await.is_replay());
    post(&app, User::Member, "close", "k4", &json!({}))
        .await
        .ok(201);
    let shown = detail(&app, User::Member).await;
    assert_eq!(texts(&shown), ["One.", "Two."]);
    let counted = app.get("/metrics").await.text();
    for line in [
        "partner_endpoint_changes_total{change=\"replied\",by=\"partner\"} 2\n",
        "partner_endpoint_changes_total{change=\"closed\",by=\"partner\"} 1\n",
    ] {
        assert!(counted.contains(line), "{counted}");
    }
    // The other ticket is not concerned, and the key is free.
    app.file(User::Member, "other", &ticket()).await.ok(201);
    let request = Request::post(
        "/v1/tickets/PS-EU-000002/replies",
        &json!({"text": "Three."}),
    );
    let request = request.key("k3").token(&app.token(User::Member).await);
    app.send(request).await.ok(201);
}
