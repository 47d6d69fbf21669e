//! What happens to a ticket at the portal comes back, once, and what is private there never does.

use super::Bench;
use super::standin::Call;
use crate::support::{HS256_SECRET, Request};
use partner_endpoint::relay::Turn;
use partner_endpoint::store::relay::RelayState;
use serde_json::{Value, json};

impl Bench {
    /// As if a minute had passed: asks what has changed, and works.
    async fn catch_up(&self) {
        self.app.clock.advance(61_000);
        self.relay.poll().await.expect("store");
        self.drive().await;
    }

    /// The ticket as its partner sees it.
    async fn seen(&self, reference: &str) -> Value {
        let token = self.app.forge().hs256(HS256_SECRET);
        let request = Request::get(&format!("/v1/tickets/{reference}")).token(&token);
        self.app.send(request).await.ok(200)
    }

    async fn changes(&self, reference: &str) -> Vec<String> {
        let seen = self.seen(reference).await;
        let history = seen["history"].as_array().expect("a list");
        let changes = history.iter().map(|entry| entry["change"].as_str());
        changes.map(|text| text.expect("text").to_owned()).collect()
    }
}

#[tokio::test]
async fn public_words_come_back_once_and_private_ones_never() {
    let bench = Bench::new().await;
    let reference = bench.file("one").await;
    bench.drive().await;
    bench
        .partner(&reference, "replies", json!({"text": "ours"}))
        .await;
    bench.drive().await;
    let portal = &bench.portal;
    portal.comment(&reference, true, "<div>Try <b>this</b> &lt;now&gt;</div>");
    portal.comment(&reference, false, "among agents");
    portal.mail(&reference, "out", "public", "SUCCESS", "<p>A mail</p>");
    portal.mail(&reference, "out", "private", "SUCCESS", "a private mail");
    portal.mail(&reference, "out", "public", "DRAFT", "a draft");
    portal.mail(&reference, "in", "public", "SUCCESS", "from the partner");
    for _ in 0..3 {
        bench.catch_up().await;
    }
    let seen = bench.seen(&reference).await;
    let messages = seen["messages"].as_array().expect("a list");
    let said: Vec<_> = messages
        .iter()
        .map(|one| (one["author"]["name"].as_str(), one["text"].as_str()))
        .collect();
    let wanted = [
        (messages[0]["author"]["name"].as_str(), Some("ours")),
        (Some("Kim Agent"), Some("Try this <now>")),
        (Some("Lee Agent"), Some("A mail")),
    ];
    assert_eq!(said, wanted);
    assert_eq!(messages[1]["author"]["email"], Value::Null);
    assert_eq!(seen["unread"], true);
    assert_eq!(seen["last"], json!({"change": "replied", "by": "agent"}));
    // Nothing of it was sent back, and of what is private nothing was asked for.
    assert_eq!(portal.count(Call::Say), 1);
    assert_eq!(portal.count(Call::Thread), 1);
    bench.app.stop().await;
}

#[tokio::test]
async fn a_draft_comes_back_when_it_was_sent() {
    let bench = Bench::new().await;
    let reference = bench.file("one").await;
    bench.drive().await;
    bench
        .portal
        .mail(&reference, "out", "public", "DRAFT", "Soon");
    bench.catch_up().await;
    assert_eq!(bench.seen(&reference).await["messages"], json!([]));
    bench.portal.touch(&reference, |ticket| {
        ticket.entries[0]["status"] = json!("SUCCESS");
    });
    bench.catch_up().await;
    assert_eq!(bench.seen(&reference).await["messages"][0]["text"], "Soon");
    bench.app.stop().await;
}

#[tokio::test]
async fn a_status_follows_the_portal_and_is_not_told_back() {
    let bench = Bench::new().await;
    let reference = bench.file("one").await;
    bench.drive().await;
    for (status, ours) in [
        ("On Hold", "on_hold"),
        ("Closed", "closed"),
        ("Open", "open"),
    ] {
        bench
            .portal
            .touch(&reference, |ticket| status.clone_into(&mut ticket.status));
        bench.catch_up().await;
        assert_eq!(bench.seen(&reference).await["status"], ours);
    }
    let changes = bench.changes(&reference).await;
    // The portal's rules have ticked the box at the start.
    assert_eq!(changes, ["filed", "verified", "held", "closed", "reopened"]);
    assert_eq!(bench.portal.count(Call::Alter), 0);
    bench.app.stop().await;
}

#[tokio::test]
async fn what_a_partner_does_meanwhile_is_not_undone_by_what_was_read_before() {
    let bench = Bench::new().await;
    let reference = bench.file("one").await;
    bench.drive().await;
    bench.portal.touch(&reference, |ticket| {
        "On Hold".clone_into(&mut ticket.status)
    });
    bench.partner(&reference, "close", json!({})).await;
    bench.catch_up().await;
    assert_eq!(bench.seen(&reference).await["status"], "closed");
    assert_eq!(bench.status(&reference), "Closed");
    assert_eq!(
        bench.changes(&reference).await,
        ["filed", "verified", "closed"]
    );
    bench.app.stop().await;
}

#[tokio::test]
async fn flag_and_severity_of_the_portal_show_like_an_agents_verdict_and_only_when_they_change() {
    let bench = Bench::new().await;
    let fields = json!({"superadmin_email": "nobody@elsewhere.example"});
    let reference = bench.file_with("one", fields).await;
    bench.drive().await;
    assert_eq!(bench.seen(&reference).await["severity"], Value::Null);
    bench.portal.touch(&reference, |ticket| {
        ticket.body["cf"]["cf_priority_customer"] = json!(true);
        ticket.body["cf"]["cf_severity"] = json!("S1 – Critical");
    });
    bench.catch_up().await;
    let seen = bench.seen(&reference).await;
    assert_eq!(seen["severity"], "S1");
    assert_eq!(seen["priority_customer"], true);
    assert_eq!(seen["classification"]["outcome"], "priority");
    assert_eq!(seen["unread"], true);
    bench.portal.comment(&reference, true, "Hello");
    bench.catch_up().await;
    assert_eq!(bench.changes(&reference).await, ["filed", "verified"]);
    bench.app.stop().await;
}

#[tokio::test]
async fn a_severity_alone_is_a_raised_one_and_an_excluded_service_stays_excluded() {
    let bench = Bench::new().await;
    let fields =
        json!({"superadmin_email": "nobody@elsewhere.example", "service": "Zoho Campaigns"});
    let reference = bench.file_with("one", fields).await;
    bench.drive().await;
    bench.portal.touch(&reference, |ticket| {
        ticket.body["cf"]["cf_priority_customer"] = json!(true);
    });
    bench.catch_up().await;
    let seen = bench.seen(&reference).await;
    assert_eq!(seen["classification"]["outcome"], "excluded");
    assert_eq!(seen["severity"], Value::Null);
    bench.portal.touch(&reference, |ticket| {
        ticket.body["cf"]["cf_severity"] = json!("S1");
    });
    bench.catch_up().await;
    let seen = bench.seen(&reference).await;
    assert_eq!(seen["severity"], "S1");
    assert_eq!(seen["classification"]["outcome"], "excluded");
    assert_eq!(bench.changes(&reference).await, ["filed", "raised"]);
    bench.app.stop().await;
}

#[tokio::test]
async fn an_address_completed_at_the_portal_is_the_tickets_and_is_not_sent_back() {
    let bench = Bench::new().await;
    let reference = bench
        .file_with("one", json!({"superadmin_email": null}))
        .await;
    bench.drive().await;
    bench.portal.touch(&reference, |ticket| {
        ticket.body["cf"]["cf_customer_email"] = json!("boss@large.example");
        ticket.body["cf"]["cf_priority_customer"] = json!("true");
    });
    bench.catch_up().await;
    let seen = bench.seen(&reference).await;
    assert_eq!(seen["superadmin_email"], "boss@large.example");
    assert_eq!(seen["classification"]["outcome"], "priority");
    assert_eq!(bench.portal.count(Call::Alter), 0);
    bench.app.stop().await;
}

#[tokio::test]
async fn one_program_asks_at_a_time_goes_on_from_where_it_was_and_reads_only_what_changed() {
    let bench = Bench::new().await;
    let other = super::relay(&bench.app, &super::settings(&bench.portal));
    bench.file("one").await;
    bench.drive().await;
    bench.catch_up().await;
    other.poll().await.expect("store");
    assert_eq!(bench.portal.count(Call::Poll), 1);
    let read = bench.portal.count(Call::Talk);
    bench.catch_up().await;
    assert_eq!(bench.portal.count(Call::Talk), read);
    let polls = bench.portal.state().polls.clone();
    let ends: Vec<_> = polls
        .iter()
        .map(|range| range.split_once(',').expect("two"))
        .collect();
    assert!(ends[1].0 > ends[0].0 && ends[1].0 < ends[0].1, "{polls:?}");
    // What no search names is read now and then all the same.
    bench.app.clock.advance(7 * 60 * 60 * 1000);
    bench.relay.poll().await.expect("store");
    bench.drive().await;
    assert_eq!(bench.portal.count(Call::Talk), read + 1);
    bench.app.stop().await;
}

#[tokio::test]
async fn too_many_questions_slow_everybody_down_too() {
    let bench = Bench::new().await;
    bench.file("one").await;
    bench.drive().await;
    bench.portal.too_much(Call::Poll, 120);
    bench.catch_up().await;
    bench.file("two").await;
    assert_eq!(bench.turn().await, Turn::Idle);
    bench.app.clock.advance(121_000);
    bench.drive().await;
    assert_eq!(bench.portal.state().tickets.len(), 2);
    bench.app.stop().await;
}

#[tokio::test]
async fn what_is_being_read_when_it_changes_is_read_again() {
    let bench = Bench::new().await;
    let reference = bench.file("one").await;
    bench.drive().await;
    let store = &bench.app.app.store;
    let id = bench.portal.state().tickets[0].id.clone();
    let now = partner_endpoint::clock::Clock::now(&*bench.app.clock);
    store.look_again(&id, None, now).await.expect("store");
    let job = store.claim_relay(now, now.plus_seconds(10), 1).await;
    let job = job.expect("store").expect("due");
    store.look_again(&id, None, now).await.expect("store");
    let done = store.relay_done(&job, &Default::default(), now).await;
    assert!(done.expect("store"));
    assert_eq!(bench.state(&reference).await, RelayState::Waiting);
    bench.app.stop().await;
}
