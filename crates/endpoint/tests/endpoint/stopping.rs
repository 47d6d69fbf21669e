//! The program is told to stop: what runs is finished, what comes is refused.

use crate::support::{
    Answer, HS256_SECRET, Program, Request, TestApp, User, connect, ticket, upload,
};
use serde_json::json;
use std::process::Command;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

fn slow_ticket() -> Request {
    Request::post(
        "/demo/faults",
        &json!({"next": [{"method": "POST", "path": "/v1/tickets", "do": "delay", "delay_ms": 2000}]}),
    )
}

/// Long enough for a request to have begun, and shorter than the delay.
async fn meanwhile() {
    tokio::time::sleep(Duration::from_millis(500)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn running_requests_finish_and_new_ones_are_asked_to_come_back() {
    let app = TestApp::demo().await;
    let address = app.address;
    let token = app.token(User::Member).await;
    app.send(slow_ticket()).await;
    let mut idle = connect(address).await;
    let filing = Request::post("/v1/tickets", &ticket())
        .key("k")
        .token(&token);
    let running = tokio::spawn(async move { filing.send(address).await });
    meanwhile().await;
    let database = app.database();
    let folder = std::sync::Arc::clone(&app.folder);
    let stopped = app.begin_stop();
    meanwhile().await;

    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).await.expect("closed");
    assert!(rest.is_empty(), "who asked nothing is just let go");
    let again = Request::post("/v1/tickets", &ticket())
        .key("k2")
        .token(&token);
    for request in [
        again.header("origin", &format!("http://{address}")),
        Request::get("/v1/policy").header("origin", &format!("http://{address}")),
        upload("a.txt", "text").header("origin", &format!("http://{address}")),
    ] {
        let answer = request.send(address).await;
        answer.problem(503, "shutting_down");
        assert_eq!(answer.header("retry-after").as_deref(), Some("5"));
        assert_eq!(answer.header("connection").as_deref(), Some("close"));
        assert!(
            answer.header("access-control-allow-origin").is_some(),
            "a page can read it"
        );
    }
    Request::get("/readyz")
        .send(address)
        .await
        .problem(503, "shutting_down");
    let alive = Request::get("/healthz").send(address).await;
    assert_eq!(alive.status, 200);

    running.await.expect("answered").ok(201);
    stopped.await.expect("stopped");
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens");
    let store = partner_endpoint::store::Store::open(&database).await;
    let count = store.expect("opened").count_tickets().await;
    assert_eq!(count.expect("count"), 1, "what was refused was not stored");
    drop(folder);
}

#[tokio::test]
async fn a_file_that_is_arriving_still_arrives() {
    let app = TestApp::real().await;
    let token = app.forge().hs256(HS256_SECRET);
    let bytes = upload("a.txt", vec![b'x'; 100_000])
        .token(&token)
        .bytes(app.address);
    let (first, second) = bytes.split_at(bytes.len() - 50_000);
    let mut stream = connect(app.address).await;
    stream.write_all(first).await.expect("sent");
    meanwhile().await;
    let folder = std::sync::Arc::clone(&app.folder);
    let stopped = app.begin_stop();
    meanwhile().await;
    stream.write_all(second).await.expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("answered");
    Answer::read(&answer, false).expect("an answer").ok(201);
    stopped.await.expect("stopped");
    drop(folder);
}

#[tokio::test]
async fn with_nothing_to_finish_it_is_over_at_once() {
    let app = TestApp::demo().await;
    let _idle = connect(app.address).await;
    meanwhile().await;
    let stopped = app.begin_stop();
    tokio::time::timeout(Duration::from_secs(3), stopped)
        .await
        .expect("soon")
        .expect("stopped");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_program_heeds_the_signal_and_ends_well() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let program = Program::serve(folder.path());
    let address = program.address;
    let token = Request::get("/demo/token?user=member").send(address).await;
    let token = token.ok(200)["token"].as_str().expect("token").to_owned();
    slow_ticket().send(address).await;
    let filing = Request::post("/v1/tickets", &ticket())
        .key("k")
        .token(&token);
    let running = tokio::spawn(async move { filing.send(address).await });
    meanwhile().await;
    let signal = Command::new("kill")
        .args(["-TERM", &program.id().to_string()])
        .status();
    assert!(signal.expect("sent").success());
    running.await.expect("answered").ok(201);
    let ended = tokio::task::spawn_blocking(move || program.ended()).await;
    assert!(ended.expect("waited").success());
}
