//! Every call with every forged token, and from every page that has no business there. The calls come
//! from the OpenAPI document: one that is new has to be added here, or the test fails.

use crate::support::{
    Answer, ED25519_PUBLIC, Forge, HS256_SECRET, Request, TWO_SECRET, TestApp, ed25519, ticket,
    upload,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use partner_endpoint::clock::Clock;
use serde_json::{Value, json};

/// The calls that need no token.
const OPEN: [&str; 2] = ["/v1/policy", crate::feedback::PATH];

/// Every documented call as one that would work, and whether it needs a token.
fn calls() -> Vec<(Request, bool)> {
    let document = partner_endpoint::routes::openapi::document();
    let document = serde_json::to_value(document).expect("JSON");
    let mut calls = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, call) in methods.as_object().expect("calls") {
            calls.push((sample(method, path), call["security"].is_array()));
        }
    }
    calls
}

fn sample(method: &str, path: &str) -> Request {
    let question = json!({"superadmin_email": "a@b.example", "service": "CRM", "dc": "eu"});
    let level = json!({"access": "company"});
    let put = |path: &str| Request {
        method: "PUT".to_owned(),
        ..Request::post(path, &level)
    };
    match (method, path) {
        (
            "get",
            "/v1/policy" | "/v1/session" | "/v1/tickets" | "/v1/access" | "/v1/access-default"
            | "/v1/access-log" | "/v1/events",
        ) => Request::get(path),
        ("get", "/v1/tickets/{reference}") => Request::get("/v1/tickets/PS-EU-000001"),
        ("get", "/v1/tickets/{reference}/attachments/{id}") => {
            Request::get("/v1/tickets/PS-EU-000001/attachments/1")
        }
        ("post", "/v1/uploads") => upload("a.txt", "forged"),
        ("post", "/v1/tickets") => Request::post(path, &ticket()).key("forged"),
        ("post", "/v1/tickets/{reference}/replies") => {
            let body = json!({"text": "forged"});
            Request::post("/v1/tickets/PS-EU-000001/replies", &body).key("reply")
        }
        ("post", "/v1/tickets/{reference}/close") => {
            Request::post("/v1/tickets/PS-EU-000001/close", &json!({})).key("close")
        }
        ("post", "/v1/tickets/{reference}/reopen") => {
            Request::post("/v1/tickets/PS-EU-000001/reopen", &json!({})).key("reopen")
        }
        ("post", crate::feedback::PATH) => crate::feedback::Form::sound().request("forged"),
        ("post", "/v1/accounts/verify") => Request::post(path, &question),
        ("put", "/v1/tickets/{reference}/seen") => Request {
            method: "PUT".to_owned(),
            ..Request::post(
                "/v1/tickets/PS-EU-000001/seen",
                &json!({"until": "2026-11-23T09:05:00.000Z"}),
            )
        },
        ("put", "/v1/access/{email}") => put("/v1/access/eve@one.example"),
        ("put", "/v1/access-default") => put(path),
        other => panic!("{other:?} has no example here"),
    }
}

fn encode(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// A super administrator of shop one.
fn sound(app: &TestApp) -> Forge {
    app.forge().claim("role", "superadmin")
}

/// The sound token with another header and its own signature.
fn with_header(app: &TestApp, header: &Value) -> String {
    let token = sound(app).hs256(HS256_SECRET);
    let rest = token.split_once('.').expect("three parts").1.to_owned();
    format!("{}.{rest}", encode(header))
}

/// A member's token with one claim edited and the signature left as it was.
fn edited(app: &TestApp, claim: &str, value: Value) -> String {
    let token = app.forge().hs256(HS256_SECRET);
    let parts: Vec<&str> = token.split('.').collect();
    let claims = app.forge().claim(claim, value).claims;
    format!("{}.{}.{}", parts[0], encode(&claims), parts[2])
}

/// Signed by the shop, but with an extension that has to be understood.
fn with_extension(app: &TestApp) -> String {
    let header = json!({"alg": "HS256", "kid": "one-hs", "crit": ["b64"], "b64": true});
    signed(app, &header, HS256_SECRET)
}

fn signed(app: &TestApp, header: &Value, secret: &[u8]) -> String {
    let text = format!("{}.{}", encode(header), encode(&sound(app).claims));
    let key = EncodingKey::from_secret(secret);
    let signature = jsonwebtoken::crypto::sign(text.as_bytes(), &key, Algorithm::HS256);
    format!("{text}.{}", signature.expect("signed"))
}

/// An attacker's own key, offered in the header.
fn with_own_key(app: &TestApp) -> String {
    let own = b"the attacker's own secret, given";
    let header = json!({
        "alg": "HS256", "kid": "one-hs", "jku": "https://evil.example/keys",
        "jwk": {"kty": "oct", "k": URL_SAFE_NO_PAD.encode(own)},
    });
    signed(app, &header, own)
}

fn forgeries(app: &TestApp) -> Vec<(&'static str, String, &'static str)> {
    let now = app.clock.now().seconds();
    let hs = |forge: Forge| forge.hs256(HS256_SECRET);
    let sound = || sound(app);
    let whole = hs(sound());
    let cut = whole.rsplit_once('.').expect("signature").0.to_owned();
    let public = EncodingKey::from_secret(&ED25519_PUBLIC);
    vec![
        (
            "wrong key",
            sound().hs256(b"guessed"),
            "token_bad_signature",
        ),
        (
            "unknown kid",
            hs(sound().kid("nobody")),
            "token_unknown_key",
        ),
        (
            "withdrawn kid",
            hs(sound().kid("one-old")),
            "token_unknown_key",
        ),
        (
            "kid as SQL",
            hs(sound().kid("' OR 1=1 --")),
            "token_unknown_key",
        ),
        (
            "kid as path",
            hs(sound().kid("../one-hs")),
            "token_unknown_key",
        ),
        (
            "no kid",
            hs(Forge {
                kid: None,
                ..sound()
            }),
            "token_unknown_key",
        ),
        (
            "foreign kid, foreign key",
            sound().kid("two-hs").hs256(TWO_SECRET),
            "token_wrong_shop",
        ),
        (
            "foreign kid, own key",
            hs(sound().kid("two-hs")),
            "token_bad_signature",
        ),
        (
            "other shop, own key",
            hs(sound().claim("shop", "two")),
            "token_wrong_shop",
        ),
        (
            "none",
            with_header(app, &json!({"alg": "none", "kid": "one-hs"})),
            "token_wrong_algorithm",
        ),
        (
            "none without signature",
            format!(
                "{}.{}.",
                encode(&json!({"alg": "none", "kid": "one-hs"})),
                encode(&sound().claims)
            ),
            "token_wrong_algorithm",
        ),
        (
            "public key as secret",
            sound().kid("one-ed").sign(Algorithm::HS256, &public),
            "token_wrong_algorithm",
        ),
        (
            "secret's kid with EdDSA",
            sound().sign(Algorithm::EdDSA, &ed25519()),
            "token_wrong_algorithm",
        ),
        (
            "algorithm in another case",
            with_header(app, &json!({"alg": "hs256", "kid": "one-hs"})),
            "token_wrong_algorithm",
        ),
        ("a key of its own", with_own_key(app), "token_bad_signature"),
        (
            "another header",
            with_header(app, &json!({"alg": "HS256", "kid": "one-hs", "x": 1})),
            "token_bad_signature",
        ),
        ("unknown extension", with_extension(app), "token_malformed"),
        ("no signature", format!("{cut}."), "token_bad_signature"),
        ("two parts", cut, "token_malformed"),
        ("five parts", format!("{whole}.a.b"), "token_malformed"),
        (
            "half a signature",
            whole[..whole.len() - 11].to_owned(),
            "token_bad_signature",
        ),
        (
            "kid as number",
            with_header(app, &json!({"alg": "HS256", "kid": 1})),
            "token_malformed",
        ),
        (
            "expired",
            hs(sound().claim("iat", now - 600).claim("exp", now - 60)),
            "token_expired",
        ),
        (
            "not yet valid",
            hs(sound().claim("iat", now + 600).claim("exp", now + 900)),
            "token_not_yet_valid",
        ),
        (
            "not before",
            hs(sound().claim("nbf", now + 600)),
            "token_not_yet_valid",
        ),
        (
            "too long-lived",
            hs(sound().claim("exp", now + 960)),
            "token_too_long_lived",
        ),
        (
            "other audience",
            hs(sound().claim("aud", "agents")),
            "token_wrong_audience",
        ),
        (
            "other role",
            hs(sound().claim("role", "operator")),
            "token_malformed",
        ),
        (
            "edited role",
            edited(app, "role", json!("superadmin")),
            "token_bad_signature",
        ),
        (
            "edited user",
            edited(app, "sub", json!("boss@one.example")),
            "token_bad_signature",
        ),
        (
            "edited shop",
            edited(app, "shop", json!("two")),
            "token_bad_signature",
        ),
        (
            "edited audience",
            edited(app, "aud", json!("other")),
            "token_bad_signature",
        ),
        (
            "edited end",
            edited(app, "exp", json!(now + 800)),
            "token_bad_signature",
        ),
    ]
}

fn readable_at(answer: &Answer, origin: &str, what: &str) {
    let allowed = answer.header("access-control-allow-origin");
    assert_eq!(allowed.as_deref(), Some(origin), "{what}");
    let exposed = answer.header("access-control-expose-headers");
    assert!(exposed.is_some_and(|names| names.contains("Retry-After")));
    assert_eq!(answer.header("access-control-allow-credentials"), None);
}

/// An endpoint where a key of shop one was withdrawn, and shop one has a ticket.
async fn endpoint() -> TestApp {
    let app = TestApp::real().await;
    let (store, now) = (&app.app.store, app.clock.now());
    let mut old = store.key("one-hs", now).await.expect("read").expect("key");
    old.kid = "one-old".to_owned();
    store.add_key(&old, now).await.expect("added");
    store
        .withdraw_key("one", "one-old", now)
        .await
        .expect("withdrawn");
    let token = sound(&app).hs256(HS256_SECRET);
    app.send(
        Request::post("/v1/tickets", &ticket())
            .key("k")
            .token(&token),
    )
    .await
    .ok(201);
    app
}

/// The path of an attachment that a super administrator of shop one may have.
async fn attached(app: &TestApp) -> String {
    let token = sound(app).hs256(HS256_SECRET);
    let sent = upload("a.txt", "kept").token(&token);
    let id = app.send(sent).await.ok(201)["id"].clone();
    let mut body = ticket();
    body["uploads"] = json!([id]);
    let filing = Request::post("/v1/tickets", &body).key("attached");
    let receipt = app.send(filing.token(&token)).await.ok(201);
    format!("/v1/tickets/{}/attachments/{id}", receipt["reference"]).replace('"', "")
}

#[tokio::test]
async fn no_call_takes_a_forged_token() {
    let app = endpoint().await;
    let forgeries = forgeries(&app);
    let attached = attached(&app).await;
    for (mut request, needs_token) in calls() {
        if request.path.contains("/attachments/") {
            request.path.clone_from(&attached);
        }
        if !needs_token {
            assert!(OPEN.contains(&request.path.as_str()), "{}", request.path);
            continue;
        }
        let what = format!("{} {}", request.method, request.path);
        let request = request.header("origin", "https://one.example");
        let answer = app.send(request.clone()).await;
        answer.problem(401, "token_missing");
        readable_at(&answer, "https://one.example", &what);
        for (name, token, code) in &forgeries {
            let answer = app.send(request.clone().token(token)).await;
            assert_eq!(answer.status, 401, "{what}: {name}");
            assert_eq!(answer.json()["code"], *code, "{what}: {name}");
            assert_eq!(answer.header("www-authenticate").as_deref(), Some("Bearer"));
            readable_at(&answer, "https://one.example", name);
            // The quota of failures is for another test.
            app.app.rates.reset();
        }
        // The same call with the sound token works, so it was the forgery that was refused.
        let token = sound(&app).hs256(HS256_SECRET);
        let status = request.token(&token).status(app.address).await;
        assert!(matches!(status, 200 | 201), "{what}: {status}");
    }
}

#[tokio::test]
async fn no_call_is_answered_to_a_page_of_nobody_s() {
    let app = endpoint().await;
    let token = sound(&app).hs256(HS256_SECRET);
    for (request, _) in calls() {
        let what = format!("{} {}", request.method, request.path);
        for origin in [
            "null",
            "https://evil.example",
            "https://one.example.evil.example",
        ] {
            let answer = app
                .send(request.clone().token(&token).header("origin", origin))
                .await;
            answer.problem(403, "origin_not_allowed");
            assert_eq!(answer.header("access-control-allow-origin"), None, "{what}");
            assert_eq!(answer.header("access-control-expose-headers"), None);
        }
        let elsewhere = request
            .token(&token)
            .header("origin", "https://two.example");
        let answer = app.send(elsewhere).await;
        if OPEN.iter().any(|path| what.ends_with(path)) {
            assert!(matches!(answer.status, 200 | 201), "{what}");
        } else {
            answer.problem(403, "origin_not_allowed");
        }
        readable_at(&answer, "https://two.example", &what);
    }
    // Nothing of that was carried out.
    let log = app
        .send(Request::get("/v1/access-log").token(&token))
        .await
        .ok(200);
    assert_eq!(log["items"], json!([]));
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 1);
}

#[tokio::test]
async fn every_refusal_can_be_read_by_the_page() {
    let app = endpoint().await;
    let boss = sound(&app).hs256(HS256_SECRET);
    let member = app
        .forge()
        .claim("sub", "max@one.example")
        .hs256(HS256_SECRET);
    let nobody = app
        .forge()
        .claim("sub", "nil@one.example")
        .hs256(HS256_SECRET);
    let none = Request {
        method: "PUT".to_owned(),
        ..Request::post("/v1/access/nil@one.example", &json!({"access": "none"}))
    };
    app.send(none.token(&boss)).await.ok(200);
    let large = format!("\"{}\"", "x".repeat(600 * 1024));
    let file = |body: &Value| Request::post("/v1/tickets", body);
    for (request, token, status, code) in [
        (file(&ticket()), &member, 400, "idempotency_key_missing"),
        (file(&ticket()).key("n"), &nobody, 403, "access_denied"),
        (Request::get("/v1/access"), &member, 403, "not_superadmin"),
        (
            Request::get("/v1/tickets/PS-EU-000001"),
            &member,
            404,
            "not_found",
        ),
        (
            Request::new("DELETE", "/v1/session"),
            &member,
            405,
            "method_not_allowed",
        ),
        (
            file(&json!(null)).key("l").body(large),
            &member,
            413,
            "body_too_large",
        ),
        (
            file(&ticket())
                .key("t")
                .header("content-type", "text/plain"),
            &member,
            415,
            "unsupported_media_type",
        ),
        (file(&json!({})).key("i"), &member, 422, "invalid_fields"),
        (
            file(&json!({"x": 1})).key("u"),
            &member,
            422,
            "unknown_field",
        ),
    ] {
        let request = request.token(token).header("origin", "https://one.example");
        let answer = app.send(request).await;
        answer.problem(status, code);
        readable_at(&answer, "https://one.example", code);
    }
}
