//! One request at a time per idempotency key, within this process. Between processes the store's
//! write lock does the same.

use crate::store::idempotency::Scope;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

type Turns = HashMap<Scope, Arc<Turn<()>>>;

#[derive(Debug, Default)]
pub struct KeyLocks {
    turns: Mutex<Turns>,
}

/// Holds a key; lets go when dropped.
#[derive(Debug)]
pub struct KeyGuard<'a> {
    locks: &'a KeyLocks,
    scope: Scope,
    turn: Option<OwnedMutexGuard<()>>,
}

impl KeyLocks {
    /// Waits for the key; `None` when it was still held after `wait`.
    pub async fn acquire(&self, scope: &Scope, wait: Duration) -> Option<KeyGuard<'_>> {
        let turn = Arc::clone(self.turns().entry(scope.clone()).or_default());
        // Made before the wait, so that whoever gives up waiting tidies up as well.
        let mut guard = KeyGuard {
            locks: self,
            scope: scope.clone(),
            turn: None,
        };
        guard.turn = Some(tokio::time::timeout(wait, turn.lock_owned()).await.ok()?);
        Some(guard)
    }

    fn turns(&self) -> MutexGuard<'_, Turns> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for KeyGuard<'_> {
    fn drop(&mut self) {
        let mut turns = self.locks.turns();
        self.turn = None;
        // The map holds one; anybody else's would be somebody who waits or works.
        if turns
            .get(&self.scope)
            .is_some_and(|turn| Arc::strong_count(turn) == 1)
        {
            turns.remove(&self.scope);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAIT: Duration = Duration::from_millis(5);

    fn scope(key: &str) -> Scope {
        Scope {
            shop_id: "shop".to_owned(),
            sub: "a@b.example".to_owned(),
            key: key.to_owned(),
        }
    }

    #[tokio::test]
    async fn a_held_key_is_waited_for_and_then_given_up() {
        let locks = KeyLocks::default();
        let held = locks.acquire(&scope("k"), WAIT).await.expect("free");
        assert!(locks.acquire(&scope("k"), WAIT).await.is_none());
        assert!(locks.acquire(&scope("other"), WAIT).await.is_some());
        drop(held);
        assert!(locks.acquire(&scope("k"), WAIT).await.is_some());
        assert!(locks.turns().is_empty(), "nothing is left behind");
    }
}
