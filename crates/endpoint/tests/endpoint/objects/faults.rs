//! A store that fails, for a moment or for long.

use super::{in_bucket, sent, settings, there};
use crate::backup::filed;
use crate::support::{Fault, Objects, TestApp, User, on_disk, ticket};
use std::time::{Duration, Instant};

#[tokio::test]
async fn a_store_that_fails_for_a_moment_is_asked_again() {
    let objects = Objects::start().await;
    let app = in_bucket(&objects, "moment").await;
    for fault in [Fault::Status(503), Fault::Status(500), Fault::Cut] {
        objects.fail_once("PUT", fault);
        let (reference, id) = filed(&app, &format!("{fault:?}")).await;
        assert!(objects.has_failed(), "{fault:?}");
        let path = format!("/v1/tickets/{reference}/attachments/{id}");
        for fault in [Fault::Status(503), Fault::Cut, Fault::CutBody] {
            objects.fail_once("GET", fault);
            let answer = app.get_as(User::Member, &path).await;
            assert_eq!(answer.status, 200, "{fault:?}");
            assert!(!answer.body.is_empty() && objects.has_failed(), "{fault:?}");
        }
    }
    assert_eq!(there(&app).await.len(), 3);
}

#[tokio::test]
async fn a_store_that_fails_is_told_as_such_and_nothing_is_lost() {
    let objects = Objects::start().await;
    let mut place = objects.place("long");
    place.attachments_seconds = Some(1);
    let app = TestApp::with(settings(&place)).await;
    let (reference, id) = filed(&app, "before").await;
    let path = format!("/v1/tickets/{reference}/attachments/{id}");
    for fault in [
        Fault::Status(503),
        Fault::Status(403),
        Fault::Cut,
        Fault::Silence,
    ] {
        objects.fail(Some(fault));
        let (sending, reading) = (
            sent(&app, "a.txt", b"text"),
            app.get_as(User::Member, &path),
        );
        let (refused, unread) = tokio::join!(sending, reading);
        for answer in [refused, unread] {
            answer.problem(503, "storage_unavailable");
            assert_eq!(
                answer.header("retry-after").as_deref(),
                Some("5"),
                "{fault:?}"
            );
        }
        assert_eq!(on_disk(&app), [""; 0], "{fault:?}");
        let key = format!("{fault:?}");
        app.file(User::Member, &key, &ticket()).await.ok(201);
        objects.fail(None);
        sent(&app, "a.txt", b"text").await.ok(201);
        assert_eq!(app.get_as(User::Member, &path).await.body, b"before");
    }
    // What was cut after the store had it belongs to nothing.
    objects.fail(None);
    assert!(there(&app).await.len() >= 5);
}

/// Each of them would take as long as the first.
#[tokio::test]
async fn tidying_does_not_wait_for_a_silent_store_once_for_every_file() {
    let objects = Objects::start().await;
    let mut place = objects.place("silent");
    place.attachments_seconds = Some(1);
    let app = TestApp::with(settings(&place)).await;
    for _ in 0..8 {
        sent(&app, "a.txt", b"unused").await.ok(201);
    }
    app.clock.advance(25 * 60 * 60 * 1000);
    objects.fail(Some(Fault::Silence));
    let start = Instant::now();
    app.app.tidy_up().await.expect("tidied");
    assert!(
        start.elapsed() < Duration::from_secs(6),
        "{:?}",
        start.elapsed()
    );
    objects.fail(None);
    assert_eq!(there(&app).await.len(), 8, "they go when they are old");
}

#[tokio::test]
async fn an_endpoint_starts_though_the_store_cannot_be_reached() {
    let objects = Objects::start().await;
    objects.fail(Some(Fault::Status(403)));
    let app = in_bucket(&objects, "down").await;
    app.file(User::Member, "k", &ticket()).await.ok(201);
    objects.fail(None);
    sent(&app, "a.txt", b"text").await.ok(201);
    assert_eq!(there(&app).await.len(), 1);
}

#[tokio::test]
async fn an_object_that_is_gone_will_not_come_back_by_waiting() {
    let objects = Objects::start().await;
    let app = in_bucket(&objects, "gone").await;
    let (reference, id) = filed(&app, "k").await;
    app.app.files.remove(&id).await;
    let path = format!("/v1/tickets/{reference}/attachments/{id}");
    app.get_as(User::Member, &path)
        .await
        .problem(500, "internal");
}
