//! `partner-endpoint relay …` as operators run it, while the endpoint runs.

use super::Bench;
use super::standin::Call;
use crate::support::on;
use partner_endpoint::relay::Turn;
use partner_endpoint::store::relay::RelayState;

async fn relay(bench: &Bench, words: &[&str]) -> (i32, String) {
    let data = bench.app.folder.path().join("data");
    let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
    let run = move || {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        on(&data, &[&["relay"], words.as_slice()].concat())
    };
    tokio::task::spawn_blocking(run).await.expect("ran")
}

#[tokio::test]
async fn an_operator_sees_what_is_refused_and_retries_it() {
    let bench = Bench::new().await;
    bench.portal.state().unknown_service = Some("Zoho CRM".to_owned());
    let reference = bench.file("one").await;
    bench.drive().await;
    let (code, text) = relay(&bench, &["status"]).await;
    assert_eq!(code, 0, "{text}");
    assert!(text.starts_with("relay\trunning\nparked\t1\n"), "{text}");
    let line = text.lines().last().expect("a line");
    let columns: Vec<&str> = line.split('\t').collect();
    assert_eq!(columns[..3], [reference.as_str(), "parked", "1"]);
    assert_eq!(columns[4..], ["INVALID_DATA", "cf/cf_service invalid"]);

    bench.portal.state().unknown_service = None;
    assert_eq!(
        relay(&bench, &["retry", &reference]).await,
        (0, String::new())
    );
    bench.drive().await;
    assert_eq!(bench.state(&reference).await, RelayState::Done);
    let (code, text) = relay(&bench, &["retry", &reference]).await;
    assert_eq!(
        (code, text.trim()),
        (1, "PS-EU-000001 is done: nothing to do")
    );
    let (code, text) = relay(&bench, &["retry", "PS-EU-000009"]).await;
    assert_eq!((code, text.trim()), (1, "PS-EU-000009 is not handed on"));
    bench.app.stop().await;
}

#[tokio::test]
async fn an_operator_holds_everything_or_one_ticket_back() {
    let bench = Bench::new().await;
    let (first, second) = (bench.file("one").await, bench.file("two").await);
    assert_eq!(relay(&bench, &["pause"]).await.0, 0);
    assert_eq!(bench.turn().await, Turn::Idle);
    assert!(
        relay(&bench, &["status"])
            .await
            .1
            .starts_with("relay\tpaused\nwaiting\t2\n")
    );
    assert_eq!(relay(&bench, &["pause", &first]).await.0, 0);
    assert_eq!(relay(&bench, &["resume"]).await.0, 0);
    bench.drive().await;
    assert_eq!(bench.state(&second).await, RelayState::Done);
    // "All" leaves alone what somebody holds back by name.
    assert_eq!(relay(&bench, &["retry"]).await.1, "0 tickets are due now\n");
    assert_eq!(bench.state(&first).await, RelayState::Paused);
    assert_eq!(relay(&bench, &["resume", &first]).await.0, 0);
    bench.drive().await;
    assert_eq!(bench.state(&first).await, RelayState::Done);
    assert_eq!(bench.portal.count(Call::Create), 2);
    bench.app.stop().await;
}
