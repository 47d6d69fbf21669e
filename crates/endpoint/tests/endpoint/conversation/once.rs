//! Replies, closing and reopening: once per key, whatever happens.

use super::{FIRST, changes, detail, path, post, reply, texts, uploaded, with_ticket};
use crate::support::{Request, User, ticket};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

#[tokio::test]
async fn the_same_request_gets_the_same_answer_and_says_so() {
    let app = with_ticket().await;
    let one = uploaded(&app, User::Member, "same").await;
    let again = uploaded(&app, User::Member, "same").await;
    let other = uploaded(&app, User::Member, "other").await;
    let with = |id: &str| json!({"text": "t", "uploads": [id]});
    let first = post(&app, User::Member, "replies", "k", &with(&one)).await;
    assert!(!first.is_replay());
    // The same file, whether it is taken or uploaded again.
    for id in [&one, &again] {
        let replay = post(&app, User::Member, "replies", "k", &with(id)).await;
        assert!(replay.is_replay());
        assert_eq!(replay.ok(201), first.ok(201));
    }
    for body in [
        with(&other),
        json!({"text": "t"}),
        json!({"text": "t ", "uploads": [one]}),
    ] {
        post(&app, User::Member, "replies", "k", &body)
            .await
            .problem(422, "idempotency_mismatch");
    }
    assert_eq!(texts(&detail(&app, User::Member).await), ["t"]);
}

#[tokio::test]
async fn a_key_stands_for_one_call_on_one_ticket() {
    let app = with_ticket().await;
    app.file(User::Member, "other", &ticket()).await.ok(201);
    let token = app.token(User::Member).await;
    reply(&app, User::Member, "r", "t").await.ok(201);
    post(&app, User::Member, "close", "c", &json!({}))
        .await
        .ok(201);
    let elsewhere = Request::post(&path("PS-EU-000002", "replies"), &json!({"text": "t"}));
    for request in [
        elsewhere.key("r"),
        Request::post(&path(FIRST, "replies"), &json!({"text": "t"})).key("filed"),
        Request::post(&path(FIRST, "close"), &json!({})).key("filed"),
        Request::post(&path(FIRST, "reopen"), &json!({})).key("c"),
        Request::post(&path(FIRST, "close"), &json!({"reason": "r"})).key("c"),
        Request::post(&path("PS-EU-000002", "close"), &json!({})).key("c"),
        Request::post("/v1/tickets", &ticket()).key("r"),
        Request::post("/v1/tickets", &ticket()).key("c"),
    ] {
        app.send(request.token(&token))
            .await
            .problem(422, "idempotency_mismatch");
    }
    // Of another user the same text is another key.
    post(&app, User::Superadmin, "reopen", "c", &json!({}))
        .await
        .ok(201);
    let theirs = reply(&app, User::Superadmin, "r", "t").await;
    theirs.ok(201);
    assert!(!theirs.is_replay());
    let shown = detail(&app, User::Member).await;
    assert_eq!(texts(&shown), ["t", "t"]);
    assert_eq!(changes(&shown), ["filed", "closed", "reopened"]);
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_are_one_message_and_fifty_equal_answers() {
    let app = Arc::new(with_ticket().await);
    let token = app.token(User::Member).await;
    for (call, body) in [
        ("replies", json!({"text": "Once."})),
        ("close", json!({"reason": "Once."})),
        ("reopen", json!({})),
    ] {
        let attempts: Vec<_> = (0..50)
            .map(|_| {
                let request = Request::post(&path(FIRST, call), &body).key(call);
                let (app, request) = (Arc::clone(&app), request.token(&token));
                tokio::spawn(async move { app.send(request).await })
            })
            .collect();
        let (mut answers, mut firsts) = (BTreeSet::new(), 0);
        for attempt in attempts {
            let answer = attempt.await.expect("answered");
            assert_eq!(answer.status, 201, "{call}: {}", answer.text());
            firsts += usize::from(!answer.is_replay());
            answers.insert(answer.text());
        }
        assert_eq!((answers.len(), firsts), (1, 1), "{call}");
    }
    let shown = detail(&app, User::Member).await;
    assert_eq!(texts(&shown), ["Once."]);
    assert_eq!(changes(&shown), ["filed", "closed", "reopened"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_different_ones_at_once_are_fifty_messages_and_one_closing() {
    let app = Arc::new(with_ticket().await);
    let token = app.token(User::Member).await;
    let send = |call: &'static str, index: usize| {
        let body = match call {
            "replies" => json!({"text": format!("{index}")}),
            _ => json!({}),
        };
        let request = Request::post(&path(FIRST, call), &body).key(&format!("{call}{index}"));
        let (app, request) = (Arc::clone(&app), request.token(&token));
        tokio::spawn(async move { app.send(request).await })
    };
    let replies: Vec<_> = (0..50).map(|index| send("replies", index)).collect();
    for reply in replies {
        reply.await.expect("answered").ok(201);
    }
    let closings: Vec<_> = (0..20).map(|index| send("close", index)).collect();
    let mut closed = 0;
    for closing in closings {
        let answer = closing.await.expect("answered");
        if answer.status == 201 {
            closed += 1;
        } else {
            answer.problem(409, "ticket_closed");
        }
    }
    assert_eq!(closed, 1);
    let shown = detail(&app, User::Member).await;
    let texts: BTreeSet<&str> = texts(&shown).into_iter().collect();
    assert_eq!(texts.len(), 50);
    assert_eq!(changes(&shown), ["filed", "closed"]);
}

#[tokio::test]
async fn what_was_stored_is_never_reported_as_refused() {
    let app = with_ticket().await;
    let stored = reply(&app, User::Member, "k", "t").await.ok(201);
    let closed = post(&app, User::Member, "close", "c", &json!({}))
        .await
        .ok(201);
    // The ticket is closed, and access is withdrawn.
    let none = Request {
        method: "PUT".to_owned(),
        ..Request::post(
            "/v1/access/member@partner.example",
            &json!({"access": "none"}),
        )
    };
    app.send(none.token(&app.token(User::Superadmin).await))
        .await
        .ok(200);
    let again = reply(&app, User::Member, "k", "t").await;
    assert_eq!((again.ok(201), again.is_replay()), (stored, true));
    let again = post(&app, User::Member, "close", "c", &json!({})).await;
    assert_eq!((again.ok(201), again.is_replay()), (closed, true));
    reply(&app, User::Member, "new", "t")
        .await
        .problem(403, "access_denied");
}
