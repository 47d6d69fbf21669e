//! What comes into the bucket, what comes out of it, and what never reaches it.

use super::{in_bucket, sent, settings, there};
use crate::backup::filed;
use crate::feedback::{Form, PNG};
use crate::support::{Objects, TestApp, User, cut, on_disk, sha256, ticket, upload};
use partner_endpoint::app::StartError;
use partner_endpoint::clock::AdjustableClock;
use partner_endpoint::config::{Config, RawConfig, RawStore};
use serde_json::json;
use std::sync::Arc;

#[tokio::test]
async fn files_are_kept_in_the_bucket_and_come_back() {
    let objects = Objects::start().await;
    let app = in_bucket(&objects, "kept").await;
    // Longer than what is sent to the store in one piece.
    let long: Vec<u8> = (0..6_000_000_u32).map(|n| b'a' + (n % 26) as u8).collect();
    let mut ids = Vec::new();
    for bytes in [b"".as_slice(), b"short", &long] {
        let answer = sent(&app, "a.txt", bytes).await.ok(201);
        assert_eq!(answer["sha256"], sha256(bytes));
        ids.push(answer["id"].as_str().expect("id").to_owned());
    }
    let mut body = ticket();
    body["uploads"] = json!(ids);
    let receipt = app.file(User::Member, "k", &body).await.ok(201);
    let reference = receipt["reference"].as_str().expect("reference");
    for (id, bytes) in ids.iter().zip([b"".as_slice(), b"short", &long]) {
        let path = format!("/v1/tickets/{reference}/attachments/{id}");
        let answer = app.get_as(User::Member, &path).await;
        assert_eq!((answer.status, answer.body.len()), (200, bytes.len()));
        assert!(answer.body == bytes);
    }
    let form = Form::sound().file("a.png", PNG);
    app.send(form.request("f")).await.ok(201);
    assert_eq!(there(&app).await.len(), 4);
    assert_eq!(on_disk(&app), [""; 0], "nothing stays where it arrived");
    app.control("/demo/reset", &json!({})).await;
    assert_eq!(there(&app).await, [""; 0]);
}

#[tokio::test]
async fn what_is_refused_never_reaches_the_bucket() {
    let objects = Objects::start().await;
    let app = in_bucket(&objects, "refused").await;
    sent(&app, "a.png", b"no picture")
        .await
        .refused(&["uploads:file_type"]);
    let token = app.token(User::Member).await;
    let bytes = upload("a.txt", vec![b'x'; 100_000])
        .token(&token)
        .bytes(app.address);
    cut(app.address, &bytes[..bytes.len() - 50_000]).await;
    assert_eq!((there(&app).await, on_disk(&app)), (Vec::new(), Vec::new()));
}

#[tokio::test]
async fn what_no_ticket_takes_goes_and_what_belongs_to_nothing_does_once_it_is_old() {
    let objects = Objects::start().await;
    let app = in_bucket(&objects, "tidied").await;
    let (_, kept) = filed(&app, "k").await;
    sent(&app, "a.txt", b"unused").await.ok(201);
    let mut stray = app.app.files.begin("ee").await.expect("begun");
    stray.write(b"stray").await.expect("written");
    stray.flush().await.expect("written");
    stray.keep().await.expect("kept");
    app.clock.advance(25 * 60 * 60 * 1000);
    app.app.tidy_up().await.expect("tidied");
    assert_eq!(there(&app).await, [kept.as_str(), "ee"].map(str::to_owned));
    if objects.age() {
        app.app.tidy_up().await.expect("tidied");
        assert_eq!(there(&app).await, [kept]);
    }
}

#[tokio::test]
async fn a_place_of_another_installation_is_refused_and_left_as_it_is() {
    let objects = Objects::start().await;
    let app = in_bucket(&objects, "ours").await;
    sent(&app, "a.txt", b"ours").await.ok(201);
    objects.age();
    let folder = tempfile::tempdir().expect("temporary folder");
    let raw = settings(&objects.place("ours"));
    let raw = RawConfig {
        store: RawStore {
            data: Some(folder.path().join("data")),
            ..RawStore::default()
        },
        ..raw
    };
    let config = Config::try_from(raw).expect("sound settings");
    let started = partner_endpoint::app::App::start(config, Arc::new(AdjustableClock::default()));
    match started.await {
        Err(StartError::OthersFiles(place)) => {
            assert!(place.to_string_lossy().ends_with("/ours"), "{place:?}");
        }
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("started"),
    }
    assert_eq!(there(&app).await.len(), 1);
    // A restart is the same installation.
    let again = app.restart(settings(&objects.place("ours"))).await;
    assert_eq!(there(&again).await.len(), 1);
}

#[tokio::test]
async fn prefixes_that_begin_alike_are_two_places() {
    let objects = Objects::start().await;
    let (one, two) = (
        in_bucket(&objects, "a").await,
        in_bucket(&objects, "ab").await,
    );
    sent(&two, "a.txt", b"two").await.ok(201);
    assert_eq!(there(&one).await, [""; 0]);
    assert_eq!(there(&two).await.len(), 1);
    drop::<(TestApp, TestApp)>((one, two));
}
