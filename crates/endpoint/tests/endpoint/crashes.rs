//! The program itself, killed or watched while files arrive.

use crate::support::{Answer, Program, Request, on_file, run, sha256, text, ticket, upload};
use partner_endpoint::files::Files;
use partner_endpoint::store::Store;
use partner_endpoint::store::tickets::Sight;
use serde_json::json;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;

async fn token(address: SocketAddr) -> String {
    let answer = Request::get("/demo/token?user=member").send(address).await;
    answer.ok(200)["token"].as_str().expect("token").to_owned()
}

/// Uploads a file, files a ticket with it and replies to that, again and again; tells what was acknowledged.
async fn worker(
    number: usize,
    address: SocketAddr,
    token: String,
    acknowledged: tokio::sync::mpsc::UnboundedSender<(String, String)>,
) {
    for index in 0.. {
        let text = format!("{number}-{index}-").repeat(20_000);
        let sent = upload("a.txt", text.as_bytes()).token(&token);
        let Some(answer) = Answer::read(&sent.exchange(address).await, false) else {
            return;
        };
        let id = answer.ok(201)["id"].as_str().expect("id").to_owned();
        let mut body = ticket();
        body["uploads"] = json!([id]);
        let filing = Request::post("/v1/tickets", &body)
            .key(&format!("{number}-{index}"))
            .token(&token);
        let Some(answer) = Answer::read(&filing.exchange(address).await, false) else {
            return;
        };
        let reference = answer.ok(201)["reference"]
            .as_str()
            .expect("reference")
            .to_owned();
        let hash = sha256(text.as_bytes());
        let path = format!("/v1/tickets/{reference}/replies");
        let reply = Request::post(&path, &json!({"text": hash}))
            .key(&format!("{number}-{index}-reply"))
            .token(&token);
        let Some(answer) = Answer::read(&reply.exchange(address).await, false) else {
            return;
        };
        answer.ok(201);
        if acknowledged.send((reference, hash)).is_err() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_files_arrive_no_row_is_without_its_file() {
    on_file();
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut program = Program::serve(folder.path());
    let address = program.address;
    let token = token(address).await;
    let (acknowledged, mut told) = tokio::sync::mpsc::unbounded_channel();
    for number in 0..8 {
        tokio::spawn(worker(number, address, token.clone(), acknowledged.clone()));
    }
    drop(acknowledged);
    let mut hashes = BTreeMap::new();
    while let Some((reference, hash)) = told.recv().await {
        hashes.insert(reference, hash);
        if hashes.len() == 24 {
            program.kill();
        }
    }

    let database = folder.path().join("endpoint.sqlite");
    let store = Store::open(&database).await.expect("opened");
    let files = Files::beside(&database);
    let sight = Sight {
        shop_id: "demo".to_owned(),
        created_by: None,
        viewer: String::new(),
    };
    for (reference, hash) in &hashes {
        let found = store.ticket(&sight, reference).await.expect("read");
        let found = found.expect("an acknowledged ticket");
        let [attachment] = found.attachments.as_slice() else {
            panic!("{reference} has its file");
        };
        let [reply] = found.messages.as_slice() else {
            panic!("{reference} has its reply");
        };
        assert_eq!(&reply.text, hash);
        let bytes = std::fs::read(files.path(&attachment.id)).expect("a file");
        assert_eq!((sha256(&bytes), &attachment.sha256), (hash.clone(), hash));
    }
    // Every row has its whole file, and what is in the folder besides is found.
    let output = run(&["check", "--data", &folder.path().to_string_lossy()]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let young = said
        .lines()
        .filter(|line| line.starts_with("young\t"))
        .count();
    let whole = said.lines().last().and_then(|line| line.split(' ').next());
    let whole: usize = whole.and_then(|count| count.parse().ok()).expect("a count");
    let entries = std::fs::read_dir(files.folder()).expect("folder").count();
    assert!(whole >= hashes.len(), "{said}");
    assert_eq!(whole + young, entries, "{said}");
}

/// No file can grow beyond a bound, as on a disk that is full for large files only.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_by_code_and_passes() {
    on_file();
    const ROOM: usize = 4 << 20;
    let folder = tempfile::tempdir().expect("temporary folder");
    let program = Program::serve_on_full_disk(folder.path(), "-f", ROOM);
    let address = program.address;
    let token = token(address).await;
    let send = |size: usize| upload("a.txt", vec![b'x'; size]).token(&token);
    let full = send(ROOM + 500_000).send(address).await;
    full.problem(503, "storage_unavailable");
    assert!(full.header("retry-after").is_some());
    let files = Files::beside(&folder.path().join("endpoint.sqlite"));
    let left = std::fs::read_dir(files.folder()).expect("folder").count();
    assert_eq!(left, 0, "nothing half-written");
    send(ROOM - 1).send(address).await.ok(201);
    let filing = Request::post("/v1/tickets", &ticket())
        .key("k")
        .token(&token);
    filing.send(address).await.ok(201);
}

/// The database itself finds no room, and then some.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_database_without_room_refuses_by_code_and_goes_on_once_there_is_some() {
    on_file();
    const ROOM: usize = 1 << 20;
    let folder = tempfile::tempdir().expect("temporary folder");
    let program = Program::serve_on_full_disk(folder.path(), "-S -f", ROOM);
    let address = program.address;
    let token = token(address).await;
    let mut body = ticket();
    body["description"] = json!("x".repeat(30_000));
    let filing = |index: usize| {
        Request::post("/v1/tickets", &body)
            .key(&format!("k{index}"))
            .token(&token)
    };
    let mut receipts = Vec::new();
    let full = loop {
        assert!(receipts.len() < 200, "there was room all the time");
        let answer = filing(receipts.len()).send(address).await;
        if answer.status != 201 {
            break answer;
        }
        receipts.push(answer.text());
    };
    full.problem(503, "storage_unavailable");
    assert!(full.header("retry-after").is_some());
    // What was acknowledged is there, and nothing besides.
    let list = || Request::get("/v1/tickets?limit=200").token(&token);
    let shown = list().send(address).await.ok(200);
    assert_eq!(
        shown["items"].as_array().map(Vec::len),
        Some(receipts.len())
    );

    let more = Command::new("prlimit")
        .args(["--fsize=unlimited", "--pid", &program.id().to_string()])
        .status();
    assert!(more.expect("prlimit").success());
    let again = filing(receipts.len()).send(address).await;
    again.ok(201);
    assert!(!again.is_replay());
    for (index, receipt) in receipts.iter().enumerate() {
        assert_eq!(filing(index).send(address).await.text(), *receipt);
    }
    let shown = list().send(address).await.ok(200);
    let wanted = receipts.len() + 1;
    assert_eq!(shown["items"].as_array().map(Vec::len), Some(wanted));
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn large_files_go_through_in_bounded_memory() {
    on_file();
    const SIZE: usize = 20 << 20;
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut program = Program::serve(folder.path());
    let address = program.address;
    let token = Arc::new(token(address).await);
    let send = |size: usize| {
        let token = Arc::clone(&token);
        async move {
            let sent = upload("a.txt", vec![b'x'; size]).token(&token);
            sent.send(address).await.ok(201)["id"]
                .as_str()
                .expect("id")
                .to_owned()
        }
    };
    let file = |id: String| {
        let mut body = ticket();
        body["uploads"] = json!([id]);
        Request::post("/v1/tickets", &body).key(&id).token(&token)
    };
    // Whatever is made once is made now.
    file(send(100_000).await).send(address).await.ok(201);
    let before = crate::support::most_memory(program.id());
    let (one, two) = tokio::join!(send(SIZE), send(SIZE));
    let receipt = file(one.clone()).send(address).await.ok(201);
    file(two).send(address).await.ok(201);
    let reference = receipt["reference"].as_str().expect("reference");
    let path = format!("/v1/tickets/{reference}/attachments/{one}");
    let got = Request::get(&path).token(&token).send(address).await;
    let after = crate::support::most_memory(program.id());
    program.kill();
    assert_eq!(got.body.len(), SIZE);
    let grown = after.saturating_sub(before);
    assert!(grown < 10 << 20, "{grown} bytes for {} of files", 3 * SIZE);
}
