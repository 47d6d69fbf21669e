//! Everything that is refused is refused in one form; nothing says why it broke.

use crate::support::{Request, TestApp, User, ticket};

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
