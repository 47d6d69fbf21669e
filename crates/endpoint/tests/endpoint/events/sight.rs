//! Who hears of what: the same as in the list.

use super::watch::{Watch, question};
use super::{FIRST, agent_acts, endpoint, file, grant, pair, post, token, watching};
use crate::support::{Request, TestApp, User};
use partner_rules::wire::Access;
use serde_json::json;

#[tokio::test]
async fn own_tickets_or_the_company_s_as_in_the_list() {
    let app = endpoint().await;
    grant(&app, "boss@one.example", Access::Company).await;
    let (ada, max, boss) = (
        token(&app, "one", "ada"),
        token(&app, "one", "max"),
        token(&app, "one", "boss"),
    );
    let mut to_ada = watching(&app, &ada).await;
    let mut to_max = watching(&app, &max).await;
    let mut to_boss = watching(&app, &boss).await;
    let of_ada = file(&app, &ada, "k").await;
    let of_max = file(&app, &max, "k").await;
    post(&app, &boss, &of_ada, "close", "c").await.ok(201);
    for wanted in [pair(&of_ada, "filed"), pair(&of_ada, "closed")] {
        assert_eq!(to_ada.told().await, wanted);
    }
    assert_eq!(to_max.told().await, pair(&of_max, "filed"));
    for wanted in [
        pair(&of_ada, "filed"),
        pair(&of_max, "filed"),
        pair(&of_ada, "closed"),
    ] {
        assert_eq!(to_boss.told().await, wanted);
    }
    for watch in [&mut to_ada, &mut to_max, &mut to_boss] {
        watch.stays_quiet().await;
    }
}

#[tokio::test]
async fn another_shop_hears_nothing_and_its_numbers_tell_nothing() {
    let app = endpoint().await;
    let (ada, bea) = (token(&app, "one", "ada"), token(&app, "two", "bea"));
    let mut watch = watching(&app, &bea).await;
    for key in ["k1", "k2", "k3"] {
        file(&app, &ada, key).await;
    }
    post(&app, &ada, FIRST, "replies", "r").await.ok(201);
    watch.stays_quiet().await;
    // As if nobody else were there, also for who asks for what was before.
    let mut all = Watch::begin(app.address, &bea, Some("0")).await;
    all.stays_quiet().await;
    let own = file(&app, &bea, "own").await;
    for watch in [&mut watch, &mut all] {
        let event = watch.event().await.expect("an event");
        assert_eq!((event.id, event.told()), (Some(1), pair(&own, "filed")));
    }
    // What another shop's number would be is no number here.
    let mut foreign = Watch::begin(app.address, &bea, Some("4")).await;
    let reset = foreign.event().await.expect("an event");
    assert_eq!((reset.event.as_str(), reset.id), ("reset", Some(1)));
}

#[tokio::test]
async fn without_access_nobody_watches() {
    let app = TestApp::demo().await;
    let token = app.token(User::NoAccess).await;
    app.send(question(&token, None))
        .await
        .problem(403, "access_denied");
}

#[tokio::test]
async fn another_access_holds_at_once_and_asks_for_the_list_again() {
    let app = endpoint().await;
    let (ada, max) = (token(&app, "one", "ada"), token(&app, "one", "max"));
    let mut watch = watching(&app, &ada).await;
    grant(&app, "ada@one.example", Access::Company).await;
    assert_eq!(watch.event().await.expect("an event").event, "reset");
    let of_max = file(&app, &max, "k1").await;
    assert_eq!(watch.told().await, pair(&of_max, "filed"));
    grant(&app, "ada@one.example", Access::Own).await;
    post(&app, &max, &of_max, "replies", "r").await.ok(201);
    assert_eq!(watch.event().await.expect("an event").event, "reset");
    let of_ada = file(&app, &ada, "k2").await;
    assert_eq!(watch.told().await, pair(&of_ada, "filed"));
    watch.stays_quiet().await;
}

#[tokio::test]
async fn that_one_has_looked_is_told_to_oneself_alone() {
    let app = endpoint().await;
    grant(&app, "boss@one.example", Access::Company).await;
    let (ada, boss) = (token(&app, "one", "ada"), token(&app, "one", "boss"));
    file(&app, &ada, "k").await;
    let mut own = watching(&app, &ada).await;
    let mut also_own = watching(&app, &ada).await;
    let mut other = watching(&app, &boss).await;
    agent_acts(&app, FIRST, "2040-01-01T00:00:00Z").await;
    let seen = Request {
        method: "PUT".to_owned(),
        ..Request::post(
            &format!("/v1/tickets/{FIRST}/seen"),
            &json!({"until": "2040-01-01T00:00:00Z"}),
        )
    };
    for _ in 0..2 {
        app.send(seen.clone().token(&ada)).await.ok(200);
    }
    for watch in [&mut own, &mut also_own] {
        assert_eq!(watch.told().await, pair(FIRST, "seen"));
        watch.stays_quiet().await;
    }
    other.stays_quiet().await;
}
