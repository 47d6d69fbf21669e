//! Once per key.

use super::{Form, PNG, behind_a_proxy, count, filed, picture, sent};
use crate::support::{Request, TestApp, User, demo, on_disk, ticket};
use partner_endpoint::config::RawLimits;
use partner_endpoint::store::idempotency::Scope;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

fn replayed(answer: &crate::support::Answer, first: &crate::support::Answer) {
    assert_eq!(answer.ok(201), first.ok(201));
    assert!(answer.is_replay());
}

#[tokio::test]
async fn the_same_form_gets_the_same_answer_and_says_so() {
    let app = TestApp::demo().await;
    let form = Form::sound().file("a.png", PNG);
    let first = filed(&app, "k", &form).await;
    replayed(&filed(&app, "k", &form).await, &first);
    // Neither boundary, nor order of texts, nor the name of a file is what it says.
    let other = Form::default()
        .file("b.png", PNG)
        .text("lang", "de")
        .text("subject", "A word is missing")
        .text("email", "ada@visitor.example")
        .text("name", "Ada");
    replayed(&filed(&app, "k", &other).await, &first);
    let text = Form::sound().body();
    let text = String::from_utf8(text)
        .expect("text")
        .replace("----the-boundary", "another");
    let kind = "multipart/form-data; boundary=another";
    let request = sent(text).key("t").header("content-type", kind);
    let second = app.send(request).await;
    replayed(&filed(&app, "t", &Form::sound()).await, &second);
    // A restart forgets nothing.
    let app = app.restart(demo(RawLimits::default())).await;
    replayed(&filed(&app, "k", &form).await, &first);
    assert_eq!((count(&app).await, on_disk(&app).len()), (2, 1));
}

#[tokio::test]
async fn another_form_under_the_same_key_is_told_so() {
    let app = TestApp::demo().await;
    let form = Form::sound().file("a.png", PNG).file("b.gif", b"GIF89a");
    filed(&app, "k", &form).await.ok(201);
    let swapped = Form::sound().file("b.gif", b"GIF89a").file("a.png", PNG);
    for other in [
        form.clone().with("name", "Bob"),
        form.clone().with("subject", "A word is  missing"),
        form.clone().text("description", "More."),
        form.clone().text("page_url", "https://a.example/"),
        form.clone().file("c.png", PNG),
        Form::sound().file("a.png", PNG),
        Form::sound()
            .file("a.png", &picture(13))
            .file("b.gif", b"GIF89a"),
        Form::sound(),
        swapped,
        // Not even what alone would be refused.
        form.clone().with("lang", "xx"),
        form.clone().with("name", &"x".repeat(300_000)),
        form.clone().file("run.exe", b"MZ"),
    ] {
        let answer = filed(&app, "k", &other).await;
        answer.problem(422, "idempotency_mismatch");
    }
    assert_eq!((count(&app).await, on_disk(&app).len()), (1, 2));
}

#[tokio::test]
async fn only_what_is_stored_binds_a_key() {
    let app = TestApp::demo().await;
    filed(&app, "k", &Form::sound().with("name", ""))
        .await
        .problem(422, "invalid_fields");
    filed(&app, "k", &Form::sound().text("x", "y"))
        .await
        .problem(422, "unknown_field");
    app.send(sent("nothing").key("k"))
        .await
        .problem(400, "malformed_request");
    let receipt = filed(&app, "k", &Form::sound()).await;
    assert_eq!(receipt.ok(201)["reference"], "TF-000001");
    assert!(!receipt.is_replay());
}

#[tokio::test]
async fn a_key_is_needed_and_bounded() {
    let app = TestApp::demo().await;
    let request = || Form::sound().request("k");
    app.send(request().without("idempotency-key"))
        .await
        .problem(400, "idempotency_key_missing");
    for key in ["", "   ", "a\tb", "schlüssel", &"k".repeat(256)] {
        app.send(request().key(key))
            .await
            .problem(400, "idempotency_key_invalid");
    }
    let mut twice = request();
    let second = ("idempotency-key".to_owned(), "b".to_owned());
    twice.headers.push(second);
    app.send(twice)
        .await
        .problem(400, "idempotency_key_invalid");
    assert_eq!(count(&app).await, 0);
    app.send(request().key(&"k".repeat(255))).await.ok(201);
}

#[tokio::test]
async fn keys_of_tickets_are_others() {
    let app = TestApp::demo().await;
    let receipt = app.file(User::Member, "k", &ticket()).await.ok(201);
    let first = filed(&app, "k", &Form::sound()).await;
    assert_eq!(first.ok(201)["reference"], "TF-000001");
    let again = app.file(User::Member, "k", &ticket()).await.ok(201);
    assert_eq!(again, receipt);
    replayed(&filed(&app, "k", &Form::sound()).await, &first);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_are_one() {
    let app = Arc::new(TestApp::demo().await);
    let form = Form::sound().file("a.png", &picture(100_000));
    let attempts: Vec<_> = (0..50)
        .map(|_| {
            let (app, request) = (Arc::clone(&app), form.request("k"));
            tokio::spawn(async move {
                loop {
                    let answer = app.send(request.clone()).await;
                    // Who has waited long enough for the others is asked to come again.
                    if answer.status != 409 {
                        return answer;
                    }
                    answer.problem(409, "idempotency_running");
                }
            })
        })
        .collect();
    let (mut receipts, mut firsts) = (BTreeSet::new(), 0);
    for attempt in attempts {
        let answer = attempt.await.expect("answered");
        assert_eq!(answer.status, 201, "{}", answer.text());
        firsts += usize::from(!answer.is_replay());
        receipts.insert(answer.text());
    }
    assert_eq!((receipts.len(), firsts), (1, 1));
    assert_eq!((count(&app).await, on_disk(&app).len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_different_ones_at_once_are_fifty() {
    let app = Arc::new(behind_a_proxy(RawLimits::default()).await);
    let attempts: Vec<_> = (0..50)
        .map(|index| {
            let form = Form::sound().file("a.png", &picture(50_000));
            let request = form
                .request(&format!("k{index}"))
                .header("x-forwarded-for", &format!("198.51.100.{index}"));
            let app = Arc::clone(&app);
            tokio::spawn(async move { app.send(request).await })
        })
        .collect();
    let mut references = BTreeSet::new();
    for attempt in attempts {
        references.insert(attempt.await.expect("answered").ok(201)["reference"].to_string());
    }
    assert_eq!((references.len(), on_disk(&app).len()), (50, 50));
}

#[tokio::test]
async fn two_endpoints_on_one_store_agree() {
    let one = TestApp::demo().await;
    let raw = demo(RawLimits::default());
    let two = TestApp::in_folder(Arc::clone(&one.folder), raw).await;
    let form = Form::sound().file("a.png", PNG);
    let (first, second) = tokio::join!(filed(&one, "k", &form), filed(&two, "k", &form));
    assert_eq!(first.ok(201), second.ok(201));
    assert_eq!((count(&one).await, on_disk(&one).len()), (1, 1));
}

#[tokio::test]
async fn one_that_still_runs_is_waited_for() {
    let app = TestApp::demo().await;
    let scope = Scope {
        shop_id: String::new(),
        sub: String::new(),
        key: "k".to_owned(),
    };
    let locks = &app.app.feedback.locks;
    let held = locks.acquire(&scope, Duration::ZERO).await.expect("free");
    let answer = filed(&app, "k", &Form::sound()).await;
    answer.problem(409, "idempotency_running");
    assert_eq!(answer.header("retry-after").as_deref(), Some("1"));
    drop(held);
    filed(&app, "k", &Form::sound()).await.ok(201);
}

#[tokio::test]
async fn a_lost_answer_is_made_up_for() {
    let app = TestApp::demo().await;
    let fault = serde_json::json!({"next": [
        {"method": "POST", "path": super::PATH, "do": "drop-answer"},
    ]});
    app.control("/demo/faults", &fault).await;
    let form = Form::sound().file("a.png", PNG);
    let lost = form.request("k").exchange(app.address).await;
    assert_eq!(lost, b"");
    let answer = filed(&app, "k", &form).await;
    assert_eq!(answer.ok(201)["reference"], "TF-000001");
    assert!(answer.is_replay());
    let reset = Request::post("/demo/reset", &serde_json::json!({}));
    assert_eq!(app.send(reset).await.status, 204);
    assert_eq!((count(&app).await, on_disk(&app).len()), (0, 0));
    let fresh = filed(&app, "k", &form).await.ok(201);
    assert_eq!(fresh["reference"], "TF-000001", "from the start");
}
