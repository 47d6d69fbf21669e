//! How often who may call.

use crate::support::{Answer, Forge, HS256_SECRET, Request, TWO_SECRET, TestApp, User, ticket};
use partner_endpoint::config::{RawConfig, RawLimits};
use serde_json::json;

const ORIGIN: &str = "https://one.example";

async fn with(limits: RawLimits) -> TestApp {
    TestApp::real_with(RawConfig {
        limits,
        ..RawConfig::default()
    })
    .await
}

/// Asserts a refusal that a page can read and a widget can wait for.
fn limited(answer: &Answer) -> u64 {
    assert_eq!(
        answer.header("access-control-allow-origin").as_deref(),
        Some(ORIGIN)
    );
    let exposed = answer.header("access-control-expose-headers");
    assert!(exposed.is_some_and(|names| names.contains("Retry-After")));
    answer.wait()
}

/// Sends until it is refused; how often it was not.
async fn spend(app: &TestApp, request: &Request) -> (usize, Answer) {
    for count in 0..500 {
        let answer = app.send(request.clone().header("origin", ORIGIN)).await;
        if answer.status == 429 {
            return (count, answer);
        }
    }
    panic!("never refused");
}

#[tokio::test]
async fn an_address_is_limited_on_every_call_and_browsers_are_told() {
    let app = with(RawLimits {
        address_per_minute: Some(20),
        ..RawLimits::default()
    })
    .await;
    let (count, answer) = spend(&app, &Request::get("/v1/policy")).await;
    // While this runs a place may come back every three seconds.
    assert!((20..25).contains(&count), "{count}");
    let wait = limited(&answer);
    assert!((1..=3).contains(&wait), "{wait}");
    let token = app.forge().claim("role", "superadmin").hs256(HS256_SECRET);
    let document = partner_endpoint::routes::openapi::document();
    let document = serde_json::to_value(document).expect("JSON");
    for (path, calls) in document["paths"].as_object().expect("paths") {
        for method in calls.as_object().expect("calls").keys() {
            let path = path.replace(['{', '}'], "");
            let request = Request::new(&method.to_uppercase(), &path).token(&token);
            limited(&spend(&app, &request).await.1);
        }
    }
    limited(&spend(&app, &Request::get("/v1/nothing")).await.1);
    let preflight = Request::new("OPTIONS", "/v1/tickets")
        .header("origin", ORIGIN)
        .header("access-control-request-method", "POST");
    assert_eq!(app.send(preflight).await.status, 204, "a browser may ask");
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(app.get(path).await.status, 200, "{path}");
    }
    app.clock.advance(wait * 1000);
    app.get("/v1/policy").await.ok(200);
}

#[tokio::test]
async fn failed_tokens_are_limited_by_address_and_sound_ones_are_not_locked_out() {
    let app = with(RawLimits {
        failures_per_minute: Some(10),
        ..RawLimits::default()
    })
    .await;
    let forged: Vec<Request> = [
        app.forge().hs256(b"guessed"),
        app.forge().kid("nobody").hs256(HS256_SECRET),
        app.forge().claim("aud", "other").hs256(HS256_SECRET),
    ]
    .iter()
    .map(|token| Request::get("/v1/session").token(token))
    .chain([Request::get("/v1/tickets")])
    .collect();
    for request in forged.iter().cycle().take(10) {
        assert_eq!(app.send(request.clone()).await.status, 401);
    }
    for request in &forged {
        limited(&spend(&app, request).await.1);
    }
    let sound = Request::get("/v1/session").token(&app.forge().hs256(HS256_SECRET));
    app.send(sound).await.ok(200);
    app.clock.advance(60_000);
    app.send(forged[0].clone())
        .await
        .problem(401, "token_bad_signature");
}

#[tokio::test]
async fn identities_do_not_use_up_each_other_s_quota() {
    let app = with(RawLimits {
        requests_per_minute: Some(10),
        ..RawLimits::default()
    })
    .await;
    let session =
        |forge: Forge, secret: &[u8]| Request::get("/v1/session").token(&forge.hs256(secret));
    let (count, answer) = spend(&app, &session(app.forge(), HS256_SECRET)).await;
    assert!((10..15).contains(&count), "{count}");
    limited(&answer);
    // Capitals make no other user, another shop does.
    let shouted = app.forge().claim("sub", "ADA@one.example");
    limited(&spend(&app, &session(shouted, HS256_SECRET)).await.1);
    let other = app.forge().claim("sub", "bob@one.example");
    app.send(session(other, HS256_SECRET)).await.ok(200);
    let elsewhere = app.forge().claim("shop", "two").kid("two-hs");
    app.send(session(elsewhere, TWO_SECRET)).await.ok(200);
}

#[tokio::test]
async fn writes_have_a_smaller_quota_and_what_is_stored_is_still_shown() {
    let app = with(RawLimits {
        writes_per_minute: Some(5),
        ..RawLimits::default()
    })
    .await;
    let token = app.forge().claim("role", "superadmin").hs256(HS256_SECRET);
    let file = |key: usize| {
        Request::post("/v1/tickets", &ticket())
            .key(&format!("k{key}"))
            .token(&token)
            .header("origin", ORIGIN)
    };
    let mut filed = 0;
    let refused = loop {
        let answer = app.send(file(filed)).await;
        if answer.status != 201 {
            break answer;
        }
        filed += 1;
    };
    assert!((5..8).contains(&filed), "{filed}");
    assert!((1..=12).contains(&limited(&refused)));
    let replayed = app.send(file(0)).await;
    replayed.ok(201);
    assert!(replayed.is_replay());
    let grant = Request {
        method: "PUT".to_owned(),
        ..Request::post("/v1/access/max@one.example", &json!({"access": "own"}))
    };
    limited(&spend(&app, &grant.clone().token(&token)).await.1);
    app.send(Request::get("/v1/tickets").token(&token))
        .await
        .ok(200);
    // A refusal binds no key.
    app.clock.advance(60_000);
    app.send(file(filed)).await.ok(201);
}

#[tokio::test]
async fn addresses_behind_a_trusted_proxy_are_told_apart() {
    let limits = RawLimits {
        address_per_minute: Some(10),
        ..RawLimits::default()
    };
    let policy = |via: &str, address: &str| Request::get("/v1/policy").header(via, address);
    let trusting = TestApp::real_with(RawConfig {
        trusted_proxies: Some(vec!["127.0.0.0/8".to_owned()]),
        limits: limits.clone(),
        ..RawConfig::default()
    })
    .await;
    let x = "x-forwarded-for";
    limited(&spend(&trusting, &policy(x, "198.51.100.7")).await.1);
    trusting.send(policy(x, "198.51.100.8")).await.ok(200);
    // What the caller wrote itself stands before what the proxy added.
    limited(
        &spend(&trusting, &policy(x, "203.0.113.1, 198.51.100.7"))
            .await
            .1,
    );
    // The other header is not the one that this proxy writes.
    limited(
        &spend(&trusting, &policy("forwarded", "for=192.0.2.1"))
            .await
            .1,
    );
    limited(
        &spend(&trusting, &policy("forwarded", "for=192.0.2.2"))
            .await
            .1,
    );

    let alone = with(limits).await;
    limited(&spend(&alone, &policy(x, "198.51.100.7")).await.1);
    limited(&spend(&alone, &policy(x, "198.51.100.8")).await.1);
}

#[tokio::test]
async fn calls_beyond_the_rate_are_told_when_to_come_back() {
    let limits = RawLimits {
        verify_per_minute: Some(1),
        ..RawLimits::default()
    };
    let app = TestApp::limited(limits).await;
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
    let wait = refused.wait();
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
    let app = TestApp::limited(limits).await;
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
    let app = TestApp::limited(limits).await;
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
