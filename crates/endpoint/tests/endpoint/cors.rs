//! Which pages may read what.

use crate::support::{HS256_SECRET, Request, TestApp, User, ticket};
use partner_endpoint::config::RawLimits;
use serde_json::json;

fn preflight(path: &str, origin: &str) -> Request {
    Request::new("OPTIONS", path)
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization,content-type,idempotency-key",
        )
}

#[tokio::test]
async fn preflights_of_any_shop_s_origin_are_answered() {
    let app = TestApp::real().await;
    for origin in ["https://one.example", "https://two.example"] {
        let answer = app.send(preflight("/v1/tickets", origin)).await;
        assert_eq!(answer.status, 204);
        assert_eq!(
            answer.header("access-control-allow-origin").as_deref(),
            Some(origin)
        );
        assert_eq!(
            answer.header("access-control-allow-headers").as_deref(),
            Some(
                "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, Upload-Name"
            )
        );
        assert!(
            answer
                .header("access-control-allow-methods")
                .is_some_and(|methods| methods.contains("POST"))
        );
        assert_eq!(answer.header("access-control-allow-credentials"), None);
        assert!(
            answer
                .header("vary")
                .is_some_and(|vary| vary.contains("Origin"))
        );
    }
}

#[tokio::test]
async fn foreign_and_null_origins_are_refused_and_told_nothing() {
    let app = TestApp::real().await;
    let demo = TestApp::demo().await;
    let token = app.forge().hs256(HS256_SECRET);
    for origin in [
        "null",
        "https://evil.example",
        "https://one.example.evil.example",
        "http://one.example",
        "https://ONE.example/",
    ] {
        for answer in [
            app.send(preflight("/v1/tickets", origin)).await,
            app.send(
                Request::get("/v1/session")
                    .token(&token)
                    .header("origin", origin),
            )
            .await,
            app.send(Request::get("/v1/policy").header("origin", origin))
                .await,
            demo.send(Request::get("/demo/token?user=member").header("origin", origin))
                .await,
        ] {
            answer.problem(403, "origin_not_allowed");
            assert_eq!(
                answer.header("access-control-allow-origin"),
                None,
                "{origin}"
            );
        }
    }
}

#[tokio::test]
async fn a_page_of_one_shop_cannot_use_another_shop_s_token() {
    let app = TestApp::real().await;
    let request = Request::get("/v1/session").token(&app.forge().hs256(HS256_SECRET));
    app.send(request.clone().header("origin", "https://one.example"))
        .await
        .ok(200);
    let answer = app
        .send(request.clone().header("origin", "https://two.example"))
        .await;
    answer.problem(403, "origin_not_allowed");
    assert_eq!(
        answer.header("access-control-allow-origin").as_deref(),
        Some("https://two.example"),
        "readable"
    );
    app.send(request).await.ok(200);
}

#[tokio::test]
async fn refusals_and_failures_can_be_read_by_the_page() {
    let limits = RawLimits {
        body_max_bytes: Some(1000),
        ..RawLimits::default()
    };
    let app = TestApp::limited(limits).await;
    let origin = "http://localhost:9999";
    let token = app.token(User::Member).await;
    let here = |request: Request| request.header("origin", origin);
    app.control(
        "/demo/faults",
        &json!({"next": [{"method": "GET", "path": "/v1/policy", "do": "status", "status": 500}]}),
    )
    .await;
    for (request, status) in [
        (Request::get("/v1/session"), 401),
        (Request::get("/v1/nothing").token(&token), 404),
        (Request::new("DELETE", "/v1/tickets").token(&token), 405),
        (
            Request::post("/v1/tickets", &json!("x".repeat(2000))).token(&token),
            413,
        ),
        (Request::post("/v1/tickets", &ticket()).token(&token), 400),
        (Request::get("/v1/policy"), 500),
        (Request::get("/v1/policy"), 200),
    ] {
        let answer = app.send(here(request)).await;
        assert_eq!(answer.status, status);
        assert_eq!(
            answer.header("access-control-allow-origin").as_deref(),
            Some(origin)
        );
        assert_eq!(
            answer.header("access-control-expose-headers").as_deref(),
            Some("Retry-After, ETag, Idempotency-Replayed, X-Request-Id, Content-Disposition")
        );
    }
    app.app.store.close().await;
    let answer = app
        .send(here(Request::get("/v1/session").token(&token)))
        .await;
    answer.problem(503, "storage_unavailable");
    assert_eq!(
        answer.header("access-control-allow-origin").as_deref(),
        Some(origin)
    );
}

#[tokio::test]
async fn every_page_of_this_machine_may_use_the_demo() {
    let app = TestApp::demo().await;
    for origin in [
        "http://localhost:3000",
        "http://127.0.0.1",
        "https://[::1]:8443",
        "http://127.0.0.2:5173",
    ] {
        let answer = app
            .send(Request::get("/demo/token?user=member").header("origin", origin))
            .await;
        answer.ok(200);
        assert_eq!(
            answer.header("access-control-allow-origin").as_deref(),
            Some(origin)
        );
        let token = app.token(User::Member).await;
        app.send(
            Request::get("/v1/session")
                .token(&token)
                .header("origin", origin),
        )
        .await
        .ok(200);
    }
}
