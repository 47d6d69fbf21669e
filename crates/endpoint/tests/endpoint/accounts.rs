//! Asking about an account.

use crate::support::{HS256_SECRET, Request, TWO_SECRET, TestApp, User, on_file};
use partner_endpoint::clock::Clock;
use partner_endpoint::directory::import;
use serde_json::json;

#[tokio::test]
async fn the_demo_s_accounts_are_known_in_every_data_centre() {
    let app = TestApp::demo().await;
    for dc in ["us", "in", "au", "jp", "eu", "sa", "ca", "uk"] {
        for (address, account) in [
            ("admin@large.example", "large"),
            (" ADMIN@Large.example ", "large"),
            ("else@large.example", "large"),
            ("admin@small.example", "standard"),
            ("else@small.example", "unknown"),
            ("admin@nowhere.example", "unknown"),
        ] {
            let answer = app.verify(User::Member, address, dc).await.ok(200);
            assert_eq!(answer["account"], account, "{address} {dc}");
            assert!(answer["policy_version"].is_string());
            assert_eq!(
                answer.as_object().map(serde_json::Map::len),
                Some(2),
                "nothing else gets out"
            );
        }
    }
}

#[tokio::test]
async fn another_shop_s_account_looks_like_none() {
    let app = TestApp::real().await;
    let csv = "superadmin_email,dc,domains,zoid,service,user_licences,shop\n\
               boss@two.example,eu,customer.example,20000000007,CRM,500,two\n\
               boss@all.example,eu,,20000000008,CRM,500,\n\
               boss@all.example,us,,20000000008,CRM,500,\n";
    let now = app.clock.now();
    import::import(&app.app.store, csv.as_bytes(), now)
        .await
        .expect("imported");
    let token = app.forge().hs256(HS256_SECRET);
    let ask = async |address: &str, dc: &str| {
        let body = json!({"superadmin_email": address, "service": "CRM", "dc": dc});
        app.send(Request::post("/v1/accounts/verify", &body).token(&token))
            .await
    };
    let foreign = ask("boss@two.example", "eu").await;
    let unknown = ask("nobody@nowhere.example", "eu").await;
    assert_eq!(foreign.ok(200), unknown.ok(200));
    assert_eq!(
        ask("x@customer.example", "eu").await.ok(200)["account"],
        "unknown"
    );
    assert_eq!(
        ask("boss@all.example", "eu").await.ok(200)["account"],
        "large"
    );
    // Known, but without a threshold: Zoho decides.
    assert_eq!(
        ask("boss@all.example", "us").await.ok(200)["account"],
        "unknown"
    );
    let two = app.forge().claim("shop", "two").kid("two-hs");
    let body = json!({"superadmin_email": "boss@two.example", "service": "CRM", "dc": "eu"});
    let own = Request::post("/v1/accounts/verify", &body).token(&two.hs256(TWO_SECRET));
    assert_eq!(app.send(own).await.ok(200)["account"], "large");
    ask("boss@all.example", "jp").await.problem(422, "wrong_dc");
    // Another shop's ID contradicts nothing, and says nothing.
    let mut body = crate::support::ticket();
    body["org_id"] = json!("20000000007");
    body["superadmin_email"] = json!("boss@all.example");
    let receipt = app
        .send(Request::post("/v1/tickets", &body).key("k").token(&token))
        .await
        .ok(201);
    let reasons = receipt["classification"]["reasons"].to_string();
    assert!(!reasons.contains("mismatch"), "{reasons}");
}

#[tokio::test]
async fn questions_are_checked_like_tickets() {
    let app = TestApp::demo().await;
    let token = app.token(User::Member).await;
    let ask = async |body| {
        app.send(Request::post("/v1/accounts/verify", &body).token(&token))
            .await
    };
    let answer = ask(json!({})).await;
    answer.problem(422, "invalid_fields");
    let mut violations = answer.violations();
    violations.sort_unstable();
    assert_eq!(
        violations,
        [
            "dc:required",
            "service:required",
            "superadmin_email:required"
        ]
    );
    let answer = ask(json!({"superadmin_email": "no address", "service": "CRM", "dc": "eu"})).await;
    answer.problem(422, "invalid_fields");
    assert_eq!(answer.violations(), ["superadmin_email:syntax"]);
    let answer = ask(json!({"superadmin_email": null, "service": 1, "dc": "mars"})).await;
    answer.problem(422, "invalid_fields");
    assert_eq!(answer.violations().len(), 3);
    ask(json!({"superadmin_email": "a@b.example", "service": "CRM", "dc": "eu", "x": 1}))
        .await
        .problem(422, "unknown_field");
    ask(json!([])).await.problem(400, "malformed_json");
    let long =
        ask(json!({"superadmin_email": "a@b.example", "service": "x".repeat(300), "dc": "eu"}))
            .await;
    assert_eq!(long.violations(), ["service:too_long"]);
}

#[tokio::test]
async fn questions_are_noted_without_the_address() {
    on_file();
    let app = TestApp::demo().await;
    app.verify(User::Member, "Admin@Large.example", "eu")
        .await
        .ok(200);
    app.verify(User::Member, "admin@large.example", "eu")
        .await
        .ok(200);
    app.verify(User::Member, "else@large.example", "eu")
        .await
        .ok(200);
    let noted = app.app.store.verifications("demo").await.expect("audit");
    assert_eq!(noted.len(), 3);
    assert_eq!(noted[0], noted[1], "the same address has the same hash");
    assert_ne!(noted[0].0, noted[2].0);
    app.app.store.close().await;
    let file = std::fs::read(app.file_on_disk()).expect("database");
    let address = b"else@large.example";
    assert!(
        !file.windows(address.len()).any(|window| window == address),
        "no address in the file"
    );
}

#[tokio::test]
async fn questions_are_kept_for_a_year_and_not_for_ever() {
    const DAY_MS: u64 = 24 * 60 * 60 * 1000;
    let app = TestApp::demo().await;
    let kept = async || {
        app.app.tidy_up().await.expect("tidied");
        let kept = app.app.store.verifications("demo").await;
        kept.expect("read").len()
    };
    app.verify(User::Member, "a@b.example", "eu").await.ok(200);
    app.clock.advance(10 * DAY_MS);
    app.verify(User::Member, "a@b.example", "eu").await.ok(200);
    app.clock.advance(389 * DAY_MS);
    assert_eq!(kept().await, 2);
    app.clock.advance(2 * DAY_MS);
    assert_eq!(kept().await, 1);
    app.clock.advance(10 * DAY_MS);
    assert_eq!(kept().await, 0);
}
