//! Readers of events who come back wherever the balancer leads them, after the last event that they know.

use crate::support::{Forge, HS256_SECRET, Request};
use serde_json::Value;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

/// A browser waits longer before it comes back.
const AGAIN: Duration = Duration::from_millis(20);

/// What a reader was told.
enum Told {
    /// A stream has begun, once more or for the first time.
    Hello,
    Filed(String),
    /// What must not come.
    Wrong(String),
}

pub(super) struct Follower {
    told: UnboundedReceiver<Told>,
    pub(super) filed: BTreeSet<String>,
    /// How many streams it took.
    pub(super) streams: usize,
}

impl Follower {
    /// Watches a shop's tickets; when this returns, it does.
    pub(super) async fn start(address: SocketAddr, token: String) -> Self {
        let (tell, told) = unbounded_channel();
        tokio::spawn(follow(address, token, tell));
        let mut follower = Self {
            told,
            filed: BTreeSet::new(),
            streams: 0,
        };
        while follower.streams == 0 {
            follower.hear().await;
        }
        follower
    }

    /// Takes the next thing that it is told.
    pub(super) async fn hear(&mut self) {
        let told = timeout(super::PATIENCE, self.told.recv()).await;
        match told.expect("something comes").expect("somebody reads") {
            Told::Hello => self.streams += 1,
            Told::Filed(reference) => {
                let first = self.filed.insert(reference.clone());
                assert!(first, "{reference} is told once");
            }
            Told::Wrong(what) => panic!("{what}"),
        }
    }

    /// Takes what it is told until it knows of this ticket.
    pub(super) async fn hears_of(&mut self, reference: &str) {
        while !self.filed.contains(reference) {
            self.hear().await;
        }
    }
}

/// A superadmin of shop `one`, one of several.
pub(super) fn token(tokens: &Forge, index: usize) -> String {
    let claims = tokens.clone().claim("role", "superadmin");
    let claims = claims.claim("sub", format!("watcher{index}@one.example"));
    claims.hs256(HS256_SECRET)
}

async fn follow(address: SocketAddr, token: String, tell: UnboundedSender<Told>) {
    let mut last = None;
    while !tell.is_closed() {
        read(address, &token, &mut last, &tell).await;
        tokio::time::sleep(AGAIN).await;
    }
}

/// One stream, until it ends, wherever that is.
async fn read(
    address: SocketAddr,
    token: &str,
    last: &mut Option<i64>,
    tell: &UnboundedSender<Told>,
) -> Option<()> {
    let mut request = Request::get("/v1/events").token(token);
    if let Some(last) = last {
        request = request.header("last-event-id", &last.to_string());
    }
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(&request.bytes(address)).await.ok()?;
    let mut lines = BufReader::new(stream).lines();
    let status = lines.next_line().await.ok()??;
    if !status.starts_with("HTTP/1.1 200") {
        // One that is told to stop says so until it has.
        if !status.starts_with("HTTP/1.1 503") {
            let _ = tell.send(Told::Wrong(status));
        }
        return None;
    }
    let (mut id, mut kind, mut data) = (None, String::new(), String::new());
    loop {
        let line = lines.next_line().await.ok()??;
        // Lines of HTTP itself, be it the head or the sizes of pieces, hold none of these; a piece is whole blocks.
        match line.split_once(": ") {
            Some(("id", value)) => id = value.parse::<i64>().ok(),
            Some(("event", value)) => kind = value.to_owned(),
            Some(("data", value)) => data = value.to_owned(),
            Some(("", "hello")) => tell.send(Told::Hello).ok()?,
            _ if line.is_empty() => {
                let block = (
                    id.take(),
                    std::mem::take(&mut kind),
                    std::mem::take(&mut data),
                );
                take(block, last, tell)?;
            }
            _ => {}
        }
    }
}

/// What came between two empty lines.
fn take(
    (id, kind, data): (Option<i64>, String, String),
    last: &mut Option<i64>,
    tell: &UnboundedSender<Told>,
) -> Option<()> {
    let wrong = match (id, *last) {
        _ if !kind.is_empty() => Some(format!("{kind} at {last:?}")),
        (Some(id), Some(before)) if id < before || (id == before && !data.is_empty()) => {
            Some(format!("{id} after {before}"))
        }
        _ => None,
    };
    if let Some(wrong) = wrong {
        tell.send(Told::Wrong(wrong)).ok()?;
    }
    *last = id.or(*last);
    if data.is_empty() {
        return Some(());
    }
    let event: Value = serde_json::from_str(&data).expect("JSON");
    let text = |name: &str| event[name].as_str().expect("text").to_owned();
    if text("change") == "filed" {
        tell.send(Told::Filed(text("reference"))).ok()?;
    }
    Some(())
}
