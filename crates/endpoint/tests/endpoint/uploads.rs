//! Files on their way in: whole or not at all, whose they are, and for how long.

use crate::support::{
    Answer, HS256_SECRET, Request, TWO_SECRET, TestApp, User, connect, cut, demo, on_disk, sha256,
    stalled, ticket, trickled, upload,
};
use partner_endpoint::config::{RawConfig, RawLimits};
use serde_json::{Value, json};
use std::time::{Duration, SystemTime};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const DAY_MS: u64 = 24 * 60 * 60 * 1000;
const MAX: usize = 20 << 20;

async fn sent(app: &TestApp, user: User, name: &str, bytes: &[u8]) -> Answer {
    app.send(upload(name, bytes).token(&app.token(user).await))
        .await
}

/// The id of a small text that was uploaded.
async fn uploaded(app: &TestApp, user: User, text: &str) -> String {
    let answer = sent(app, user, "note.txt", text.as_bytes()).await.ok(201);
    answer["id"].as_str().expect("id").to_owned()
}

fn with_uploads(ids: &[&str]) -> Value {
    let mut body = ticket();
    body["uploads"] = json!(ids);
    body
}

#[tokio::test]
async fn an_upload_is_answered_once_it_is_on_disk_under_its_hash() {
    let app = TestApp::demo().await;
    let answer = sent(&app, User::Member, "Gr%C3%B6%C3%9Fe.txt", b"hello").await;
    let upload = answer.ok(201);
    assert_eq!(upload["name"], "Größe.txt");
    assert_eq!(upload["size"], 5);
    assert_eq!(upload["sha256"], sha256(b"hello"));
    assert!(
        upload["expires_at"]
            .as_str()
            .is_some_and(|at| at.ends_with('Z'))
    );
    let id = upload["id"].as_str().expect("id");
    assert_eq!(on_disk(&app), [id]);
    let bytes = std::fs::read(app.app.files.path(id)).expect("read");
    assert_eq!(bytes, b"hello");
}

#[tokio::test]
async fn names_types_and_contents_that_do_not_do_are_refused() {
    let app = TestApp::demo().await;
    for (name, bytes, violation) in [
        ("run.exe", b"MZ".as_slice(), "uploads:file_type"),
        ("page.html", b"<p>", "uploads:file_type"),
        ("picture.png", b"no picture", "uploads:file_type"),
        ("note.txt", b"nul\0", "uploads:file_type"),
        ("photo%E2%80%AEgnp.exe", b"MZ", "uploads:file_type"),
        ("noending", b"text", "uploads:file_type"),
        ("%FF.txt", b"text", "name:syntax"),
        ("%20", b"text", "name:required"),
        ("", b"text", "name:required"),
    ] {
        sent(&app, User::Member, name, bytes)
            .await
            .refused(&[violation]);
    }
    let token = app.token(User::Member).await;
    let nameless = upload("x", "text").without("upload-name").token(&token);
    app.send(nameless).await.refused(&["name:required"]);
    // Nobody's word for a type is taken.
    let lying = upload("a.txt", "text").header("content-type", "image/png");
    app.send(lying.token(&token)).await.ok(201);
    assert_eq!(on_disk(&app).len(), 1, "a refusal leaves nothing");
}

#[tokio::test]
async fn names_come_back_harmless() {
    let app = TestApp::demo().await;
    let long = format!("{}.txt", "n".repeat(1000));
    for (given, kept) in [
        ("..%2F..%2Fetc%2Fcron.txt", "cron.txt"),
        ("a%00b.txt", "ab.txt"),
        ("a%0D%0Ab.txt", "ab.txt"),
        ("a%E2%80%AEb.txt", "ab.txt"),
        ("CON.txt", "_CON.txt"),
        ("100%25.txt", "100%.txt"),
        ("100%.txt", "100%.txt"),
    ] {
        let answer = sent(&app, User::Member, given, b"x").await.ok(201);
        assert_eq!(answer["name"], kept, "{given}");
    }
    let answer = sent(&app, User::Member, &long, b"x").await.ok(201);
    let name = answer["name"].as_str().expect("name");
    assert!(name.len() <= 255 && name.ends_with(".txt"), "{name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bound_is_exact_with_and_without_an_announced_length() {
    let app = TestApp::demo().await;
    let token = app.token(User::Member).await;
    let chunked = |size: usize| {
        let body = format!("{size:x}\r\n{}\r\n0\r\n\r\n", "x".repeat(size));
        upload("a.txt", body)
            .header("transfer-encoding", "chunked")
            .token(&token)
    };
    let plain = |size: usize| upload("a.txt", vec![b'x'; size]).token(&token);
    assert_eq!(app.send(plain(MAX)).await.ok(201)["size"], MAX);
    assert_eq!(app.send(chunked(MAX)).await.ok(201)["size"], MAX);
    // Small enough beyond the bound that the rest is drained and the answer is sure to arrive.
    app.send(chunked(MAX + 1))
        .await
        .problem(413, "body_too_large");
    // Announced: said before anything but the first megabyte was read.
    let mut asking = plain(0)
        .header("content-length", &(MAX + 1).to_string())
        .header("expect", "100-continue");
    asking.body.clear();
    app.send(asking).await.problem(413, "body_too_large");
    let mut stream = connect(app.address).await;
    let head = plain(0).header("content-length", &(MAX + 1).to_string());
    stream
        .write_all(&head.bytes(app.address))
        .await
        .expect("sent");
    stream
        .write_all(&vec![b'x'; (1 << 20) + 1])
        .await
        .expect("sent");
    let mut text = [0; 12];
    stream.read_exact(&mut text).await.expect("answered");
    assert_eq!(&text, b"HTTP/1.1 413");
    assert_eq!(on_disk(&app).len(), 2);
}

#[tokio::test]
async fn a_body_that_is_cut_or_stops_leaves_nothing() {
    let app = TestApp::limited(RawLimits {
        body_seconds: Some(1),
        ..RawLimits::default()
    })
    .await;
    let token = app.token(User::Member).await;
    let bytes = upload("a.txt", vec![b'x'; 100_000])
        .token(&token)
        .bytes(app.address);
    let half = &bytes[..bytes.len() - 50_000];
    cut(app.address, half).await;
    stalled(app.address, half).await;
    assert_eq!(on_disk(&app), [""; 0]);
}

#[tokio::test]
async fn a_body_that_trickles_is_ended_by_the_whole_time() {
    let app = TestApp::limited(RawLimits {
        upload_seconds: Some(1),
        ..RawLimits::default()
    })
    .await;
    let token = app.token(User::Member).await;
    trickled(app.address, upload("a.txt", "").token(&token)).await;
    assert_eq!(on_disk(&app), [""; 0]);
}

#[tokio::test]
async fn a_ticket_takes_its_uploads_and_gives_them_back() {
    let app = TestApp::demo().await;
    let first = uploaded(&app, User::Member, "first").await;
    let picture = b"\x89PNG\r\n\x1a\n0123".as_slice();
    let second = sent(&app, User::Member, "b%22%C3%A4.png", picture)
        .await
        .ok(201);
    let second = second["id"].as_str().expect("id");
    let body = with_uploads(&[second, &first]);
    let receipt = app.file(User::Member, "k", &body).await.ok(201);
    let path = format!(
        "/v1/tickets/{}",
        receipt["reference"].as_str().expect("reference")
    );
    let detail = app.get_as(User::Member, &path).await.ok(200);
    assert_eq!(
        detail["attachments"],
        json!([
            {"id": second, "name": "b_ä.png", "size": 12, "sha256": sha256(picture), "type": "image/png"},
            {"id": first, "name": "note.txt", "size": 5, "sha256": sha256(b"first"), "type": "text/plain"},
        ])
    );
    let answer = app
        .get_as(User::Superadmin, &format!("{path}/attachments/{second}"))
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, picture);
    for (name, value) in [
        ("content-type", "image/png"),
        (
            "content-disposition",
            "attachment; filename=\"b__.png\"; filename*=UTF-8''b_%C3%A4.png",
        ),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("cache-control", "no-store"),
        ("content-length", "12"),
    ] {
        assert_eq!(answer.header(name).as_deref(), Some(value), "{name}");
    }
    // Neither tidying nor time takes an attachment away.
    app.clock.advance(30 * DAY_MS);
    app.app.tidy_up().await.expect("tidied");
    let again = app
        .get_as(User::Member, &format!("{path}/attachments/{first}"))
        .await;
    assert_eq!(again.body, b"first");
    // The row is there and the file is not: a fault of ours, not "no such thing".
    std::fs::remove_file(app.app.files.path(&first)).expect("removed");
    app.get_as(User::Member, &format!("{path}/attachments/{first}"))
        .await
        .problem(500, "internal");
}

#[tokio::test]
async fn uploads_and_attachments_of_others_do_not_exist() {
    let app = TestApp::real().await;
    let ada = app.forge().hs256(HS256_SECRET);
    let bob = app
        .forge()
        .claim("sub", "bob@one.example")
        .hs256(HS256_SECRET);
    let two = app
        .forge()
        .claim("shop", "two")
        .kid("two-hs")
        .hs256(TWO_SECRET);
    let id = app
        .send(upload("a.txt", "secret").token(&ada))
        .await
        .ok(201);
    let id = id["id"].as_str().expect("id");
    let none = "0".repeat(32);
    let file = |id: &str, token: &str| {
        Request::post("/v1/tickets", &with_uploads(&[id]))
            .key("k")
            .token(token)
    };
    for token in [&bob, &two] {
        let theirs = app.send(file(id, token)).await;
        theirs.refused(&["uploads:upload_expired"]);
        let nobodys = app.send(file(&none, token)).await;
        assert_eq!(theirs.body, nobodys.body, "there is nothing to tell apart");
    }
    let receipt = app.send(file(id, &ada)).await.ok(201);
    let path = format!(
        "/v1/tickets/{}/attachments/",
        receipt["reference"].as_str().expect("reference")
    );
    let get = |id: &str, token: &str| Request::get(&format!("{path}{id}")).token(token);
    assert_eq!(app.send(get(id, &ada)).await.body, b"secret");
    for token in [&bob, &two] {
        let theirs = app.send(get(id, token)).await;
        theirs.problem(404, "not_found");
        assert_eq!(theirs.body, app.send(get(&none, token)).await.body);
    }
    app.send(get("..%2F..%2Fendpoint.sqlite", &ada))
        .await
        .problem(404, "not_found");
    app.send(Request::get(&format!("{path}{id}")))
        .await
        .problem(401, "token_missing");
    // An attachment belongs to its ticket, not to any that one may see.
    let other = Request::post("/v1/tickets", &ticket())
        .key("k2")
        .token(&ada);
    let other = app.send(other).await.ok(201);
    let other = other["reference"].as_str().expect("reference").to_owned();
    let crossed = Request::get(&format!("/v1/tickets/{other}/attachments/{id}")).token(&ada);
    app.send(crossed).await.problem(404, "not_found");
}

#[tokio::test]
async fn who_may_not_file_may_not_upload() {
    let app = TestApp::demo().await;
    sent(&app, User::NoAccess, "a.txt", b"x")
        .await
        .problem(403, "access_denied");
    app.send(upload("a.txt", "x"))
        .await
        .problem(401, "token_missing");
    assert_eq!(on_disk(&app), [""; 0]);
}

#[tokio::test]
async fn only_so_many_and_each_once() {
    let app = TestApp::demo().await;
    let mut ids = Vec::new();
    for index in 0..6 {
        ids.push(uploaded(&app, User::Member, &index.to_string()).await);
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let answer = app.file(User::Member, "k", &with_uploads(&ids)).await;
    answer.refused(&["uploads:too_many_files"]);
    assert_eq!(answer.json()["violations"][0]["limit"], 5);
    let twice = with_uploads(&[ids[0], ids[0]]);
    app.file(User::Member, "k", &twice)
        .await
        .refused(&["uploads:unknown_value"]);
    app.file(User::Member, "k", &with_uploads(&ids[..5]))
        .await
        .ok(201);
    // Used up.
    let used = with_uploads(&[ids[5], ids[0]]);
    app.file(User::Member, "k2", &used)
        .await
        .refused(&["uploads:upload_expired"]);
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 1);
    // And the refusal let go of the one that was free.
    app.file(User::Member, "k2", &with_uploads(&[ids[5]]))
        .await
        .ok(201);
}

#[tokio::test]
async fn the_same_files_uploaded_again_are_the_same_request() {
    let app = TestApp::demo().await;
    let one = uploaded(&app, User::Member, "same").await;
    let again = uploaded(&app, User::Member, "same").await;
    let other = uploaded(&app, User::Member, "other").await;
    let receipt = app.file(User::Member, "k", &with_uploads(&[&one])).await;
    for id in [&one, &again] {
        let answer = app.file(User::Member, "k", &with_uploads(&[id])).await;
        assert_eq!(answer.ok(201), receipt.ok(201));
        assert!(answer.is_replay());
    }
    for body in [
        with_uploads(&[&other]),
        with_uploads(&[&one, &again]),
        ticket(),
    ] {
        app.file(User::Member, "k", &body)
            .await
            .problem(422, "idempotency_mismatch");
    }
    // What a ticket has taken is known for as long as the key is.
    app.clock.advance(2 * DAY_MS);
    app.app.tidy_up().await.expect("tidied");
    let late = app.file(User::Member, "k", &with_uploads(&[&one])).await;
    assert_eq!(late.ok(201), receipt.ok(201));
    assert_eq!(on_disk(&app), [one]);
}

#[tokio::test]
async fn an_unused_upload_expires_by_the_clock() {
    let app = TestApp::demo().await;
    let old = uploaded(&app, User::Member, "old").await;
    app.clock.advance(DAY_MS - 60_000);
    let young = uploaded(&app, User::Member, "young").await;
    app.app.tidy_up().await.expect("tidied");
    assert_eq!(on_disk(&app).len(), 2);
    app.clock.advance(60_001);
    // Refused from that moment on, whether it was tidied away yet or not.
    for _ in 0..2 {
        app.file(User::Member, "k", &with_uploads(&[&old]))
            .await
            .refused(&["uploads:upload_expired"]);
        app.app.tidy_up().await.expect("tidied");
        assert_eq!(on_disk(&app), std::slice::from_ref(&young));
    }
    app.file(User::Member, "k", &with_uploads(&[&young]))
        .await
        .ok(201);
}

#[tokio::test]
async fn files_without_a_row_are_removed_when_they_are_old() {
    let app = TestApp::demo().await;
    let id = uploaded(&app, User::Member, "kept").await;
    let made = |name: &str, age_h: u64| {
        let file = std::fs::File::create(app.app.files.path(name)).expect("made");
        let time = SystemTime::now() - Duration::from_secs(age_h * 3600);
        file.set_modified(time).expect("dated");
    };
    made("aa", 25);
    made("bb.part", 25);
    made("cc", 23);
    made("dd.part", 0);
    let kept = std::fs::File::open(app.app.files.path(&id)).expect("opened");
    let long_ago = SystemTime::now() - Duration::from_secs(1_000_000);
    kept.set_modified(long_ago).expect("dated");
    // The endpoint's clock may be ahead of the one that dates files; what arrives now must not go.
    app.clock.advance(DAY_MS / 2);
    app.app.tidy_up().await.expect("tidied");
    let mut left = vec!["cc".to_owned(), "dd.part".to_owned(), id];
    left.sort_unstable();
    assert_eq!(on_disk(&app), left);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_with_files_are_one_ticket() {
    let app = std::sync::Arc::new(TestApp::demo().await);
    let token = app.token(User::Member).await;
    let one = uploaded(&app, User::Member, "same").await;
    let again = uploaded(&app, User::Member, "same").await;
    let attempts: Vec<_> = (0..50)
        .map(|index| {
            let id = if index % 2 == 0 { &one } else { &again };
            let request = Request::post("/v1/tickets", &with_uploads(&[id]))
                .key("k")
                .token(&token);
            let app = std::sync::Arc::clone(&app);
            tokio::spawn(async move { app.send(request).await.ok(201).to_string() })
        })
        .collect();
    let mut receipts = std::collections::BTreeSet::new();
    for attempt in attempts {
        receipts.insert(attempt.await.expect("answered"));
    }
    assert_eq!(receipts.len(), 1);
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 1);
    let detail = app.get_as(User::Member, "/v1/tickets/PS-EU-000001").await;
    let attachments = detail.ok(200)["attachments"].as_array().map(Vec::len);
    assert_eq!(attachments, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_goes_to_one_ticket_however_many_want_it() {
    let app = std::sync::Arc::new(TestApp::demo().await);
    let token = app.token(User::Member).await;
    let id = uploaded(&app, User::Member, "wanted").await;
    let attempts: Vec<_> = (0..10)
        .map(|index| {
            let request = Request::post("/v1/tickets", &with_uploads(&[&id]))
                .key(&format!("k{index}"))
                .token(&token);
            let app = std::sync::Arc::clone(&app);
            tokio::spawn(async move { app.send(request).await })
        })
        .collect();
    let mut filed = 0;
    for attempt in attempts {
        let answer = attempt.await.expect("answered");
        if answer.status == 201 {
            filed += 1;
        } else {
            answer.refused(&["uploads:upload_expired"]);
        }
    }
    assert_eq!(filed, 1);
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 1);
}

#[tokio::test]
async fn a_file_uploaded_at_one_endpoint_is_taken_at_another_with_the_same_store() {
    let one = TestApp::demo().await;
    let folder = std::sync::Arc::clone(&one.folder);
    let two = TestApp::in_folder(folder, demo(RawLimits::default())).await;
    let id = uploaded(&one, User::Member, "shared").await;
    let body = with_uploads(&[&id]);
    let receipt = two.file(User::Member, "k", &body).await.ok(201);
    let replay = one.file(User::Member, "k", &body).await;
    assert_eq!(replay.ok(201), receipt);
    let reference = receipt["reference"].as_str().expect("reference");
    let path = format!("/v1/tickets/{reference}/attachments/{id}");
    assert_eq!(two.get_as(User::Member, &path).await.body, b"shared");
}

#[tokio::test]
async fn a_user_has_a_quota_of_files_and_of_bytes() {
    // Demo mode gives twenty times as much.
    for (files, bytes) in [(Some(1), None), (None, Some(1))] {
        let app = TestApp::limited(RawLimits {
            uploads_per_day: files,
            upload_bytes_per_day: bytes,
            ..RawLimits::default()
        })
        .await;
        for _ in 0..20 {
            sent(&app, User::Member, "a.txt", b"x").await.ok(201);
        }
        app.clock.advance(60_000);
        let answer = sent(&app, User::Member, "a.txt", b"x").await;
        let wait = answer.wait();
        assert!((86_000..86_400).contains(&wait), "{wait}");
        assert_eq!(on_disk(&app).len(), 20);
        sent(&app, User::Superadmin, "a.txt", b"x").await.ok(201);
        app.clock.advance(wait * 1000 + 1000);
        sent(&app, User::Member, "a.txt", b"x").await.ok(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quota_holds_for_those_who_come_at_once_and_announce_nothing() {
    let app = std::sync::Arc::new(
        TestApp::limited(RawLimits {
            uploads_per_day: Some(1),
            ..RawLimits::default()
        })
        .await,
    );
    let token = app.token(User::Member).await;
    let attempts: Vec<_> = (0..40)
        .map(|_| {
            let request = upload("a.txt", "1\r\nx\r\n0\r\n\r\n")
                .header("transfer-encoding", "chunked")
                .token(&token);
            let app = std::sync::Arc::clone(&app);
            tokio::spawn(async move { app.send(request).await.status })
        })
        .collect();
    let mut taken = 0;
    for attempt in attempts {
        taken += usize::from(attempt.await.expect("answered") == 201);
    }
    assert_eq!((taken, on_disk(&app).len()), (20, 20));
}

#[tokio::test]
async fn uploads_count_as_writes() {
    let app = TestApp::real_with(RawConfig {
        limits: RawLimits {
            writes_per_minute: Some(3),
            ..RawLimits::default()
        },
        ..RawConfig::default()
    })
    .await;
    let token = app.forge().hs256(HS256_SECRET);
    let mut last = 201;
    for _ in 0..10 {
        last = app.send(upload("a.txt", "x").token(&token)).await.status;
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_told_by_code() {
    let app = TestApp::demo().await;
    let folder = app.app.files.folder().to_owned();
    std::fs::remove_dir(&folder).expect("removed");
    let answer = sent(&app, User::Member, "a.txt", b"x").await;
    answer.problem(503, "storage_unavailable");
    assert!(answer.header("retry-after").is_some());
    std::fs::create_dir(&folder).expect("made");
    sent(&app, User::Member, "a.txt", b"x").await.ok(201);
}

#[tokio::test]
async fn a_reset_of_the_demo_takes_files_along() {
    let app = TestApp::demo().await;
    let id = uploaded(&app, User::Member, "a").await;
    app.file(User::Member, "k", &with_uploads(&[&id]))
        .await
        .ok(201);
    uploaded(&app, User::Member, "b").await;
    assert_eq!(app.control("/demo/reset", &json!({})).await.status, 204);
    assert_eq!(on_disk(&app), [""; 0]);
}
