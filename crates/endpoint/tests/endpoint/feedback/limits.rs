//! How much is taken, from whom, and in what time.

use super::{Form, PATH, PNG, behind_a_proxy, chunked, count, filed, picture, sent, small_files};
use crate::support::{HS256_SECRET, Request, TestApp, connect, cut, on_disk, stalled, trickled};
use partner_endpoint::config::{RawConfig, RawLimits};

use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

const ORIGIN: &str = "https://one.example";
const HOUR_MS: u64 = 60 * 60 * 1000;

#[tokio::test]
async fn an_address_may_say_so_much_in_an_hour() {
    let app = TestApp::real_with(RawConfig {
        trusted_proxies: Some(vec!["127.0.0.0/8".to_owned()]),
        limits: RawLimits {
            feedback_per_hour: Some(3),
            ..RawLimits::default()
        },
        ..RawConfig::default()
    })
    .await;
    let from = |address: &str, key: &str, form: &Form| {
        form.request(key)
            .header("x-forwarded-for", address)
            .header("origin", ORIGIN)
    };
    let form = Form::sound().file("a.png", PNG);
    // What is refused does not count.
    for _ in 0..10 {
        let wrong = Form::sound().with("lang", "xx");
        let answer = app.send(from("198.51.100.7", "k", &wrong)).await;
        answer.refused(&["lang:unknown_value"]);
    }
    for index in 0..3 {
        let key = format!("k{index}");
        app.send(from("198.51.100.7", &key, &form)).await.ok(201);
    }
    let answer = app.send(from("198.51.100.7", "k3", &form)).await;
    assert!((1..=1200).contains(&answer.wait()), "{}", answer.wait());
    let allowed = answer.header("access-control-allow-origin");
    assert_eq!(allowed.as_deref(), Some(ORIGIN), "a page can read it");
    assert_eq!((count(&app).await, on_disk(&app).len()), (3, 3));
    // Replays are free, and so is hearing that a key is taken.
    for _ in 0..5 {
        let again = app.send(from("198.51.100.7", "k0", &form)).await;
        again.ok(201);
        assert!(again.is_replay());
        let other = app.send(from("198.51.100.7", "k0", &Form::sound())).await;
        other.problem(422, "idempotency_mismatch");
    }
    app.send(from("198.51.100.8", "k3", &form)).await.ok(201);
    // Tickets of the same address are not counted with it, nor the other way round.
    let session = Request::get("/v1/session")
        .header("x-forwarded-for", "198.51.100.7")
        .token(&app.forge().hs256(HS256_SECRET));
    app.send(session).await.ok(200);
    app.clock.advance(answer.wait() * 1000);
    app.send(from("198.51.100.7", "k4", &form)).await.ok(201);
}

#[tokio::test]
async fn all_together_fill_only_so_much_of_the_disk_in_a_day() {
    // Twenty times as much in demo mode.
    let app = TestApp::limited(RawLimits {
        feedback_bytes_per_day: Some(1000),
        ..RawLimits::default()
    })
    .await;
    let large = |size: usize| Form::sound().file("a.png", &picture(size));
    filed(&app, "k1", &large(10_000)).await.ok(201);
    app.clock.advance(HOUR_MS);
    for request in [
        large(10_000).request("k2"),
        chunked(large(10_000).request("k2")),
        large(1_000_000).request("k2"),
    ] {
        let seconds = app.send(request).await.wait();
        assert!((82_000..=82_800).contains(&seconds), "{seconds}");
        assert_eq!((count(&app).await, on_disk(&app).len()), (1, 1));
    }
    // What is smaller still fits, and what is stored is still answered.
    filed(&app, "k2", &large(1000)).await.ok(201);
    filed(&app, "k1", &large(10_000)).await.ok(201);
    // Texts count as well, or no feedback would ever be too much.
    let text = Form::sound().text("description", &"x".repeat(2000));
    let (mut taken, mut refusal) = (0, 201);
    while refusal == 201 {
        assert!(taken < 10);
        let answer = filed(&app, &format!("t{taken}"), &text).await;
        refusal = answer.status;
        taken += 1;
    }
    assert_eq!((refusal, taken), (429, 3));
    app.clock.advance(23 * HOUR_MS + 1000);
    filed(&app, "k3", &large(10_000)).await.ok(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_s_bound_holds_for_those_who_come_at_once() {
    let app = std::sync::Arc::new(
        behind_a_proxy(RawLimits {
            feedback_bytes_per_day: Some(1000),
            ..RawLimits::default()
        })
        .await,
    );
    let form = Form::sound().file("a.png", &picture(4000));
    let attempts: Vec<_> = (0..16)
        .map(|index| {
            let request = chunked(form.request(&format!("k{index}")))
                .header("x-forwarded-for", &format!("198.51.100.{index}"));
            let app = std::sync::Arc::clone(&app);
            tokio::spawn(async move { app.send(request).await.status })
        })
        .collect();
    let mut taken = 0;
    for attempt in attempts {
        taken += usize::from(attempt.await.expect("answered") == 201);
    }
    assert_eq!((taken, on_disk(&app).len()), (3, 3));
}

#[tokio::test]
async fn a_body_over_the_bound_of_all_its_parts_is_too_large() {
    let app = small_files(RawLimits::default()).await;
    // Two files of a thousand bytes, and a megabyte besides.
    let max = 2000 + (1 << 20);
    let form = |size: usize| {
        let empty = Form::sound().text("x", "").body().len();
        Form::sound().text("x", &"x".repeat(size - empty))
    };
    let at_the_bound = filed(&app, "k", &form(max)).await;
    at_the_bound.problem(422, "unknown_field");
    let over = form(max + 1).request("k");
    app.send(chunked(over.clone()))
        .await
        .problem(413, "body_too_large");
    // Announced: said before anything is read.
    let mut asking = over
        .header("content-length", &(max + 1).to_string())
        .header("expect", "100-continue");
    asking.body.clear();
    app.send(asking).await.problem(413, "body_too_large");
    assert_eq!(on_disk(&app), [""; 0]);
}

#[tokio::test]
async fn a_body_that_stops_or_is_cut_leaves_nothing() {
    let app = TestApp::limited(RawLimits {
        body_seconds: Some(1),
        ..RawLimits::default()
    })
    .await;
    let form = Form::sound().file("a.png", &picture(100_000));
    let bytes = form.request("k").bytes(app.address);
    let half = &bytes[..bytes.len() - 50_000];

    cut(app.address, half).await;
    stalled(app.address, half).await;
    assert_eq!((count(&app).await, on_disk(&app).len()), (0, 0));
    // Nobody holds the key any more.
    filed(&app, "k", &form).await.ok(201);
}

#[tokio::test]
async fn a_body_that_trickles_is_ended_by_the_whole_time() {
    let app = TestApp::limited(RawLimits {
        upload_seconds: Some(1),
        ..RawLimits::default()
    })
    .await;
    trickled(app.address, sent(Vec::new()).key("k")).await;
}

fn from(address: &str, key: &str) -> Request {
    Form::sound()
        .file("a.png", &picture(100_000))
        .request(key)
        .header("x-forwarded-for", address)
}

/// Sends half of a form from each of these addresses and goes no further; all of them have places.
async fn half_sent(app: &TestApp, addresses: &[&str]) -> Vec<TcpStream> {
    let before = on_disk(app).len();
    let mut streams = Vec::new();
    for (index, address) in addresses.iter().enumerate() {
        let bytes = from(address, &format!("{address}-{index}")).bytes(app.address);
        let mut stream = connect(app.address).await;
        let half = &bytes[..bytes.len() - 50_000];
        stream.write_all(half).await.expect("sent");
        streams.push(stream);
    }
    // One has a place once something of its file is on disk.
    while on_disk(app).len() < before + addresses.len() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    streams
}

#[tokio::test]
async fn those_of_one_address_who_send_slowly_keep_nobody_else_waiting() {
    let app = behind_a_proxy(RawLimits::default()).await;
    let slow = half_sent(&app, &["198.51.100.7"; 4]).await;
    let network = ["2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8::4"];
    let slow_too = half_sent(&app, &network).await;
    let fifth = from("198.51.100.7", "v4");
    let fifth_too = from("2001:db8::5", "v6");
    let (fifth, fifth_too, others) =
        tokio::join!(app.send(fifth.clone()), app.send(fifth_too), async {
            let begun = Instant::now();
            for address in ["198.51.100.8", "2001:db8:0:1::1"] {
                app.send(from(address, address)).await.ok(201);
            }
            begun.elapsed()
        });
    assert_eq!((fifth.wait(), fifth_too.wait()), (5, 5));
    assert!(others < Duration::from_secs(5), "{others:?}");
    // Who goes away leaves a place, which is waited for.
    drop((slow, slow_too));
    app.send(from("198.51.100.7", "v4")).await.ok(201);
    app.send(from("2001:db8::5", "v6")).await.ok(201);
}

#[tokio::test]
async fn those_of_many_addresses_keep_others_waiting_but_not_for_ever() {
    let app = behind_a_proxy(RawLimits::default()).await;
    let mut slow = Vec::new();
    for address in ["198.51.100.1", "198.51.100.2", "2001:db8::1", "192.0.2.1"] {
        slow.extend(half_sent(&app, &[address; 4]).await);
    }
    let late = app.send(from("198.51.100.8", "late")).await;
    assert_eq!(late.wait(), 5);
    drop(slow);
    app.send(from("198.51.100.8", "late")).await.ok(201);
}

#[tokio::test]
async fn pages_that_the_endpoint_knows_may_ask_and_read() {
    let app = TestApp::real().await;
    let preflight = |origin: &str| {
        Request::new("OPTIONS", PATH)
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header(
                "access-control-request-headers",
                "content-type,idempotency-key",
            )
    };
    for (origin, key) in [(ORIGIN, "k1"), ("https://two.example", "k2")] {
        let asked = app.send(preflight(origin)).await;
        assert_eq!(asked.status, 204);
        let allowed = asked.header("access-control-allow-headers").expect("some");
        assert!(allowed.contains("Content-Type") && allowed.contains("Idempotency-Key"));
        let request = Form::sound().request(key).header("origin", origin);
        let answer = app.send(request).await;
        answer.ok(201);
        for answer in [asked, answer] {
            let allowed = answer.header("access-control-allow-origin");
            assert_eq!(allowed.as_deref(), Some(origin));
        }
    }
    for origin in ["null", "https://evil.example"] {
        for request in [
            preflight(origin),
            Form::sound().request("k").header("origin", origin),
        ] {
            let answer = app.send(request).await;
            answer.problem(403, "origin_not_allowed");
            assert_eq!(answer.header("access-control-allow-origin"), None);
        }
    }
    // A token that is sent along, even a forged one, is none of our business.
    let request = Form::sound().request("k3").token("forged");
    app.send(request).await.ok(201);
    assert_eq!(count(&app).await, 3);
}
