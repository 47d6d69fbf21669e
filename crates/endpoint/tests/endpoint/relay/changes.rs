//! What happens to a ticket here after it was created reaches the portal, once.

use super::Bench;
use super::standin::{Call, Cut, Side};
use crate::support::{HS256_SECRET, Request};
use partner_endpoint::casework::{Act, Agent, Complete, act};
use partner_endpoint::relay::Turn;
use partner_endpoint::store::relay::RelayState;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

impl Bench {
    /// The partner does something to a ticket.
    pub(super) async fn partner(&self, reference: &str, what: &str, body: serde_json::Value) {
        let token = self.app.forge().hs256(HS256_SECRET);
        let place = format!("/v1/tickets/{reference}/{what}");
        static KEYS: AtomicU32 = AtomicU32::new(0);
        let key = format!("change-{}", KEYS.fetch_add(1, Ordering::SeqCst));
        let request = Request::post(&place, &body).key(&key).token(&token);
        let answer = self.app.send(request).await;
        assert!(answer.status < 300, "{}: {}", answer.status, answer.text());
    }

    /// An agent at our desk does something to a ticket.
    pub(super) async fn agent(&self, reference: &str, what: Act) {
        let kim = Agent {
            id: 1,
            name: "Kim".to_owned(),
            email: "kim@support.example".to_owned(),
        };
        act(&self.app.app, &kim, reference, what, None)
            .await
            .expect("done");
    }

    /// Comments at the portal, by their texts.
    pub(super) fn comments(&self, reference: &str) -> Vec<String> {
        let state = self.portal.state();
        let of = |ticket: &&super::standin::Created| ticket.body["cf"]["cf_reference"] == reference;
        let ticket = state.tickets.iter().find(of).expect("created");
        let texts = ticket.entries.iter().map(|entry| entry["content"].as_str());
        texts.map(|text| text.expect("text").to_owned()).collect()
    }

    pub(super) fn status(&self, reference: &str) -> String {
        let state = self.portal.state();
        let of = |ticket: &&super::standin::Created| ticket.body["cf"]["cf_reference"] == reference;
        state
            .tickets
            .iter()
            .find(of)
            .expect("created")
            .status
            .clone()
    }
}

#[tokio::test]
async fn what_a_partner_says_and_does_is_told_in_order() {
    let bench = Bench::new().await;
    let reference = bench.file("one").await;
    bench.drive().await;
    let file = bench.upload("b.txt", b"more").await;
    bench
        .partner(
            &reference,
            "replies",
            json!({"text": "a < b", "uploads": [file]}),
        )
        .await;
    bench.partner(&reference, "close", json!({})).await;
    assert_eq!(bench.state(&reference).await, RelayState::Waiting);
    bench.drive().await;
    let comments = bench.comments(&reference);
    assert_eq!(comments.len(), 1);
    let (head, text) = comments[0].split_once("\n\n").expect("two parts");
    assert!(head.starts_with(&format!("[{reference} ")), "{head}");
    assert_eq!(text, "a < b");
    let sent = bench.portal.state().uploads.values().next_back().cloned();
    assert_eq!(sent.expect("a file").bytes, b"more");
    assert_eq!(bench.status(&reference), "Closed");
    bench.partner(&reference, "reopen", json!({})).await;
    bench.drive().await;
    assert_eq!(bench.status(&reference), "Open");
    assert_eq!(bench.portal.count(Call::Alter), 2);
    assert_eq!(bench.portal.count(Call::Say), 1);
    assert_eq!(bench.state(&reference).await, RelayState::Done);
    bench.app.stop().await;
}

#[tokio::test]
async fn what_happens_before_a_ticket_is_created_is_told_after_it() {
    let bench = Bench::new().await;
    let reference = bench.file("one").await;
    bench
        .partner(&reference, "replies", json!({"text": "early"}))
        .await;
    bench.drive().await;
    assert_eq!(bench.upstream(&reference), 1);
    assert_eq!(bench.comments(&reference).len(), 1);
    bench.app.stop().await;
}

#[tokio::test]
async fn an_address_that_an_agent_completes_is_set_and_starts_the_workflow() {
    let bench = Bench::new().await;
    let reference = bench
        .file_with("one", json!({"superadmin_email": null}))
        .await;
    bench.drive().await;
    assert_eq!(bench.upstream_flag().await, 0);
    let act = Act::Complete(Complete {
        superadmin_email: "admin@large.example".to_owned(),
        ..Complete::default()
    });
    bench.agent(&reference, act).await;
    bench.drive().await;
    let patches = bench.portal.state().patches.clone();
    assert_eq!(patches.len(), 1);
    assert_eq!(patches[0]["cf"]["cf_customer_email"], "admin@large.example");
    assert_eq!(bench.upstream_flag().await, 1);
    bench.app.stop().await;
}

#[tokio::test]
async fn what_is_refused_is_parked_with_its_fields_and_what_follows_waits_behind_it() {
    let bench = Bench::new().await;
    let reference = bench.file("one").await;
    bench.drive().await;
    bench
        .partner(&reference, "replies", json!({"text": "unspeakable"}))
        .await;
    bench
        .partner(&reference, "replies", json!({"text": "fine"}))
        .await;
    bench.drive().await;
    let pending = bench.pending().await;
    assert_eq!(pending[0].state, RelayState::Parked);
    assert_eq!(pending[0].errors[0].field, "content");
    assert_eq!(bench.comments(&reference), Vec::<String>::new());
    bench.app.stop().await;
}

#[tokio::test]
async fn words_whose_answer_was_lost_with_a_worker_are_found_and_not_said_again() {
    let bench = Bench::new().await;
    let reference = bench.file("one").await;
    bench.drive().await;
    bench.portal.state().holding_words = true;
    bench
        .partner(&reference, "replies", json!({"text": "once"}))
        .await;
    let relay = Arc::clone(&bench.relay);
    let worker = tokio::spawn(async move { relay.turn().await });
    bench.portal.created(2).await;
    worker.abort();
    let _ = worker.await;
    bench.portal.state().holding_words = false;
    bench.portal.let_go();
    assert_eq!(bench.turn().await, Turn::Idle);
    bench.drive().await;
    assert_eq!(bench.comments(&reference).len(), 1);
    assert_eq!(bench.state(&reference).await, RelayState::Done);
    bench.app.stop().await;
}

/// Nothing of the answer arrives, and then the look for it is cut, too.
#[tokio::test]
async fn closing_is_not_repeated_when_it_has_happened() {
    let bench = Bench::new().await;
    let reference = bench.file("one").await;
    bench.drive().await;
    let lost = Cut {
        side: Side::Answered,
        at: 0,
    };
    let next = bench.portal.connections();
    bench.portal.state().cuts.insert(next, lost);
    bench.partner(&reference, "close", json!({})).await;
    bench.drive().await;
    assert_eq!(bench.status(&reference), "Closed");
    assert_eq!(bench.portal.count(Call::Alter), 1);
    bench.app.stop().await;
}
