//! What goes when it is old, and erasing a shop.

use crate::support::{HS256_SECRET, Request, TWO_SECRET, TestApp, behind, everything, on, ticket};
use partner_endpoint::clock::Clock;
use partner_endpoint::config::{RawConfig, RawLimits};
use partner_endpoint::erasure::erase_old;
use serde_json::json;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

fn token(app: &TestApp, shop: &str) -> String {
    match shop {
        "one" => app.forge().hs256(HS256_SECRET),
        _ => {
            let forge = app
                .forge()
                .claim("sub", "bob@two.example")
                .claim("shop", "two");
            forge.kid("two-hs").hs256(TWO_SECRET)
        }
    }
}

/// Files a ticket that says a word.
async fn file(app: &TestApp, shop: &str, word: &str) -> String {
    let mut body = ticket();
    body["description"] = json!(word);
    let request = Request::post("/v1/tickets", &body).key(word);
    let receipt = app.send(request.token(&token(app, shop))).await.ok(201);
    receipt["reference"].as_str().expect("text").to_owned()
}

async fn close(app: &TestApp, shop: &str, reference: &str) {
    let path = format!("/v1/tickets/{reference}/close");
    let request = Request::post(&path, &json!({"reason": "Done."})).key(reference);
    app.send(request.token(&token(app, shop))).await.ok(201);
}

async fn is_there(app: &TestApp, shop: &str, reference: &str) -> bool {
    let request = Request::get(&format!("/v1/tickets/{reference}"));
    app.send(request.token(&token(app, shop))).await.status == 200
}

async fn kept_for_forty_days() -> TestApp {
    TestApp::real_with(RawConfig {
        limits: RawLimits {
            ticket_retention_days: Some(40),
            ..RawLimits::default()
        },
        ..RawConfig::default()
    })
    .await
}

#[tokio::test]
async fn closed_tickets_go_when_their_shop_keeps_them_no_longer() {
    let app = kept_for_forty_days().await;
    let [old, open] = [
        file(&app, "one", "heron").await,
        file(&app, "one", "stork").await,
    ];
    let longer = file(&app, "two", "crane").await;
    close(&app, "one", &old).await;
    close(&app, "two", &longer).await;
    for refused in ["30", "soon"] {
        let words = ["shops", "update", "two", "--closed-days", refused];
        assert_eq!(on(&app.data(), &words).0, 1, "{refused}");
    }
    let words = ["shops", "update", "two", "--closed-days", "100"];
    assert_eq!(
        on(&app.data(), &words),
        (0, "shop two changed\n".to_owned())
    );
    app.clock.advance(39 * DAY_MS);
    assert_eq!(erase_old(&app.app).await.expect("erased"), 0);
    app.clock.advance(2 * DAY_MS);
    assert_eq!(erase_old(&app.app).await.expect("erased"), 1);
    assert!(!is_there(&app, "one", &old).await);
    assert!(is_there(&app, "one", &open).await, "it is not closed");
    assert!(
        is_there(&app, "two", &longer).await,
        "a shop has its own number"
    );
    assert!(!everything(&app).await.contains("heron"));
    app.clock.advance(60 * DAY_MS);
    assert_eq!(erase_old(&app.app).await.expect("erased"), 1);
    assert!(!is_there(&app, "two", &longer).await);
    let noted = "SELECT why || ' ' || reference FROM erasures ORDER BY id";
    let noted = behind(&app).await.texts(noted).await;
    assert_eq!(noted, [format!("age {old}"), format!("age {longer}")]);
}

#[tokio::test]
async fn of_several_programs_one_erases() {
    let app = kept_for_forty_days().await;
    let old = file(&app, "one", "heron").await;
    close(&app, "one", &old).await;
    app.clock.advance(41 * DAY_MS);
    let now = app.clock.now();
    let end = now.plus_seconds(60);
    let store = &app.app.store;
    assert!(
        store
            .lease("retention", "another", end, now)
            .await
            .expect("asked")
    );
    assert_eq!(erase_old(&app.app).await.expect("left to the other"), 0);
    // It has stopped without a word: its lease ends.
    app.clock.advance(61_000);
    assert_eq!(erase_old(&app.app).await.expect("erased"), 1);
    let now = app.clock.now();
    let free = store.lease("retention", "another", now.plus_seconds(60), now);
    assert!(free.await.expect("asked"), "who is done lets go");
}

#[tokio::test]
async fn nothing_of_a_shop_is_left_and_others_have_lost_nothing() {
    let app = TestApp::real().await;
    let one = file(&app, "one", "heron").await;
    let two = file(&app, "two", "crane").await;
    close(&app, "one", &one).await;
    let whole = app.folder.path().join("copy");
    let to = whole.to_str().expect("a path");
    let (code, said) = on(&app.data(), &["shops", "export", "one", "--to", to]);
    assert_eq!(
        (code, said),
        (0, format!("1 tickets and 0 files in {to}\n"))
    );
    assert_eq!(
        on(&app.data(), &["shops", "erase", "one"]).0,
        2,
        "not in passing"
    );
    let (code, said) = on(&app.data(), &["shops", "erase", "one", "--for-good"]);
    assert_eq!(
        (code, said.as_str()),
        (
            0,
            "erased\t1 tickets\t0 files\t0 tickets of others changed\n"
        )
    );
    let left = everything(&app).await;
    for gone in [
        "heron",
        "ada@one.example",
        "https://one.example",
        "thirty-two bytes of test secret",
    ] {
        assert!(!left.contains(gone), "{gone}");
    }
    assert!(left.contains("crane") && left.contains("bob@two.example"));
    let request = Request::get("/v1/tickets").token(&token(&app, "one"));
    app.send(request).await.problem(401, "token_unknown_key");
    assert!(is_there(&app, "two", &two).await);
    let again = ["shops", "add", "one", "--name", "One again"];
    assert_eq!(
        on(&app.data(), &again).0,
        1,
        "an id never comes to mean another"
    );
    assert_eq!(
        on(&app.data(), &["shops", "erase", "none", "--for-good"]).0,
        1
    );
}
