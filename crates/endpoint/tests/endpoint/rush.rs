//! A thousand tickets in a hurry, and the program killed in the middle of it, more than once. On a server it is the same
//! in short.

use crate::support::{
    Program, Request, behind_folder, database, is_chosen, run, sha256, text, ticket, upload,
};
use partner_endpoint::files::Files;
use partner_endpoint::store::Store;
use partner_endpoint::store::tickets::Sight;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

const AT_ONCE: usize = 64;

/// How many tickets, and how often the program is killed.
fn size() -> (usize, usize) {
    match is_chosen() {
        false => (1000, 3),
        true => (150, 2),
    }
}

/// Every so many tickets have a file.
const WITH_FILE: usize = 5;
const USERS: [&str; 2] = ["member", "superadmin"];

/// What a user was told: which ticket it is, whether an earlier attempt had filed it, and the answer.
struct Told {
    index: usize,
    replayed: bool,
    receipt: String,
}

fn content(index: usize) -> String {
    format!("file of {index} ").repeat(1 + index * 7)
}

async fn tokens(address: SocketAddr) -> [String; 2] {
    let mut tokens = USERS.map(|user| format!("/demo/token?user={user}"));
    for slot in &mut tokens {
        let answer = Request::get(slot).send(address).await.ok(200);
        *slot = answer["token"].as_str().expect("token").to_owned();
    }
    tokens
}

/// One attempt, as a client makes it: first the file, then the ticket; `None` when the program has gone.
async fn attempt(index: usize, address: SocketAddr, token: &str) -> Option<Told> {
    let mut body = ticket();
    body["subject"] = json!(format!("Number {index}"));
    if index.is_multiple_of(WITH_FILE) {
        let sent = upload("a.txt", content(index)).token(token);
        let answer = sent.whole(address).await?;
        body["uploads"] = json!([answer.ok(201)["id"]]);
    }
    let filing = Request::post("/v1/tickets", &body)
        .key(&format!("k{index}"))
        .token(token);
    let answer = filing.whole(address).await?;
    answer.ok(201);
    Some(Told {
        index,
        replayed: answer.is_replay(),
        receipt: answer.text(),
    })
}

/// So many at a time go through the list, until it is over or nobody answers.
fn rush(open: Vec<usize>, address: SocketAddr, tokens: &[String; 2], told: &UnboundedSender<Told>) {
    let next = Arc::new(AtomicUsize::new(0));
    let open = Arc::new(open);
    for _ in 0..AT_ONCE {
        let (next, open) = (Arc::clone(&next), Arc::clone(&open));
        let (tokens, told) = (tokens.clone(), told.clone());
        tokio::spawn(async move {
            while let Some(&index) = open.get(next.fetch_add(1, Ordering::Relaxed)) {
                let token = &tokens[index % USERS.len()];
                let Some(news) = attempt(index, address, token).await else {
                    return;
                };
                if told.send(news).is_err() {
                    return;
                }
            }
        });
    }
}

/// A number below `bound`, another one in every run.
fn any(bound: usize) -> usize {
    let hash = RandomState::new().hash_one(bound);
    usize::try_from(hash % u64::try_from(bound).expect("small")).expect("small")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_at_a_time_killed_again_and_again_are_a_thousand_tickets() {
    let (tickets, kills) = size();
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut receipts: BTreeMap<usize, String> = BTreeMap::new();
    for round in 0..=kills {
        let mut program = Program::serve(folder.path());
        let address = program.address;
        let tokens = tokens(address).await;
        let last = round == kills;
        // In the end everything is sent once more, whether it was answered or not.
        let open: Vec<usize> = (0..tickets)
            .filter(|index| last || !receipts.contains_key(index))
            .collect();
        let until = if last {
            tickets
        } else {
            1 + any(open.len() / 2)
        };
        println!("{} open, killed after {until} answers", open.len());
        let (told, mut news) = unbounded_channel();
        rush(open, address, &tokens, &told);
        drop(told);
        let mut count = 0;
        while let Some(told) = news.recv().await {
            if let Some(before) = receipts.insert(told.index, told.receipt.clone()) {
                assert_eq!(before, told.receipt, "what was told stays so");
                assert!(told.replayed, "and was filed then: {before}");
            }
            count += 1;
            if count == until {
                program.kill();
            }
        }
        assert!(count >= until, "only {count} answers");
        check(folder.path(), &receipts).await;
    }
    assert_eq!(receipts.len(), tickets);
    let mut raw = behind_folder(folder.path()).await;
    let stored = raw.number("SELECT count(*) FROM tickets").await;
    assert_eq!(usize::try_from(stored), Ok(tickets), "none twice");
}

/// What was told is there, and nothing is there by halves.
async fn check(data: &Path, receipts: &BTreeMap<usize, String>) {
    let place = database(data);
    let store = Store::open(&place).await.expect("opened");
    let files = Files::beside(place.beside());
    let sight = Sight {
        shop_id: "demo".to_owned(),
        created_by: None,
        viewer: String::new(),
    };
    for (index, receipt) in receipts {
        let receipt: Value = serde_json::from_str(receipt).expect("JSON");
        let reference = receipt["reference"].as_str().expect("reference");
        let found = store.ticket(&sight, reference).await.expect("read");
        let found = found.expect("an acknowledged ticket");
        assert_eq!(found.ticket.subject, format!("Number {index}"));
        assert_eq!(found.history.len(), 1);
        let wanted = usize::from(index.is_multiple_of(WITH_FILE));
        assert_eq!(found.attachments.len(), wanted, "{reference}");
        for attachment in found.attachments {
            let bytes = std::fs::read(files.path(&attachment.id)).expect("a file");
            assert_eq!(sha256(&bytes), sha256(content(*index).as_bytes()));
        }
    }
    store.close().await;
    let mut raw = behind_folder(data).await;
    for halves in [
        "SELECT count(*) FROM tickets WHERE id NOT IN (SELECT ticket_id FROM ticket_history)",
        "SELECT count(*) FROM tickets WHERE NOT EXISTS (
            SELECT 1 FROM idempotency_keys WHERE instr(answer, '\"' || reference || '\"') > 0)",
        "SELECT count(*) - count(DISTINCT subject) FROM tickets",
        "SELECT count(*) FROM idempotency_keys WHERE NOT EXISTS (
            SELECT 1 FROM tickets WHERE instr(answer, '\"' || reference || '\"') > 0)",
        "SELECT count(*) FROM files WHERE ticket_id IS NOT NULL AND ticket_id NOT IN (SELECT id FROM tickets)",
    ] {
        assert_eq!(raw.number(halves).await, 0, "{halves}");
    }
    if is_chosen() {
        return; // `check` is for files
    }
    let output = run(&["check", "--data", &data.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}
