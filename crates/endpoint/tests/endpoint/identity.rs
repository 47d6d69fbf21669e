//! Tokens sound and forged; one shop and another.

use crate::support::{Forge, HS256_SECRET, Request, TWO_SECRET, TestApp, ticket};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use partner_endpoint::clock::Clock;
use serde_json::{Value, json};

async fn session(app: &TestApp, token: &str) -> crate::support::Answer {
    app.send(Request::get("/v1/session").token(token)).await
}

/// A change of the claims, and the code that it is refused with.
type Spoiled = (fn(Forge, i64) -> Forge, &'static str);

#[tokio::test]
async fn both_algorithms_are_accepted_with_their_own_keys() {
    let app = TestApp::real().await;
    for token in [
        app.forge().hs256(HS256_SECRET),
        app.forge().kid("one-ed").eddsa(),
    ] {
        let session = session(&app, &token).await.ok(200);
        assert_eq!(
            session["user"],
            json!({"email": "ada@one.example", "name": "Ada"})
        );
        assert_eq!(session["shop"], json!({"id": "one", "name": "Shop one"}));
        assert_eq!(session["role"], "member");
        assert_eq!(session["access"], "own");
        assert_eq!(session["dc"], "eu");
    }
    let superadmin = app.forge().claim("role", "superadmin").hs256(HS256_SECRET);
    assert_eq!(
        session(&app, &superadmin).await.ok(200)["access"],
        "company"
    );
    let nameless = app.forge().without("name").hs256(HS256_SECRET);
    assert_eq!(
        session(&app, &nameless).await.ok(200)["user"]["name"],
        "ada@one.example"
    );
}

#[tokio::test]
async fn every_false_claim_has_its_code() {
    let app = TestApp::real().await;
    let spoiled: &[Spoiled] = &[
        (
            |f, now| f.claim("exp", now - 10).claim("iat", now - 60),
            "token_expired",
        ),
        (
            |f, now| f.claim("iat", now + 60).claim("exp", now + 120),
            "token_not_yet_valid",
        ),
        (|f, now| f.claim("nbf", now + 60), "token_not_yet_valid"),
        // Well beyond: a second may pass between the two readings of the clock.
        (|f, now| f.claim("exp", now + 960), "token_too_long_lived"),
        (|f, _| f.claim("exp", 1e300), "token_too_long_lived"),
        (|f, _| f.claim("aud", "other-group"), "token_wrong_audience"),
        (
            |f, _| f.claim("aud", json!(["test-group"])),
            "token_wrong_audience",
        ),
        (|f, _| f.claim("shop", "two"), "token_wrong_shop"),
        (|f, _| f.claim("shop", "nowhere"), "token_wrong_shop"),
        (|f, _| f.claim("role", "agent"), "token_malformed"),
        (|f, _| f.claim("sub", " "), "token_malformed"),
        (|f, _| f.claim("sub", "a\nb"), "token_malformed"),
        (|f, _| f.claim("sub", 5), "token_malformed"),
        (|f, _| f.claim("iat", "now"), "token_malformed"),
        (|f, now| f.claim("exp", now - 1000), "token_malformed"),
        (|f, _| f.without("exp"), "token_malformed"),
        (|f, _| f.without("iat"), "token_malformed"),
        (|f, _| f.without("aud"), "token_malformed"),
        (|f, _| f.without("sub"), "token_malformed"),
        (|f, _| f.without("shop"), "token_malformed"),
        (|f, _| f.kid("nobody"), "token_unknown_key"),
        (|f, _| f.kid("two-hs"), "token_bad_signature"),
        (|f, _| f.kid("one-ed"), "token_wrong_algorithm"),
        (|f, _| Forge { kid: None, ..f }, "token_unknown_key"),
        (|f, _| f.claim("name", "x".repeat(5000)), "token_malformed"),
    ];
    let now = app.clock.now().seconds();
    for (spoil, code) in spoiled {
        let forged = spoil(app.forge(), now);
        let answer = session(&app, &forged.hs256(HS256_SECRET)).await;
        answer.problem(401, code);
        assert_eq!(answer.header("www-authenticate").as_deref(), Some("Bearer"));
    }
}

#[tokio::test]
async fn edited_and_confused_tokens_are_refused() {
    let app = TestApp::real().await;
    let sound = app.forge().hs256(HS256_SECRET);
    let parts: Vec<&str> = sound.split('.').collect();
    let encode = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let edited = encode(app.forge().claim("role", "superadmin").claims);
    session(&app, &format!("{}.{edited}.{}", parts[0], parts[2]))
        .await
        .problem(401, "token_bad_signature");

    for algorithm in ["none", "None", "NONE", ""] {
        let header = encode(json!({"alg": algorithm, "kid": "one-hs"}));
        session(&app, &format!("{header}.{}.", parts[1]))
            .await
            .problem(401, "token_wrong_algorithm");
    }
    // The public key of an EdDSA record as an HS256 secret.
    let confused = app.forge().kid("one-ed");
    let secret = EncodingKey::from_secret(&crate::support::ED25519_PUBLIC);
    session(&app, &confused.sign(Algorithm::HS256, &secret))
        .await
        .problem(401, "token_wrong_algorithm");
    session(
        &app,
        &app.forge()
            .sign(Algorithm::HS512, &EncodingKey::from_secret(HS256_SECRET)),
    )
    .await
    .problem(401, "token_wrong_algorithm");
    session(
        &app,
        &app.forge()
            .sign(Algorithm::EdDSA, &crate::support::ed25519()),
    )
    .await
    .problem(401, "token_wrong_algorithm");
    // Shop two's key, named, for shop one's user.
    session(&app, &app.forge().kid("two-hs").hs256(TWO_SECRET))
        .await
        .problem(401, "token_wrong_shop");
    session(&app, &app.forge().hs256(b"guessed"))
        .await
        .problem(401, "token_bad_signature");

    for text in [
        "",
        "x",
        "a.b",
        "a.b.c.d",
        "...",
        &"a".repeat(5000),
        "e30.e30.e30",
    ] {
        session(&app, text).await.problem(401, "token_malformed");
    }
}

#[tokio::test]
async fn the_header_is_needed_once_and_as_bearer() {
    let app = TestApp::real().await;
    let token = app.forge().hs256(HS256_SECRET);
    app.get("/v1/session").await.problem(401, "token_missing");
    for value in ["Basic YTpi", &token, "Bearer", ""] {
        let answer = app
            .send(Request::get("/v1/session").header("authorization", value))
            .await;
        answer.problem(401, "token_malformed");
    }
    let mut twice = Request::get("/v1/session").token(&token);
    twice
        .headers
        .push(("authorization".to_owned(), format!("Bearer {token}")));
    app.send(twice).await.problem(401, "token_malformed");
    let other_case =
        Request::get("/v1/session").header("authorization", &format!("bearer {token}"));
    app.send(other_case).await.ok(200);
}

#[tokio::test]
async fn a_token_ends_with_the_injected_clock() {
    let app = TestApp::real().await;
    let token = app.forge().hs256(HS256_SECRET);
    session(&app, &token).await.ok(200);
    app.clock.advance(899_000);
    session(&app, &token).await.ok(200);
    app.clock.advance(10_000);
    session(&app, &token).await.problem(401, "token_expired");
}

#[tokio::test]
async fn capitals_in_an_address_do_not_make_another_user() {
    let app = TestApp::real().await;
    let file = Request::post("/v1/tickets", &ticket()).key("k");
    let filed = app
        .send(file.clone().token(&app.forge().hs256(HS256_SECRET)))
        .await
        .ok(201);
    let shouted = app
        .forge()
        .claim("sub", "ADA@One.Example")
        .hs256(HS256_SECRET);
    assert_eq!(app.send(file.token(&shouted)).await.ok(201), filed);
}

#[tokio::test]
async fn another_shop_s_tickets_look_like_none() {
    let app = TestApp::real().await;
    let one = app.forge().claim("role", "superadmin").hs256(HS256_SECRET);
    let two = app
        .forge()
        .claim("role", "superadmin")
        .claim("shop", "two")
        .kid("two-hs")
        .hs256(TWO_SECRET);
    app.send(Request::post("/v1/tickets", &ticket()).key("k").token(&one))
        .await
        .ok(201);

    let foreign = app
        .send(Request::get("/v1/tickets/PS-EU-000001").token(&two))
        .await;
    let missing = app
        .send(Request::get("/v1/tickets/PS-EU-000002").token(&two))
        .await;
    foreign.problem(404, "not_found");
    assert_eq!(foreign.json(), missing.json());
    for query in [
        "",
        "?q=PS-EU-000001",
        "?q=contacts",
        "?sort=oldest",
        "?severity=none",
    ] {
        let page = app
            .send(Request::get(&format!("/v1/tickets{query}")).token(&two))
            .await
            .ok(200);
        assert_eq!(page["items"], json!([]), "{query}");
    }
    // Shop one's cursor gives shop two nothing of shop one's.
    app.send(
        Request::post("/v1/tickets", &ticket())
            .key("k2")
            .token(&one),
    )
    .await
    .ok(201);
    let page = app
        .send(Request::get("/v1/tickets?limit=1").token(&one))
        .await
        .ok(200);
    let cursor = page["next_cursor"].as_str().expect("cursor").to_owned();
    let page = app
        .send(Request::get(&format!("/v1/tickets?cursor={cursor}")).token(&two))
        .await
        .ok(200);
    assert_eq!(page["items"], json!([]));
    // The same key of the same address in the other shop is another key.
    let other = app
        .send(Request::post("/v1/tickets", &ticket()).key("k").token(&two))
        .await;
    other.ok(201);
    assert!(!other.is_replay());
}
