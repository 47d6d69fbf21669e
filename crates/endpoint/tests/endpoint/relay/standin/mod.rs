//! A stand-in for Zoho Desk and Zoho's accounts on one free port: takes what the documentation says that they take,
//! refuses everything else, and breaks off where a test says so, to the byte.

mod desk;
mod rules;
mod talk;
mod wire;

pub(super) use wire::{Cut, Side};

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

pub(super) const ORG: &str = "20090000001";
pub(super) const DEPARTMENT: &str = "51000000000001";
pub(super) const CLIENT: &str = "1000.CLIENT";
pub(super) const SECRET: &str = "client-secret-of-a-test";
pub(super) const REFRESH: &str = "1000.refresh-token-of-a-test";

/// A call, by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Call {
    Token,
    Upload,
    Create,
    Look,
    Read,
    /// Fields or status of a ticket are changed.
    Alter,
    /// A comment is written.
    Say,
    /// Comments are listed.
    Comments,
    /// The whole conversation is listed.
    Talk,
    /// A reply is read in full.
    Thread,
    /// What has changed lately.
    Poll,
    /// The keys that notices are signed with.
    Keys,
    /// Of a path that there is not.
    Other,
}

/// An answer that a call gets instead of being handled.
#[derive(Clone, Debug)]
pub(super) struct Say {
    pub(super) status: u16,
    pub(super) retry_after: Option<u32>,
    pub(super) body: Value,
}

/// A call that happened, and how many bytes went either way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exchange {
    pub(super) call: Call,
    pub(super) asked: usize,
    pub(super) answered: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Created {
    pub(super) id: String,
    pub(super) body: Value,
    /// `Open`, `On Hold` or `Closed`.
    pub(super) status: String,
    /// As the conversation lists them, oldest first.
    pub(super) entries: Vec<Value>,
    /// Counts up with every change.
    pub(super) modified: u64,
    /// Searches that will not find it yet.
    hidden: u32,
}

#[derive(Clone, Debug)]
pub(super) struct Uploaded {
    pub(super) name: String,
    pub(super) content_type: String,
    pub(super) bytes: Vec<u8>,
    used: bool,
}

#[derive(Default)]
pub(super) struct State {
    tokens: BTreeSet<String>,
    last: u64,
    pub(super) uploads: BTreeMap<String, Uploaded>,
    pub(super) tickets: Vec<Created>,
    pub(super) exchanges: Vec<Exchange>,
    /// By the number of the connection, counted from the last [`Portal::clear`].
    pub(super) cuts: BTreeMap<usize, Cut>,
    connections: usize,
    says: VecDeque<(Call, Say)>,
    /// Searches that do not find a ticket that was created just now.
    pub(super) lag: u32,
    /// Searches find what only begins alike, and do not show fields.
    pub(super) vague: bool,
    /// A service that the portal does not know.
    pub(super) unknown_service: Option<String>,
    /// Created tickets are not answered about until released.
    pub(super) holding: bool,
    /// The same for comments.
    pub(super) holding_words: bool,
    /// What fields were set to after creation, oldest first.
    pub(super) patches: Vec<Value>,
    /// Ranges of time that were asked about.
    pub(super) polls: Vec<String>,
    busy: usize,
    /// Calls at a time that it allows; 0: any.
    pub(super) limit: usize,
    pub(super) most_busy: usize,
}

#[derive(Clone)]
pub(super) struct Portal {
    pub(super) address: SocketAddr,
    state: Arc<Mutex<State>>,
    tickets: watch::Sender<usize>,
    release: Arc<Notify>,
}

impl Portal {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("free port");
        let portal = Self {
            address: listener.local_addr().expect("address"),
            state: Arc::default(),
            tickets: watch::Sender::new(0),
            release: Arc::default(),
        };
        tokio::spawn(wire::listen(listener, portal.clone()));
        portal
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("lock")
    }

    /// Forgets tickets, uploads, exchanges and faults; tokens still hold.
    pub(super) fn clear(&self) {
        let mut state = self.state();
        *state = State {
            tokens: std::mem::take(&mut state.tokens),
            last: state.last,
            lag: state.lag,
            vague: state.vague,
            ..State::default()
        };
    }

    /// The next call of this kind is answered like this.
    pub(super) fn say(&self, call: Call, status: u16, body: Value) {
        let say = Say {
            status,
            retry_after: None,
            body,
        };
        self.state().says.push_back((call, say));
    }

    /// The next call of this kind is too much, for so many seconds.
    pub(super) fn too_much(&self, call: Call, seconds: u32) {
        let say = Say {
            status: 429,
            retry_after: Some(seconds),
            body: serde_json::json!({"errorCode": "TOO_MANY_REQUESTS", "message": "x"}),
        };
        self.state().says.push_back((call, say));
    }

    /// Tokens that were given so far do not hold any more.
    pub(super) fn revoke(&self) {
        self.state().tokens.clear();
    }

    /// The number that the next connection will have.
    pub(super) fn connections(&self) -> usize {
        self.state().connections
    }

    pub(super) fn count(&self, call: Call) -> usize {
        let state = self.state();
        let of = |exchange: &&Exchange| exchange.call == call;
        state.exchanges.iter().filter(of).count()
    }

    /// Done when so many tickets have been created.
    pub(super) async fn created(&self, count: usize) {
        let mut tickets = self.tickets.subscribe();
        let enough = tickets.wait_for(|tickets| *tickets >= count);
        enough.await.expect("the portal is there");
    }

    pub(super) fn let_go(&self) {
        self.state().holding = false;
        self.release.notify_waiters();
    }
}

impl State {
    fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    fn said(&mut self, call: Call) -> Option<Say> {
        let place = self.says.iter().position(|(of, _)| *of == call)?;
        self.says.remove(place).map(|(_, say)| say)
    }
}
