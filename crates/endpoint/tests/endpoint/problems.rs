//! Everything that is refused is refused in one form; nothing says why it broke.

use crate::support::{Request, TestApp, User, demo, line_with, ticket};
use partner_endpoint::config::{RawConfig, RawLimits};

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
    let theirs = "0123456789abcdef0123456789abcdef";
    let request = Request::get("/v1/session").header("x-request-id", theirs);
    let one = app.send(request.clone()).await.header("x-request-id");
    let two = app.send(request).await.header("x-request-id");
    assert!(one != two && one.as_deref() != Some(theirs));
}

#[tokio::test]
async fn a_trusted_proxy_s_request_id_is_kept_if_it_looks_like_one() {
    let app = TestApp::with(RawConfig {
        trusted_proxies: Some(vec!["127.0.0.0/8".to_owned()]),
        ..demo(RawLimits::default())
    })
    .await;
    let answered = async |id: &str| {
        let request = Request::get("/v1/session").header("x-request-id", id);
        app.send(request)
            .await
            .header("x-request-id")
            .expect("an id")
    };
    for id in [
        "5f0c2a9e7b1d4c3f",
        "5f0c2a9e7b1d4c3f5f0c2a9e7b1d4c3f",
        "3F2504E0-4F89-41D3-9A0C-0305E82C3301",
    ] {
        assert_eq!(answered(id).await, id);
        assert!(line_with(id).is_some(), "{id}");
    }
    let long = "a".repeat(65);
    for id in [
        "",
        "abc",
        "ada.lovelace@one.example",
        "0123456789abcde\"",
        &long,
    ] {
        assert_eq!(answered(id).await.len(), 16, "{id}");
    }
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
