//! Everything once, in the order in which it happened, also for who comes back.

use super::watch::{Watch, question};
use super::{FIRST, endpoint, file, grant, pair, post, token, watching};
use crate::support::{
    Answer, Forge, HS256_SECRET, Program, Request, TestApp, User, demo, on, on_file, sabotage,
    ticket,
};
use partner_endpoint::clock::Clock;
use partner_endpoint::config::RawLimits;
use partner_rules::wire::Access;
use std::time::{Duration, Instant};

#[tokio::test]
async fn what_happens_is_told_in_order_and_at_once() {
    let app = endpoint().await;
    let ada = token(&app, "one", "ada");
    let mut watch = watching(&app, &ada).await;
    for (name, value) in [
        ("content-type", "text/event-stream"),
        ("cache-control", "no-store"),
        ("x-accel-buffering", "no"),
    ] {
        let line = format!("{name}: {value}\r\n");
        assert!(watch.head.contains(&line), "{}", watch.head);
    }
    let begun = Instant::now();
    file(&app, &ada, "k").await;
    for call in ["replies", "close", "reopen"] {
        post(&app, &ada, FIRST, call, call).await.ok(201);
    }
    // What was refused, or repeated, did not happen.
    post(&app, &ada, FIRST, "reopen", "again").await;
    post(&app, &ada, FIRST, "replies", "replies").await.ok(201);
    post(&app, &ada, FIRST, "replies", "second").await.ok(201);
    let mut ids = Vec::new();
    for change in ["filed", "replied", "closed", "reopened", "replied"] {
        let event = watch.event().await.expect("an event");
        assert_eq!(event.told(), pair(FIRST, change));
        ids.push(event.id.expect("an id"));
    }
    assert_eq!(ids, [1, 2, 3, 4, 5]);
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "no waiting for anything"
    );
    watch.stays_quiet().await;
}

#[tokio::test]
async fn signs_of_life_come_and_say_where_one_stands() {
    let app = endpoint().await;
    let (ada, max) = (token(&app, "one", "ada"), token(&app, "one", "max"));
    let mut watch = watching(&app, &ada).await;
    file(&app, &max, "k").await;
    // Nothing of it is for Ada, but she need not ask for it again.
    loop {
        let block = watch.block().await.expect("a sign");
        assert_eq!((block.comment.as_str(), block.data.as_str()), ("beat", ""));
        if block.id == Some(1) {
            break;
        }
    }
    let silent = watch.block().await.expect("a sign");
    assert_eq!((silent.comment.as_str(), silent.id), ("beat", None));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_again_and_again_misses_nothing_and_hears_nothing_twice() {
    let app = endpoint().await;
    grant(&app, "ada@one.example", Access::Company).await;
    let ada = token(&app, "one", "ada");
    let before = watching(&app, &ada).await;
    drop(before);
    let writers: Vec<_> = (0..6)
        .map(|writer| {
            let token = token(&app, "one", &format!("writer{writer}"));
            let address = app.address;
            tokio::spawn(async move {
                for index in 0..15 {
                    let filing = Request::post("/v1/tickets", &ticket());
                    let filing = filing.key(&format!("{index}")).token(&token);
                    filing.send(address).await.ok(201);
                }
            })
        })
        .collect();
    let (mut last, mut references) = (1, Vec::new());
    while references.len() < 90 {
        let after = format!("{last}");
        let mut watch = Watch::begin(app.address, &ada, Some(&after)).await;
        for _ in 0..7.min(90 - references.len()) {
            let event = watch.event().await.expect("an event");
            let id = event.id.expect("an id");
            assert_eq!(id, last + 1, "no gap, no double");
            last = id;
            references.push(event.told().0);
        }
    }
    for writer in writers {
        writer.await.expect("done");
    }
    references.sort_unstable();
    references.dedup();
    assert_eq!(references.len(), 90);
}

#[tokio::test]
async fn who_was_away_for_too_long_is_told_to_load_again() {
    let app = endpoint().await;
    let ada = token(&app, "one", "ada");
    file(&app, &ada, "k1").await;
    file(&app, &ada, "k2").await;
    for unknown in ["3", "99", "-1", "abc", "99999999999999999999"] {
        let mut watch = Watch::begin(app.address, &ada, Some(unknown)).await;
        let reset = watch.event().await.expect("an event");
        assert_eq!(
            (reset.event.as_str(), reset.id),
            ("reset", Some(2)),
            "{unknown}"
        );
        assert_eq!(reset.data, "{}");
        watch.stays_quiet().await;
    }
    for (known, count) in [("0", 2), ("1", 1), ("2", 0)] {
        let mut watch = Watch::begin(app.address, &ada, Some(known)).await;
        for _ in 0..count {
            assert_eq!(watch.told().await.1, "filed");
        }
        watch.stays_quiet().await;
    }
    // A day later they are gone, but where they were is known.
    app.clock.advance(24 * 60 * 60 * 1000 + 1000);
    app.app.tidy_up().await.expect("tidy");
    let ada = token(&app, "one", "ada");
    file(&app, &ada, "k3").await;
    let mut watch = Watch::begin(app.address, &ada, Some("1")).await;
    let reset = watch.event().await.expect("an event");
    assert_eq!((reset.event.as_str(), reset.id), ("reset", Some(3)));
    let mut watch = Watch::begin(app.address, &ada, Some("2")).await;
    assert_eq!(watch.told().await, pair("PS-EU-000003", "filed"));
}

#[tokio::test]
async fn of_each_shop_only_so_many_are_kept() {
    let app = endpoint().await;
    let ada = token(&app, "one", "ada");
    file(&app, &ada, "k").await;
    sabotage(
        &app,
        "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
         INSERT INTO events (shop_id, number, at, ticket_id, change)
            SELECT 'one', i, (SELECT created_at FROM tickets), 1, 'replied' FROM n;
         UPDATE event_counters SET last = 12000",
    )
    .await;
    app.app.tidy_up().await.expect("tidy");
    let mut watch = Watch::begin(app.address, &ada, Some("1999")).await;
    assert_eq!(watch.event().await.expect("an event").event, "reset");
    let mut watch = Watch::begin(app.address, &ada, Some("2000")).await;
    for id in 2001..=12_000 {
        let event = watch.event().await.expect("an event");
        assert_eq!((event.id, event.told().1.as_str()), (Some(id), "replied"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_on_the_same_folder_writes_is_told_too() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (first, second) = (Program::serve(folder.path()), Program::serve(folder.path()));
    let token = async |program: &Program| {
        let request = Request::get("/demo/token?user=superadmin");
        let answer: Answer = request.send(program.address).await;
        answer.ok(200)["token"].as_str().expect("token").to_owned()
    };
    let (here, there) = (token(&first).await, token(&second).await);
    let mut watch = Watch::begin(first.address, &here, None).await;
    let begun = Instant::now();
    for key in ["k1", "k2"] {
        let filing = Request::post("/v1/tickets", &ticket()).key(key);
        filing.token(&there).send(second.address).await.ok(201);
    }
    assert_eq!(watch.told().await, pair(FIRST, "filed"));
    assert_eq!(watch.told().await, pair("PS-EU-000002", "filed"));
    assert!(begun.elapsed() < Duration::from_secs(10), "{begun:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_nobody_goes_on_from_what_has_not_happened() {
    on_file();
    let app = TestApp::demo().await;
    app.file(User::Member, "k1", &ticket()).await.ok(201);
    let (copies, restored) = (tempfile::tempdir(), tempfile::tempdir());
    let copy = copies.as_ref().expect("folder").path().join("copy");
    let copy = copy.to_str().expect("UTF-8").to_owned();
    let data = app.folder.path().join("data");
    assert_eq!(on(&data, &["backup", &copy]).0, 0);
    app.file(User::Member, "k2", &ticket()).await.ok(201);
    app.stop().await;
    let folder = restored.expect("folder");
    assert_eq!(on(&folder.path().join("data"), &["restore", &copy]).0, 0);
    let app = TestApp::in_folder(folder.into(), demo(RawLimits::default())).await;
    let token = app.token(User::Member).await;
    // Another second ticket than the one that this reader has heard of.
    app.file(User::Member, "other", &ticket()).await.ok(201);
    let mut watch = Watch::begin(app.address, &token, Some("2")).await;
    let reset = watch.event().await.expect("an event");
    assert_eq!(reset.event, "reset");
    app.file(User::Member, "third", &ticket()).await.ok(201);
    let third = watch.event().await.expect("an event");
    assert_eq!(third.told(), pair("PS-EU-000003", "filed"));
    assert_eq!(third.id, reset.id.map(|id| id + 1));
}

#[tokio::test]
async fn a_broken_place_to_go_on_from_is_no_way_in() {
    let app = endpoint().await;
    let answer = app.send(question("no token", Some("0"))).await;
    answer.problem(401, "token_malformed");
    let late = Forge::new(app.clock.now().seconds() - 1000).hs256(HS256_SECRET);
    let answer = app.send(question(&late, Some("0"))).await;
    answer.problem(401, "token_expired");
}
