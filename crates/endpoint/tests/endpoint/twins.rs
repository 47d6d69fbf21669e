//! Two programs on one data folder, and on one database, as a failover list of one shop has them: what one has stored, the other
//! knows. No lock in memory helps here.

use crate::support::{
    Answer, HS256_SECRET, Program, Request, Starting, database, is_chosen, program, run, setting,
    shop_one, text, ticket, upload,
};
use partner_endpoint::store::Store;
use serde_json::json;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;

struct Twins {
    folder: tempfile::TempDir,
    programs: Vec<Program>,
    addresses: Vec<SocketAddr>,
    token: String,
}

/// A program for a real shop; it is not ready yet.
fn begun(data: &Path) -> Starting {
    let mut command = program();
    command
        .args(["serve", "--port", "0", "--dcs", "eu"])
        .args(["--audience", "test-group"])
        .arg("--data")
        .arg(data)
        .envs(setting(data));
    // Why one does not come up is for whoever reads the test's output: its standard error stays this one's.
    Program::start(&mut command)
}

/// So many that start at the same moment, once all are ready.
fn started(count: usize, data: &Path) -> Vec<Program> {
    let begun: Vec<Starting> = (0..count).map(|_| begun(data)).collect();
    begun.into_iter().map(Starting::ready).collect()
}

impl Twins {
    /// Both start at the same moment, and nothing is there before them.
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        let programs = started(2, folder.path());
        let addresses = programs.iter().map(|program| program.address).collect();
        let token = shop_one(folder.path()).await.hs256(HS256_SECRET);
        Self {
            folder,
            programs,
            addresses,
            token,
        }
    }

    fn filing(&self, key: &str, body: &serde_json::Value) -> Request {
        Request::post("/v1/tickets", body)
            .key(key)
            .token(&self.token)
    }

    /// The same request to both, so many times each, at once.
    async fn to_both(&self, request: &Request, times: usize) -> Vec<Answer> {
        let sending: Vec<_> = (0..times)
            .flat_map(|_| self.addresses.clone())
            .map(|address| {
                let request = request.clone();
                tokio::spawn(async move { request.send(address).await })
            })
            .collect();
        let mut answers = Vec::new();
        for sent in sending {
            answers.push(sent.await.expect("answered"));
        }
        answers
    }

    async fn tickets(&self) -> i64 {
        let store = Store::open(&database(self.folder.path()))
            .await
            .expect("opened");
        let count = store.count_tickets().await.expect("count");
        store.close().await;
        count
    }

    fn end(mut self) {
        for program in &mut self.programs {
            program.kill();
        }
        if is_chosen() {
            return; // `check` is for files
        }
        let output = run(&["check", "--data", &self.folder.path().to_string_lossy()]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    }
}

#[test]
fn those_that_start_together_make_one_database() {
    for _ in 0..4 {
        let folder = tempfile::tempdir().expect("temporary folder");
        started(4, folder.path());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_at_both_at_once_is_one_ticket_with_one_receipt() {
    let twins = Twins::start().await;
    for round in 0..10_i64 {
        let request = twins.filing(&format!("k{round}"), &ticket());
        let mut receipts = BTreeSet::new();
        let mut firsts = 0;
        for answer in twins.to_both(&request, 5).await {
            // "It is still running" is true as well, and the same request again finds out.
            if answer.status == 409 {
                answer.problem(409, "idempotency_running");
                continue;
            }
            answer.ok(201);
            firsts += usize::from(!answer.is_replay());
            receipts.insert(answer.text());
        }
        assert_eq!((receipts.len(), firsts), (1, 1));
        for answer in twins.to_both(&request, 1).await {
            answer.ok(201);
            assert!(receipts.contains(&answer.text()));
        }
        assert_eq!(twins.tickets().await, round + 1);
    }
    twins.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_to_one_ticket_whichever_of_both_is_asked() {
    let twins = Twins::start().await;
    let sent = upload("a.txt", "wanted").token(&twins.token);
    let id = sent.send(twins.addresses[0]).await.ok(201)["id"].clone();
    let mut body = ticket();
    body["uploads"] = json!([id]);
    // The same ticket at both: one of them takes the file, the other one sees that it did.
    let request = twins.filing("same", &body);
    let mut receipts = BTreeSet::new();
    for answer in twins.to_both(&request, 5).await {
        answer.ok(201);
        receipts.insert(answer.text());
    }
    assert_eq!((receipts.len(), twins.tickets().await), (1, 1));
    // Another ticket does not get it, nor does a body that differs under the same key.
    for answer in twins.to_both(&twins.filing("other", &body), 1).await {
        answer.problem(422, "invalid_fields");
        assert_eq!(answer.violations(), ["uploads:upload_expired"]);
    }
    for answer in twins.to_both(&twins.filing("same", &ticket()), 1).await {
        answer.problem(422, "idempotency_mismatch");
    }
    twins.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn different_tickets_at_both_have_different_references() {
    let twins = Twins::start().await;
    let sending: Vec<_> = (0..60)
        .map(|index| {
            let request = twins.filing(&format!("k{index}"), &ticket());
            let address = twins.addresses[index % 2];
            tokio::spawn(async move { request.send(address).await })
        })
        .collect();
    let mut references = BTreeSet::new();
    for sent in sending {
        let receipt = sent.await.expect("answered").ok(201);
        references.insert(receipt["reference"].to_string());
    }
    assert_eq!((references.len(), twins.tickets().await), (60, 60));
    twins.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_killed_leaves_nothing_locked_for_the_other() {
    let mut twins = Twins::start().await;
    let (first, second) = (twins.addresses[0], twins.addresses[1]);
    let (told, mut news) = tokio::sync::mpsc::unbounded_channel();
    for worker in 0..8 {
        let told = told.clone();
        let token = twins.token.clone();
        tokio::spawn(async move {
            for index in 0.. {
                let key = format!("{worker}-{index}");
                let request = Request::post("/v1/tickets", &ticket())
                    .key(&key)
                    .token(&token);
                let answer = Answer::read(&request.exchange(first).await, false);
                let receipt = answer.map(|answer| answer.ok(201).to_string());
                let over = receipt.is_none();
                if told.send((request, receipt)).is_err() || over {
                    return;
                }
            }
        });
    }
    drop(told);
    let mut stored = BTreeSet::new();
    let mut count = 0;
    while let Some((request, receipt)) = news.recv().await {
        count += 1;
        if count == 20 {
            twins.programs[0].kill();
        }
        // The next of the list is asked the same: it knows what the first has said.
        let here = request.send(second).await.ok(201).to_string();
        if let Some(receipt) = receipt {
            assert_eq!(here, receipt);
        }
        stored.insert(here);
    }
    assert_eq!(
        twins.tickets().await,
        i64::try_from(stored.len()).expect("few")
    );
    twins.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_reply_and_one_closing_whichever_program_they_reach() {
    let twins = Twins::start().await;
    let filing = twins.filing("filed", &ticket());
    filing.send(twins.addresses[0]).await.ok(201);
    for (call, body) in [("replies", json!({"text": "Once."})), ("close", json!({}))] {
        let request = Request::post(&format!("/v1/tickets/PS-EU-000001/{call}"), &body);
        let request = request.key(call).token(&twins.token);
        let (mut bodies, mut firsts) = (BTreeSet::new(), 0);
        for answer in twins.to_both(&request, 20).await {
            // As of tickets.
            if answer.status == 409 {
                answer.problem(409, "idempotency_running");
                continue;
            }
            answer.ok(201);
            firsts += usize::from(!answer.is_replay());
            bodies.insert(answer.text());
        }
        assert_eq!((bodies.len(), firsts), (1, 1), "{call}");
    }
    let detail = Request::get("/v1/tickets/PS-EU-000001").token(&twins.token);
    for address in &twins.addresses {
        let shown = detail.send(*address).await.ok(200);
        assert_eq!(shown["messages"].as_array().map(Vec::len), Some(1));
        assert_eq!(shown["history"].as_array().map(Vec::len), Some(2));
    }
    twins.end();
}
