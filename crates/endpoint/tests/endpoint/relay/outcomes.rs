//! What is sent, and what each answer leads to.

use super::Bench;
use super::standin::{Call, Cut, Side};
use partner_endpoint::clock::Clock;
use partner_endpoint::relay::Turn;
use partner_endpoint::store::relay::RelayState;
use serde_json::json;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

/// The answer to the next creation is lost; what comes before it is a token, unless one holds.
fn lose_answer(bench: &Bench, connection: usize) {
    let cut = Cut {
        side: Side::Answered,
        at: 0,
    };
    bench.portal.state().cuts.insert(connection, cut);
}

#[tokio::test]
async fn the_portal_gets_fields_and_files_and_its_verdict_is_read_back() {
    let bench = Bench::new().await;
    let file = bench.upload("log \"1\".txt", b"some\r\ntext").await;
    let fields = json!({"uploads": [file], "description": "a < b\nc"});
    let reference = bench.file_with("one", fields).await;
    bench.drive().await;
    assert_eq!(bench.state(&reference).await, RelayState::Done);
    {
        let state = bench.portal.state();
        let body = &state.tickets[0].body;
        assert_eq!(body["description"], "a &lt; b<br>c");
        assert_eq!(body["contact"]["email"], "ada@one.example");
        assert_eq!(body["contact"]["lastName"], "Ada");
        assert_eq!(body["channel"], "Web");
        let cf = &body["cf"];
        assert_eq!(cf["cf_customer_email"], "admin@large.example");
        assert_eq!(cf["cf_service"], "Zoho CRM");
        assert_eq!(cf["cf_org_id"], "20000000002");
        assert_eq!(cf["cf_org_id_kind"], "ZOID");
        let (id, upload) = state.uploads.first_key_value().expect("one");
        assert_eq!(body["uploads"], json!([id]));
        assert_eq!(upload.bytes, b"some\r\ntext");
        assert_eq!(upload.content_type, "text/plain");
        assert!(upload.name.starts_with("log"), "{}", upload.name);
    }
    let standing = bench.standing().await;
    let told = (
        Some("Open".to_owned()),
        Some(1),
        Some("S1 – Critical".to_owned()),
    );
    assert_eq!(standing, told);
    bench.app.stop().await;
}

#[tokio::test]
async fn flag_and_severity_are_left_to_the_portal_unless_told_otherwise() {
    for (write, expected) in [(None, json!(null)), (Some(true), json!(false))] {
        let bench = Bench::with(|raw| raw.relay_write_verdict = write).await;
        let fields = json!({"superadmin_email": "admin@small.example"});
        bench.file_with("one", fields).await;
        bench.drive().await;
        let flag = bench.portal.state().tickets[0].body["cf"]["cf_priority_customer"].clone();
        assert_eq!(flag, expected);
        bench.app.stop().await;
    }
}

#[tokio::test]
async fn a_description_too_long_as_a_page_goes_along_as_a_file() {
    let bench = Bench::new().await;
    let text = "<".repeat(20_000);
    let reference = bench.file_with("one", json!({"description": text})).await;
    bench.drive().await;
    assert_eq!(bench.state(&reference).await, RelayState::Done);
    let whole = bench
        .portal
        .state()
        .uploads
        .first_key_value()
        .expect("one")
        .1
        .clone();
    assert_eq!(
        (whole.name.as_str(), whole.bytes.len()),
        ("description.txt", 20_000)
    );
    bench.app.stop().await;
}

#[tokio::test]
async fn a_token_that_does_not_hold_is_renewed_once() {
    let bench = Bench::new().await;
    bench.file("one").await;
    bench.drive().await;
    bench.portal.revoke();
    bench.file("two").await;
    bench.drive().await;
    assert_eq!(bench.portal.count(Call::Token), 2);
    assert_eq!(bench.portal.state().tickets.len(), 2);
    // Again and again: that is not about the token.
    let refused = json!({"errorCode": "INVALID_OAUTH", "message": "x"});
    bench.portal.say(Call::Create, 401, refused.clone());
    bench.portal.say(Call::Create, 401, refused);
    bench.file("three").await;
    bench.turn().await;
    let pending = bench.pending().await;
    assert_eq!(pending[0].problem.as_deref(), Some("unauthorized"));
    assert_eq!(pending[0].state, RelayState::Waiting);
    bench.drive().await;
    assert_eq!(bench.portal.state().tickets.len(), 3);
    bench.app.stop().await;
}

#[tokio::test]
async fn a_refresh_token_that_is_refused_holds_tickets_back_and_is_told() {
    let bench = Bench::with(|raw| raw.relay_refresh_token = Some("1000.another".into())).await;
    let reference = bench.file("one").await;
    for attempts in 1..=3 {
        bench.turn().await;
        let pending = bench.pending().await;
        assert_eq!(pending[0].problem.as_deref(), Some("oauth_refused"));
        assert_eq!(
            (pending[0].state, pending[0].attempts),
            (RelayState::Waiting, attempts)
        );
        bench.wait().await;
    }
    assert_eq!(bench.upstream(&reference), 0);
    bench.app.stop().await;
}

#[tokio::test]
async fn too_many_calls_slow_everybody_down() {
    let bench = Bench::new().await;
    let other = super::relay(&bench.app, &super::settings(&bench.portal));
    bench.file("one").await;
    bench.file("two").await;
    bench.portal.too_much(Call::Create, 120);
    assert_eq!(bench.turn().await, Turn::Worked);
    // Neither this program nor another one does anything now.
    assert_eq!(bench.turn().await, Turn::Idle);
    assert_eq!(other.turn().await.expect("store"), Turn::Idle);
    bench.app.clock.advance(119_000);
    assert_eq!(other.turn().await.expect("store"), Turn::Idle);
    let pending = bench.pending().await;
    assert_eq!(pending[0].problem.as_deref(), Some("slow_down"));
    assert_eq!(pending[0].attempts, 0);
    bench.app.clock.advance(2_000);
    assert_eq!(other.turn().await.expect("store"), Turn::Worked);
    bench.drive().await;
    assert_eq!(bench.portal.state().tickets.len(), 2);
    bench.app.stop().await;
}

#[tokio::test]
async fn what_is_refused_is_parked_mended_and_goes_on() {
    let bench = Bench::new().await;
    bench.portal.state().unknown_service = Some("Zoho CRM".to_owned());
    let reference = bench.file("one").await;
    bench.drive().await;
    let pending = bench.pending().await;
    assert_eq!(pending[0].state, RelayState::Parked);
    assert_eq!(pending[0].problem.as_deref(), Some("INVALID_DATA"));
    let error = &pending[0].errors[0];
    assert_eq!(
        (error.field.as_str(), error.code.as_str()),
        ("cf/cf_service", "invalid")
    );
    // Time does not mend it.
    bench.app.clock.advance(10_000_000);
    assert_eq!(bench.turn().await, Turn::Idle);
    bench.portal.state().unknown_service = None;
    let now = bench.app.clock.now();
    let retried = bench.app.app.store.retry_relay(Some(&reference), now).await;
    assert_eq!(retried.expect("store"), 1);
    bench.drive().await;
    assert_eq!(bench.state(&reference).await, RelayState::Done);
    // It was refused, so nobody has to look for it.
    assert_eq!(bench.portal.count(Call::Look), 0);
    bench.app.stop().await;
}

#[tokio::test]
async fn after_a_server_error_somebody_looks_before_it_is_created() {
    let bench = Bench::new().await;
    let reference = bench.file("one").await;
    for status in [500, 503, 504] {
        let sorry = json!({"errorCode": "INTERNAL_SERVER_ERROR", "message": "x"});
        bench.portal.say(Call::Create, status, sorry);
    }
    bench.turn().await;
    assert_eq!(bench.state(&reference).await, RelayState::Unknown);
    bench.drive().await;
    assert_eq!(bench.state(&reference).await, RelayState::Done);
    assert_eq!(bench.upstream(&reference), 1);
    assert!(bench.portal.count(Call::Look) >= 3);
    bench.app.stop().await;
}

#[tokio::test]
async fn a_portal_that_cannot_be_reached_is_tried_again_without_looking() {
    // Nobody listens there, for certain: the port is ours, and closed again.
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("free port");
    let nowhere = format!("http://{}", free.local_addr().expect("address"));
    drop(free);
    let bench = Bench::with(|raw| raw.relay_desk_url = Some(nowhere)).await;
    let reference = bench.file("one").await;
    bench.turn().await;
    let pending = bench.pending().await;
    assert_eq!(pending[0].problem.as_deref(), Some("unreachable"));
    assert_eq!(pending[0].state, RelayState::Waiting);
    assert_eq!(bench.upstream(&reference), 0);
    bench.app.stop().await;
}

#[tokio::test]
async fn nothing_is_said_to_a_server_that_cannot_prove_who_it_is() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("free port");
    let address = listener.local_addr().expect("address");
    let bench = Bench::with(|raw| raw.relay_desk_url = Some(format!("https://{address}"))).await;
    bench.file("one").await;
    let server = async {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut heard = vec![0; 1024];
        let count = stream.read(&mut heard).await.expect("bytes");
        heard.truncate(count);
        heard
    };
    let (heard, _) = tokio::join!(server, bench.turn());
    // A greeting of TLS, and no word of HTTP.
    assert_eq!(heard[..2], [0x16, 0x03]);
    let pending = bench.pending().await;
    assert_eq!(pending[0].problem.as_deref(), Some("unreachable"));
    assert_eq!(pending[0].state, RelayState::Waiting);
    bench.app.stop().await;
}

#[tokio::test]
async fn a_ticket_that_the_search_does_not_have_yet_is_waited_for() {
    let bench = Bench::new().await;
    bench.portal.state().lag = 4;
    lose_answer(&bench, 1);
    let reference = bench.file("one").await;
    bench.drive().await;
    assert_eq!(bench.state(&reference).await, RelayState::Done);
    assert_eq!(bench.upstream(&reference), 1);
    assert_eq!(bench.portal.count(Call::Look), 5);
    bench.app.stop().await;
}

#[tokio::test]
async fn a_ticket_is_not_taken_for_another_that_a_search_finds_besides() {
    let bench = Bench::new().await;
    bench.portal.state().vague = true;
    bench.file("one").await;
    bench.drive().await;
    // The request does not even arrive, so only the first is there to be found.
    let cut = Cut {
        side: Side::Asked,
        at: 10,
    };
    let next = bench.portal.connections();
    bench.portal.state().cuts.insert(next, cut);
    let reference = bench.file("two").await;
    bench.drive().await;
    assert_eq!(bench.state(&reference).await, RelayState::Done);
    assert_eq!(bench.upstream(&reference), 1);
    assert_eq!(bench.portal.state().tickets.len(), 2);
    bench.app.stop().await;
}

#[tokio::test]
async fn a_refusal_does_not_undo_an_earlier_doubt() {
    let bench = Bench::new().await;
    // The ticket is there, but will not be found before it is created again.
    bench.portal.state().lag = 1000;
    lose_answer(&bench, 1);
    let reference = bench.file("one").await;
    bench.turn().await;
    assert_eq!(bench.state(&reference).await, RelayState::Unknown);
    bench.app.clock.advance(301_000);
    bench.portal.too_much(Call::Create, 1);
    bench.turn().await;
    assert_eq!(bench.state(&reference).await, RelayState::Unknown);
    bench.app.stop().await;
}
