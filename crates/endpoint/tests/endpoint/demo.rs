//! Demo mode: guards, tokens, faults, clock, reset.

use crate::support::{Request, TestApp, User, connect, demo, setting, ticket};
use partner_endpoint::app::{App, StartError};
use partner_endpoint::clock::AdjustableClock;
use partner_endpoint::config::{Config, RawConfig, RawLimits, RawStore};
use partner_endpoint::demo::DemoError;
use serde_json::json;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn users_have_tokens_and_nobody_else_has() {
    let app = TestApp::demo().await;
    for (user, email, role, access) in [
        (
            User::Superadmin,
            "superadmin@partner.example",
            "superadmin",
            "company",
        ),
        (User::Member, "member@partner.example", "member", "own"),
        (
            User::NoAccess,
            "no-access@partner.example",
            "member",
            "none",
        ),
    ] {
        let session = app.get_as(user, "/v1/session").await.ok(200);
        assert_eq!(session["user"]["email"], email);
        assert_eq!(session["role"], role);
        assert_eq!(session["access"], access);
        assert_eq!(
            session["shop"],
            json!({"id": "demo", "name": "Demo Partner"})
        );
    }
    for path in [
        "/demo/token",
        "/demo/token?user=",
        "/demo/token?user=signed-out",
        "/demo/token?user=root",
    ] {
        app.get(path).await.problem(404, "not_found");
    }
}

#[tokio::test]
async fn an_agent_s_token_is_no_partner_s() {
    let app = TestApp::demo().await;
    let token = app.get("/demo/agent-token").await.ok(200)["token"]
        .as_str()
        .expect("token")
        .to_owned();
    let answer = app.send(Request::get("/v1/session").token(&token)).await;
    assert_eq!(answer.status, 401);
}

#[tokio::test]
async fn other_names_than_loopback_get_nothing() {
    let app = TestApp::demo().await;
    for host in [
        "evil.example",
        "10.0.0.1:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "",
    ] {
        for path in ["/demo/token?user=superadmin", "/v1/policy", "/", "/healthz"] {
            app.send(Request::get(path).header("host", host))
                .await
                .problem(403, "host_not_allowed");
        }
    }
    for host in ["localhost", "127.0.0.1:1234", "[::1]:8080", "LOCALHOST:80"] {
        app.send(Request::get("/v1/policy").header("host", host))
            .await
            .ok(200);
    }
    app.send(Request::get("http://evil.example/v1/policy"))
        .await
        .problem(403, "host_not_allowed");
}

#[tokio::test]
async fn controls_need_json_so_that_no_form_can_send_them() {
    let app = TestApp::demo().await;
    for path in ["/demo/reset", "/demo/clock", "/demo/faults"] {
        for kind in ["text/plain", "application/x-www-form-urlencoded"] {
            let request = Request::new("POST", path)
                .header("content-type", kind)
                .body("{}");
            app.send(request)
                .await
                .problem(415, "unsupported_media_type");
        }
        app.send(Request::new("POST", path))
            .await
            .problem(415, "unsupported_media_type");
    }
}

#[tokio::test]
async fn demo_and_real_shops_never_meet_in_one_database() {
    let start = async |folder: &std::path::Path, raw: RawConfig| {
        let store = RawStore {
            data: Some(folder.to_owned()),
            database: setting(folder).map(|(_, url)| url),
            ..RawStore::default()
        };
        let config = Config::try_from(RawConfig { store, ..raw }).expect("sound");
        App::start(config, Arc::new(AdjustableClock::default()))
            .await
            .map(|_| ())
            .expect_err("refused")
    };
    let made = TestApp::demo().await;
    let real = RawConfig {
        dcs: Some(vec!["eu".to_owned()]),
        audience: Some("test-group".to_owned()),
        ..RawConfig::default()
    };
    let refusal = start(&made.folder.path().join("data"), real).await;
    assert!(
        matches!(refusal, StartError::Demo(DemoError::Leftovers)),
        "{refusal}"
    );
    let real = TestApp::real().await;
    let refusal = start(&real.folder.path().join("data"), demo(RawLimits::default())).await;
    assert!(
        matches!(refusal, StartError::Demo(DemoError::RealShops)),
        "{refusal}"
    );
}

#[tokio::test]
async fn a_dropped_answer_is_committed_and_sends_no_byte() {
    let app = TestApp::demo().await;
    let token = app.token(User::Member).await;
    let fault = json!({"next": [{"method": "POST", "path": "/v1/tickets", "do": "drop-answer"}]});
    assert_eq!(app.control("/demo/faults", &fault).await.status, 204);
    let request = Request::post("/v1/tickets", &ticket())
        .key("k")
        .token(&token);
    assert_eq!(request.exchange(app.address).await, b"", "not a byte");
    assert_eq!(
        app.app.store.count_tickets().await.expect("count"),
        1,
        "committed"
    );
    let again = app.send(request).await;
    assert_eq!(again.ok(201)["reference"], "PS-EU-000001");
    assert!(again.is_replay());
}

#[tokio::test]
async fn before_a_dropped_answer_no_connection_is_used_twice() {
    // Otherwise a browser repeats the request by itself, and the page never hears of the loss.
    let app = TestApp::demo().await;
    let mut idle = connect(app.address).await;
    idle.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await
        .expect("sent");
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.expect("answered");
    assert_eq!(&first, b"HTTP/1.1 200");
    let fault = json!({"next": [{"method": "GET", "path": "/v1/policy", "do": "drop-answer"}]});
    app.control("/demo/faults", &fault).await;
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest)
        .await
        .expect("closed by the other side");

    let kept = |request: Request| request.header("connection", "keep-alive");
    let preflight = Request::new("OPTIONS", "/v1/policy")
        .header("origin", "http://localhost:1")
        .header("access-control-request-method", "GET");
    for request in [Request::get("/healthz"), preflight] {
        let answer = app.send(kept(request)).await;
        assert_eq!(answer.header("connection").as_deref(), Some("close"));
    }
    assert_eq!(Request::get("/v1/policy").exchange(app.address).await, b"");
    let answer = app.get("/v1/policy").await;
    answer.ok(200);
}

#[tokio::test]
async fn a_status_fault_is_answered_without_handling_and_used_once() {
    let app = TestApp::demo().await;
    let fault = json!({"next": [
        {"method": "POST", "path": "/v1/tickets", "do": "status", "status": 502},
        {"method": "POST", "path": "/v1/tickets", "do": "status"},
        {"method": "GET", "path": "/v1/tickets", "do": "status", "status": 429, "delay_ms": 1},
    ]});
    assert_eq!(app.control("/demo/faults", &fault).await.status, 204);
    app.file(User::Member, "k", &ticket())
        .await
        .problem(502, "demo_fault");
    app.file(User::Member, "k", &ticket())
        .await
        .problem(503, "demo_fault");
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 0);
    app.file(User::Member, "k", &ticket()).await.ok(201);
    app.get_as(User::Member, "/v1/tickets?limit=1")
        .await
        .problem(429, "demo_fault");
    app.get_as(User::Member, "/v1/tickets?limit=1")
        .await
        .ok(200);
}

#[tokio::test]
async fn a_delay_handles_afterwards() {
    let app = TestApp::demo().await;
    let fault =
        json!({"next": [{"method": "POST", "path": "/v1/tickets", "do": "delay", "delay_ms": 30}]});
    app.control("/demo/faults", &fault).await;
    let started = std::time::Instant::now();
    app.file(User::Member, "k", &ticket()).await.ok(201);
    assert!(started.elapsed().as_millis() >= 30);
}

#[tokio::test]
async fn faults_that_make_no_sense_are_refused() {
    let app = TestApp::demo().await;
    for body in [
        json!({}),
        json!({"next": {}}),
        json!({"next": [{"method": "GET", "path": "/v1/policy", "do": "explode"}]}),
        json!({"next": [{"method": "GET", "path": "v1/policy", "do": "status"}]}),
        json!({"next": [{"method": "GET", "path": "/v1/policy", "do": "status", "status": 200}]}),
        json!({"next": [{"method": "GET", "path": "/v1/policy", "do": "delay", "delay_ms": 1e9}]}),
        json!({"next": [{"method": "GET", "path": "/v1/policy", "do": "delay", "wait": 1}]}),
    ] {
        app.control("/demo/faults", &body)
            .await
            .problem(422, "invalid_fields");
    }
    app.control("/demo/faults", &json!({"next": [], "then": 1}))
        .await
        .problem(422, "unknown_field");
    app.get("/v1/policy").await.ok(200);
}

#[tokio::test]
async fn the_clock_moves_forward_on_demand() {
    let app = TestApp::demo().await;
    let before = app.get_as(User::Member, "/v1/session").await.ok(200);
    let old_token = app.token(User::Member).await;
    let moved = app
        .control("/demo/clock", &json!({"advance_ms": 7_200_000}))
        .await
        .ok(200);
    let after = app.get_as(User::Member, "/v1/session").await.ok(200);
    let text = |value: &serde_json::Value| value["server_time"].as_str().expect("time").to_owned();
    assert!(text(&after) >= text(&moved) && text(&moved) > text(&before));
    assert_eq!(text(&before)[..10].len(), 10);
    app.send(Request::get("/v1/session").token(&old_token))
        .await
        .problem(401, "token_expired");
    for body in [
        json!({}),
        json!({"advance_ms": -1}),
        json!({"advance_ms": "1"}),
    ] {
        app.control("/demo/clock", &body)
            .await
            .problem(422, "invalid_fields");
    }
}

#[tokio::test]
async fn reset_goes_back_to_the_start() {
    let app = TestApp::demo().await;
    app.file(User::Member, "k", &ticket()).await.ok(201);
    app.control("/demo/clock", &json!({"advance_ms": 86_400_000}))
        .await
        .ok(200);
    let fault = json!({"next": [{"method": "POST", "path": "/v1/tickets", "do": "status"}]});
    app.control("/demo/faults", &fault).await;
    assert_eq!(app.control("/demo/reset", &json!({})).await.status, 204);
    assert_eq!(
        app.get_as(User::Superadmin, "/v1/tickets").await.ok(200)["items"],
        json!([])
    );
    let receipt = app.file(User::Member, "k", &ticket()).await;
    assert_eq!(receipt.ok(201)["reference"], "PS-EU-000001");
    assert!(!receipt.is_replay());
    assert_eq!(
        receipt.json()["classification"]["outcome"],
        "standard",
        "the directory is there again"
    );
    let empty = Request::new("POST", "/demo/reset").header("content-type", "application/json");
    assert_eq!(app.send(empty).await.status, 204);
}

#[tokio::test]
async fn a_new_start_keeps_tickets_and_signs_with_a_new_key() {
    let app = TestApp::demo().await;
    let header = |token: &str| token.split('.').next().expect("header").to_owned();
    let before = header(&app.token(User::Member).await);
    app.file(User::Member, "k", &ticket()).await.ok(201);
    let app = app.restart(demo(RawLimits::default())).await;
    assert_ne!(header(&app.token(User::Member).await), before);
    let again = app.file(User::Member, "k", &ticket()).await;
    assert_eq!(again.ok(201)["reference"], "PS-EU-000001");
    assert!(again.is_replay());
}

#[tokio::test]
async fn two_endpoints_on_one_file_are_one_desk() {
    let one = TestApp::demo().await;
    let two = TestApp::in_folder(Arc::clone(&one.folder), demo(RawLimits::default())).await;
    let token = one.token(User::Member).await;
    let request = Request::post("/v1/tickets", &ticket())
        .key("k")
        .token(&token);
    let first = one.send(request.clone()).await.ok(201);
    let again = two.send(request).await;
    assert_eq!(again.ok(201), first);
    assert!(again.is_replay());
    let next = two.file(User::Member, "other", &ticket()).await.ok(201);
    assert_eq!(next["reference"], "PS-EU-000002");
}
