//! Several at once, and some that die.

use super::Bench;
use super::standin::Call;
use crate::support::{on, on_file};
use futures_util::future::join_all;
use partner_endpoint::clock::Clock;
use partner_endpoint::relay::Turn;
use partner_endpoint::store::Store;
use partner_endpoint::store::relay::RelayState;
use std::path::Path;
use std::sync::Arc;

#[tokio::test]
async fn what_a_crashed_worker_was_at_is_found_and_not_created_again() {
    let bench = Bench::new().await;
    let reference = bench.file("one").await;
    bench.portal.state().holding = true;
    let relay = Arc::clone(&bench.relay);
    let worker = tokio::spawn(async move { relay.turn().await });
    bench.portal.created(1).await;
    // It dies between the portal's commit and its answer.
    worker.abort();
    let _ = worker.await;
    bench.portal.let_go();
    assert_eq!(bench.state(&reference).await, RelayState::Leased);
    assert_eq!(bench.turn().await, Turn::Idle);
    bench.drive().await;
    assert_eq!(bench.state(&reference).await, RelayState::Done);
    assert_eq!(bench.upstream(&reference), 1);
    assert!(bench.portal.count(Call::Look) >= 1);
    bench.app.stop().await;
}

#[tokio::test]
async fn a_worker_that_comes_back_after_its_lease_writes_nothing() {
    let bench = Bench::new().await;
    let reference = bench.file("one").await;
    bench.portal.state().holding = true;
    let relay = Arc::clone(&bench.relay);
    let worker = tokio::spawn(async move { relay.turn().await });
    bench.portal.created(1).await;
    // Somebody else takes over, and finds it.
    bench.portal.state().holding = false;
    bench.drive().await;
    assert_eq!(bench.state(&reference).await, RelayState::Done);
    bench.portal.let_go();
    let done = worker.await.expect("ended").expect("store");
    assert_eq!(done, Turn::Worked);
    assert_eq!(bench.state(&reference).await, RelayState::Done);
    assert_eq!(bench.upstream(&reference), 1);
    bench.app.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_workers_of_two_programs_create_each_ticket_once() {
    let bench = Bench::with(|raw| raw.relay_calls_max = Some(3)).await;
    let mut settings = super::settings(&bench.portal);
    settings.relay_calls_max = Some(3);
    let other = super::relay(&bench.app, &settings);
    let mut references = Vec::new();
    for key in 0..12 {
        references.push(bench.file(&key.to_string()).await);
    }
    // More workers than calls are allowed for.
    let workers = (0..8).map(|number| {
        let relay = Arc::clone(if number % 2 == 0 {
            &bench.relay
        } else {
            &other
        });
        async move { while relay.turn().await.expect("store") == Turn::Worked {} }
    });
    join_all(workers).await;
    bench.drive().await;
    for reference in &references {
        assert_eq!(bench.upstream(reference), 1, "{reference}");
        assert_eq!(bench.state(reference).await, RelayState::Done);
    }
    let most = bench.portal.state().most_busy;
    assert!((1..=3).contains(&most), "{most} calls at a time");
    // At most one token for each program, however many asked at once.
    let tokens = bench.portal.count(Call::Token);
    assert!((1..=2).contains(&tokens), "{tokens} tokens");
    bench.app.stop().await;
}

#[tokio::test]
async fn a_restored_database_finds_what_was_handed_on_after_the_backup() {
    on_file();
    let bench = Bench::new().await;
    let reference = bench.file("one").await;
    let folder = bench.app.folder.path();
    let (data, copy, back) = (
        folder.join("data"),
        folder.join("copy"),
        folder.join("back"),
    );
    // On this thread, which is on a file.
    let run = |data: &Path, word: &str, copy: &Path| {
        let (code, said) = on(data, &[word, &copy.to_string_lossy()]);
        assert_eq!(code, 0, "{said}");
    };
    run(&data, "backup", &copy);
    bench.drive().await;
    assert_eq!(bench.upstream(&reference), 1);
    run(&back, "restore", &copy);
    let store = Store::open(&back.join("endpoint.sqlite"))
        .await
        .expect("opened");
    let relay = super::relay_on(&bench.app, store.clone(), &super::settings(&bench.portal));
    while relay.turn().await.expect("store") == Turn::Worked {}
    let found = store.relayed(&reference).await.expect("store");
    assert_eq!(found.expect("handed on").0, RelayState::Done);
    assert_eq!(bench.upstream(&reference), 1);
    store.close().await;
    bench.app.stop().await;
}

#[tokio::test]
async fn a_lease_that_ran_out_begins_no_creation() {
    let bench = Bench::new().await;
    bench.file("one").await;
    let store = &bench.app.app.store;
    let now = bench.app.clock.now();
    let job = store.claim_relay(now, now.plus_seconds(10), 1).await;
    let job = job.expect("store").expect("due");
    let late = now.plus_seconds(11);
    assert!(
        !store
            .begin_relay(&job, late, late.plus_seconds(10))
            .await
            .expect("store")
    );
    let next = store.claim_relay(late, late.plus_seconds(10), 1).await;
    assert_eq!(next.expect("store").expect("due").lease, job.lease + 1);
    assert!(!store.renew_relay(&job, late).await.expect("store"));
    bench.app.stop().await;
}
