//! Partners who file tickets as fast as they are answered, and ask again with the same key until they are.

use super::Installation;
use crate::support::{HS256_SECRET, Request, ticket};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

/// What a client waits before it asks again.
const AGAIN: Duration = Duration::from_millis(20);

/// A ticket as it was sent, and the receipt that came for it.
pub(super) struct Filed {
    pub(super) request: Request,
    pub(super) receipt: Value,
    /// It took more than one attempt.
    pub(super) again: bool,
}

pub(super) struct Load {
    over: Arc<AtomicBool>,
    told: UnboundedReceiver<(String, Filed)>,
    /// By key.
    pub(super) filed: BTreeMap<String, Filed>,
}

impl Load {
    pub(super) fn begin(on: &Installation, workers: usize) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let (tell, told) = unbounded_channel();
        for number in 0..workers {
            let claims = on.tokens.clone();
            let claims = claims.claim("sub", format!("user{number}@one.example"));
            let token = claims.hs256(HS256_SECRET);
            let work = work(number, on.address(), token, tell.clone(), Arc::clone(&over));
            tokio::spawn(work);
        }
        Self {
            over,
            told,
            filed: BTreeMap::new(),
        }
    }

    /// Waits until so many more are acknowledged.
    pub(super) async fn goes_on(&mut self, more: usize) {
        let wanted = self.filed.len() + more;
        while self.filed.len() < wanted {
            assert!(self.hear().await, "somebody still files");
        }
    }

    /// Nobody begins another one, and what was begun is acknowledged.
    pub(super) async fn end(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        while self.hear().await {}
    }

    async fn hear(&mut self) -> bool {
        let told = timeout(super::PATIENCE, self.told.recv()).await;
        let Some((key, filed)) = told.expect("something is acknowledged") else {
            return false;
        };
        let before = self.filed.insert(key, filed);
        assert!(before.is_none(), "a key of its own for each");
        true
    }
}

async fn work(
    number: usize,
    address: SocketAddr,
    token: String,
    tell: UnboundedSender<(String, Filed)>,
    over: Arc<AtomicBool>,
) {
    for index in 0.. {
        if over.load(Ordering::Relaxed) {
            return;
        }
        let key = format!("{number}-{index}");
        let mut body = ticket();
        body["subject"] = json!(key);
        let request = Request::post("/v1/tickets", &body).key(&key).token(&token);
        let mut again = false;
        let receipt = loop {
            match request.whole(address).await {
                Some(answer) if answer.status == 201 => break answer.json(),
                // Under way elsewhere, on its way down, or busy: true, and not yet an answer.
                Some(answer) if matches!(answer.status, 409 | 503) => {}
                Some(answer) => panic!("{}: {}", answer.status, answer.text()),
                None => {}
            }
            again = true;
            tokio::time::sleep(AGAIN).await;
        };
        let filed = Filed {
            request,
            receipt,
            again,
        };
        if tell.send((key, filed)).is_err() {
            return;
        }
    }
}
