//! What agents do, by their own calls, and what partners see of it.

mod commitments;
mod erasing;
mod filing;
mod once;
mod queues;
mod r9;
mod replies;
mod reverify;
mod sight;
mod spoken;
mod verdicts;

use crate::support::{Answer, Request, TestApp, User, sabotage, ticket};
use partner_endpoint::directory::import;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};

const FIRST: &str = "PS-EU-000001";
const HOUR: u64 = 60 * 60 * 1000;

/// The agents' listener of an endpoint, and an agent who calls it.
pub(crate) struct Desk {
    pub(crate) app: TestApp,
    pub(crate) address: SocketAddr,
    keys: AtomicU32,
}

impl Desk {
    async fn demo() -> Self {
        Self::of(TestApp::demo().await).await
    }

    pub(crate) async fn of(app: TestApp) -> Self {
        let address = app.desk_address.expect("an open desk");
        Self {
            app,
            address,
            keys: AtomicU32::new(0),
        }
    }

    async fn token(&self) -> String {
        let answer = self.app.get("/demo/agent-token").await.ok(200);
        answer["token"].as_str().expect("token").to_owned()
    }

    pub(crate) async fn send(&self, request: Request) -> Answer {
        request.token(&self.token().await).send(self.address).await
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.send(Request::get(path)).await.ok(200)
    }

    /// The ticket as agents see it.
    pub(crate) async fn case(&self, reference: &str) -> Value {
        self.get(&format!("/agent/tickets/{reference}")).await
    }

    /// Does something under a key of its own.
    async fn act(&self, reference: &str, call: &str, body: Value) -> Answer {
        let key = self.keys.fetch_add(1, Ordering::SeqCst).to_string();
        self.send(Request::post(&path(reference, call), &body).key(&key))
            .await
    }

    async fn done(&self, reference: &str, call: &str, body: Value) -> Value {
        self.act(reference, call, body).await.ok(201)
    }

    /// References in a queue, in order.
    async fn queue(&self, query: &str) -> Vec<String> {
        let page = self.get(&format!("/agent/tickets?queue={query}")).await;
        let items = page["items"].as_array().expect("items");
        let references = items.iter().map(|item| item["reference"].as_str());
        references
            .map(|reference| reference.expect("text").to_owned())
            .collect()
    }

    /// Files a ticket as the demo's member; its reference.
    async fn file(&self, body: &Value) -> String {
        let key = self.keys.fetch_add(1, Ordering::SeqCst);
        let receipt = self.app.file(User::Member, &format!("f{key}"), body).await;
        let receipt = receipt.ok(201);
        receipt["reference"].as_str().expect("text").to_owned()
    }

    /// The ticket as its partner sees it.
    async fn partner(&self, reference: &str) -> Value {
        let path = format!("/v1/tickets/{reference}");
        self.app.get_as(User::Member, &path).await.ok(200)
    }

    async fn import(&self, csv: &str) {
        let now = partner_endpoint::clock::Clock::now(&*self.app.clock);
        import::import(&self.app.app.store, csv.as_bytes(), now)
            .await
            .expect("imported");
    }

    /// Changes the database as mail, or another program, would.
    async fn behind(&self, sql: &'static str) {
        sabotage(&self.app, sql).await;
    }

    fn later(&self, hours: u64) {
        self.app.clock.advance(hours * HOUR);
    }
}

fn path(reference: &str, call: &str) -> String {
    format!("/agent/tickets/{reference}/{call}")
}

/// For the large account.
fn large() -> Value {
    with(&[
        ("superadmin_email", json!("admin@large.example")),
        ("org_id", json!("20000000001")),
    ])
}

/// For an account that nobody knows.
fn unknown() -> Value {
    with(&[
        ("superadmin_email", json!("boss@elsewhere.example")),
        ("org_id", json!("20000000099")),
    ])
}

/// Without the SuperAdmin address, which the partner does not know; a user's address instead.
fn without_address() -> Value {
    with(&[
        ("superadmin_email", Value::Null),
        ("customer_email", json!("ada@large.example")),
        ("org_id", json!("20000000099")),
    ])
}

fn with(fields: &[(&str, Value)]) -> Value {
    let mut body = ticket();
    for (name, value) in fields {
        body[*name] = value.clone();
    }
    body
}

fn verdict(ticket: &Value) -> (&str, &Value, bool) {
    (
        ticket["classification"]["outcome"]
            .as_str()
            .expect("outcome"),
        &ticket["severity"],
        ticket["priority_customer"].as_bool().expect("flag"),
    )
}

fn texts<'a>(entries: &'a Value, field: &str) -> Vec<&'a str> {
    let entries = entries.as_array().expect("a list").iter();
    entries
        .map(|entry| entry[field].as_str().expect("text"))
        .collect()
}

fn millis(text: &Value) -> i64 {
    let instant: jiff::Timestamp = text.as_str().expect("text").parse().expect("an instant");
    instant.as_millisecond()
}

/// Hours between two instants of answers, to a tenth: what the test itself takes does not count.
fn hours(from: &Value, to: &Value) -> f64 {
    ((millis(to) - millis(from)) as f64 / 360_000.0).round() / 10.0
}
