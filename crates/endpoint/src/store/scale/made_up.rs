//! The data that are made up.

use super::filled::{NOW, with};
use crate::casework::Queue;
use crate::casework::queue::Ask;
use crate::config::load_policy;
use crate::store::seed::Seed;

#[tokio::test]
async fn the_same_seed_makes_the_same_and_another_one_makes_other_data() {
    let listed = async |seed| {
        let (store, _folder) = with(400, seed).await;
        let ask = Ask {
            limit: 200,
            ..Ask::first(Queue::Open)
        };
        let found = store.queue(&ask, NOW).await.expect("read");
        let tickets = found.into_iter().map(|one| one.ticket);
        tickets.collect::<Vec<_>>()
    };
    let first = listed(1).await;
    assert!(first.len() > 3, "{}", first.len());
    assert_eq!(first, listed(1).await);
    assert_ne!(first, listed(2).await);
}

/// Whatever reads what partners filed can read what was made up: each ticket, with all that belongs to it.
#[tokio::test]
async fn what_was_made_up_can_be_read() {
    let (store, _folder) = with(300, 3).await;
    let mut messages = 0;
    for number in 1..=300 {
        let reference = format!("PS-EU-{number:06}");
        let case = store.whole_case(&reference).await.expect("read");
        let case = case.expect("a ticket");
        assert!(!case.history.is_empty(), "{reference}");
        messages += case.messages.len();
    }
    assert!(messages > 100, "{messages}");
    let again = Seed {
        shops: 1,
        tickets: 1,
        seed: 1,
        now: NOW,
        secret: String::new(),
    };
    let policy = load_policy(None).expect("the built-in policy");
    let refused = store.seed(&again, policy.rules(), |_| ()).await;
    assert!(
        refused.is_err(),
        "a database with something in it is left alone"
    );
}
