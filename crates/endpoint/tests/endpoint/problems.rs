//! Everything that is refused is refused in one form; nothing says why it broke.

use crate::support::{Request, TestApp, User, ticket};
use partner_endpoint::config::{RawConfig, RawLimits};
use serde_json::json;

#[tokio::test]
async fn unknown_paths_and_methods_are_problems() {
    let app = TestApp::demo().await;
    for path in [
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v2/session",
        "/nothing",
        "/demo/nothing",
        "/v1/tickets/a/b",
    ] {
        app.get(path).await.problem(404, "not_found");
    }
    for (method, path, allow) in [
        ("DELETE", "/v1/tickets", "GET"),
        ("POST", "/v1/session", "GET"),
        ("GET", "/v1/accounts/verify", "POST"),
        ("GET", "/demo/reset", "POST"),
        ("BREW", "/v1/policy", "GET"),
        ("OPTIONS", "/v1/policy", "GET"),
    ] {
        let answer = app.send(Request::new(method, path)).await;
        answer.problem(405, "method_not_allowed");
        assert!(
            answer
                .header("allow")
                .is_some_and(|list| list.contains(allow)),
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn every_answer_carries_the_protecting_headers() {
    let app = TestApp::demo().await;
    let token = app.token(User::Member).await;
    for request in [
        Request::get("/v1/session"),
        Request::get("/v1/session").token(&token),
        Request::get("/v1/nothing"),
        Request::get("/healthz"),
        Request::post("/v1/tickets", &ticket())
            .key("k")
            .token(&token),
    ] {
        let answer = app.send(request).await;
        let header = |name| answer.header(name).unwrap_or_default();
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("cache-control"), "no-store");
        assert!(header("content-security-policy").starts_with("default-src 'none'"));
        assert!(header("x-request-id").len() == 16);
    }
}

#[tokio::test]
async fn request_ids_are_ours_and_differ() {
    let app = TestApp::demo().await;
    let request = Request::get("/v1/session").header("x-request-id", "theirs");
    let one = app.send(request.clone()).await.header("x-request-id");
    let two = app.send(request).await.header("x-request-id");
    assert!(one != two && one.as_deref() != Some("theirs"));
}

#[tokio::test]
async fn health_and_metrics_tell_of_routes_and_codes_only() {
    let app = TestApp::demo().await;
    app.file(User::Member, "k", &ticket()).await.ok(201);
    app.get("/v1/tickets/PS-EU-000001?secret=1")
        .await
        .problem(401, "token_missing");
    assert_eq!(app.get("/healthz").await.text(), "ok\n");
    assert_eq!(app.get("/readyz").await.text(), "ok\n");
    let metrics = app.get("/metrics").await.text();
    assert!(
        metrics.contains("partner_endpoint_tickets_total{outcome=\"standard\"} 1"),
        "{metrics}"
    );
    assert!(
        metrics.contains("{method=\"GET\",route=\"/v1/tickets/{reference}\",status=\"401\"} 1"),
        "{metrics}"
    );
    assert!(!metrics.contains("PS-EU") && !metrics.contains("secret"));
}

#[tokio::test]
async fn calls_beyond_the_rate_are_told_when_to_come_back() {
    let limits = RawLimits {
        verify_per_minute: Some(1),
        ..RawLimits::default()
    };
    let app = TestApp::with(RawConfig {
        demo: Some(true),
        limits,
        ..RawConfig::default()
    })
    .await;
    let token = app.token(User::Member).await;
    let verify = || {
        let body = json!({"superadmin_email": "a@b.example", "service": "CRM", "dc": "eu"});
        Request::post("/v1/accounts/verify", &body).token(&token)
    };
    for _ in 0..20 {
        app.send(verify()).await.ok(200);
    }
    let refused = loop {
        // While this runs a place may come back every three seconds.
        let answer = app.send(verify()).await;
        if answer.status != 200 {
            break answer;
        }
    };
    refused.problem(429, "rate_limited");
    let wait: u64 = refused
        .header("retry-after")
        .expect("retry-after")
        .parse()
        .expect("seconds");
    assert!((1..=4).contains(&wait), "{wait}");
    // The other user of the shop has a quota of her own.
    app.verify(User::Superadmin, "a@b.example", "eu")
        .await
        .ok(200);
    app.clock.advance(wait * 1000);
    app.send(verify()).await.ok(200);
}

#[tokio::test]
async fn a_shop_has_a_quota_of_its_own() {
    let limits = RawLimits {
        verify_per_hour: Some(1),
        ..RawLimits::default()
    };
    let app = TestApp::with(RawConfig {
        demo: Some(true),
        limits,
        ..RawConfig::default()
    })
    .await;
    for _ in 0..10 {
        app.verify(User::Member, "a@b.example", "eu").await.ok(200);
        app.verify(User::Superadmin, "a@b.example", "eu")
            .await
            .ok(200);
    }
    for user in [User::Member, User::Superadmin] {
        app.verify(user, "a@b.example", "eu")
            .await
            .problem(429, "rate_limited");
    }
    app.control("/demo/reset", &json!({})).await;
    app.verify(User::Member, "a@b.example", "eu").await.ok(200);
}

#[tokio::test]
async fn identities_cannot_call_without_end() {
    let limits = RawLimits {
        requests_per_minute: Some(1),
        ..RawLimits::default()
    };
    let app = TestApp::with(RawConfig {
        demo: Some(true),
        limits,
        ..RawConfig::default()
    })
    .await;
    let token = app.token(User::Member).await;
    let mut answers = Vec::new();
    for _ in 0..30 {
        answers.push(
            app.send(Request::get("/v1/session").token(&token))
                .await
                .status,
        );
    }
    assert_eq!(answers[..20], [200; 20]);
    assert!(answers.contains(&429));
}
