//! The whole of it: under load one is killed, and all are replaced with a newer database in between.

use super::Installation;
use super::follow::{Follower, token};
use super::load::Load;
use crate::support::{behind_folder, newer_migration};
use std::collections::BTreeSet;

const WORKERS: usize = 12;
const FOLLOWERS: usize = 6;
/// Acknowledged between one event and the next.
const STRETCH: usize = 30;

#[tokio::test(flavor = "multi_thread")]
async fn three_lose_nothing_while_one_is_killed_and_all_are_replaced_over_a_migration() {
    let mut three = Installation::of(3).await;
    let mut followers = Vec::new();
    for index in 0..FOLLOWERS {
        let token = token(&three.tokens, index);
        followers.push(Follower::start(three.address(), token).await);
    }
    let mut load = Load::begin(&three, WORKERS);

    load.goes_on(STRETCH).await;
    three.programs[0].kill();
    load.goes_on(STRETCH).await;
    three.replace(0);
    load.goes_on(STRETCH).await;

    // A newer program brings the database up to date; those that run go on with it, and so do those that start.
    newer_migration(&mut behind_folder(three.folder.path()).await).await;
    load.goes_on(STRETCH).await;
    for index in 0..3 {
        three.end(index);
        load.goes_on(STRETCH).await;
    }
    load.end().await;
    check(&three, &load, &mut followers).await;
}

async fn check(three: &Installation, load: &Load, followers: &mut [Follower]) {
    let again = load.filed.values().filter(|filed| filed.again).count();
    println!("{} acknowledged, {again} of them later", load.filed.len());
    assert!(again > 0, "the killed one had something under way");
    let references: BTreeSet<String> = load
        .filed
        .values()
        .map(|filed| {
            filed.receipt["reference"]
                .as_str()
                .expect("text")
                .to_owned()
        })
        .collect();
    assert_eq!(references.len(), load.filed.len(), "a reference for each");
    let mut raw = behind_folder(three.folder.path()).await;
    let stored = raw.texts("SELECT reference FROM tickets").await;
    assert_eq!(stored.len(), references.len(), "none lost, none twice");
    assert_eq!(stored.into_iter().collect::<BTreeSet<_>>(), references);
    for filed in load.filed.values() {
        let answer = filed.request.send(three.address()).await;
        assert_eq!(answer.ok(201), filed.receipt, "what was told stays so");
        assert!(answer.is_replay());
    }
    let mut streams = 0;
    for follower in followers {
        for reference in &references {
            follower.hears_of(reference).await;
        }
        assert_eq!(follower.filed, references);
        streams += follower.streams;
    }
    // Everybody's instance has gone once, and some more than that.
    assert!(streams >= 2 * FOLLOWERS, "{streams}");
}
