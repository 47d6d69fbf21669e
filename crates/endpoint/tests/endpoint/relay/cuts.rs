//! The exchange breaks off at every byte, on either side, and there is one ticket each time.

use super::Bench;
use super::standin::{Call, Cut, Exchange, Side};
use crate::support::{Raw, behind};
use partner_endpoint::store::relay::RelayState;
use serde_json::json;

/// What is set up before each run.
struct World {
    bench: Bench,
    reference: String,
    database: Raw,
    /// Whether the last token still holds.
    with_token: bool,
}

impl World {
    async fn new(files: bool, with_token: bool) -> Self {
        // The portal finds at once what it has; looking for longer only takes longer.
        let bench = Bench::with(|raw| raw.relay_settling_seconds = Some(20)).await;
        let mut fields = json!({"subject": "Sync", "description": "Off"});
        if files {
            fields["uploads"] = json!([bench.upload("a.txt", b"some text").await]);
        }
        let reference = bench.file_with("one", fields).await;
        let database = behind(&bench.app).await;
        Self {
            bench,
            reference,
            database,
            with_token,
        }
    }

    /// As if the ticket had been filed just now, at a portal that is empty; runs with these connections cut. The
    /// calls that came through.
    async fn run(&mut self, cuts: &[(usize, Cut)]) -> Vec<Exchange> {
        self.database.run("UPDATE relay SET state = 'waiting', attempts = 0, next_at = 0, begun_at = NULL, problem = NULL,
                upstream_id = NULL, upstream_number = NULL, upstream_url = NULL, done_at = NULL").await.expect("reset");
        let portal = &self.bench.portal;
        portal.clear();
        if !self.with_token {
            portal.revoke();
            self.bench.app.clock.advance(3_600_000);
        }
        portal.state().cuts.extend(cuts.iter().copied());
        self.bench.drive().await;
        portal.state().exchanges.clone()
    }

    /// Cuts the connection of this number at every byte of both sides, besides the others.
    async fn at_every_byte(&mut self, number: usize, others: &[(usize, Cut)]) {
        let exchange = self.run(others).await[number];
        let sides = [
            (Side::Asked, exchange.asked),
            (Side::Answered, exchange.answered),
        ];
        for (side, length) in sides {
            for at in 0..length {
                let cut = Cut { side, at };
                let cuts: Vec<_> = others.iter().copied().chain([(number, cut)]).collect();
                self.run(&cuts).await;
                let place = format!("{:?} cut at {cut:?}", exchange.call);
                let reference = &self.reference;
                assert_eq!(
                    self.bench.state(reference).await,
                    RelayState::Done,
                    "{place}"
                );
                assert_eq!(self.bench.upstream(reference), 1, "{place}");
                let left = self.bench.portal.state().cuts.len();
                assert_eq!(left, 0, "{place}: not cut");
            }
        }
    }
}

fn kinds(exchanges: &[Exchange]) -> Vec<Call> {
    exchanges.iter().map(|one| one.call).collect()
}

#[tokio::test]
async fn a_token_cut_at_every_byte_is_asked_for_again() {
    let mut world = World::new(false, false).await;
    let calls = world.run(&[]).await;
    assert_eq!(
        kinds(&calls),
        [Call::Token, Call::Create, Call::Read, Call::Talk]
    );
    world.at_every_byte(0, &[]).await;
    world.bench.app.stop().await;
}

#[tokio::test]
async fn a_file_cut_at_every_byte_is_sent_again() {
    let mut world = World::new(true, true).await;
    world.run(&[]).await;
    let calls = world.run(&[]).await;
    assert_eq!(
        kinds(&calls),
        [Call::Upload, Call::Create, Call::Read, Call::Talk]
    );
    world.at_every_byte(0, &[]).await;
    world.bench.app.stop().await;
}

#[tokio::test]
async fn a_creation_cut_at_every_byte_leaves_one_ticket() {
    let mut world = World::new(false, true).await;
    world.run(&[]).await;
    world.at_every_byte(0, &[]).await;
    world.bench.app.stop().await;
}

#[tokio::test]
async fn a_reading_back_cut_at_every_byte_leaves_one_ticket() {
    let mut world = World::new(false, true).await;
    world.run(&[]).await;
    world.at_every_byte(1, &[]).await;
    world.bench.app.stop().await;
}

/// The answer to the creation is lost, and then the look for the ticket is cut, too.
#[tokio::test]
async fn a_look_cut_at_every_byte_still_finds_the_ticket() {
    let mut world = World::new(false, true).await;
    world.run(&[]).await;
    let lost = Cut {
        side: Side::Answered,
        at: 0,
    };
    let lost = [(0, lost)];
    let calls = world.run(&lost).await;
    assert_eq!(
        kinds(&calls),
        [Call::Create, Call::Look, Call::Read, Call::Talk]
    );
    world.at_every_byte(1, &lost).await;
    world.bench.app.stop().await;
}

/// A reply to a ticket that is there: after each cut it is said once, and nothing of it comes back.
#[tokio::test]
async fn a_reply_cut_anywhere_is_said_once() {
    let bench = Bench::with(|raw| raw.relay_settling_seconds = Some(20)).await;
    let reference = bench.file("one").await;
    bench.drive().await;
    let mut database = behind(&bench.app).await;
    bench
        .partner(&reference, "replies", json!({"text": "Once, please"}))
        .await;
    let again = [
        "DELETE FROM relay_entries",
        "UPDATE relay_changes SET done_at = NULL, begun_at = NULL",
        "UPDATE relay SET state = 'waiting', next_at = 0, attempts = 0",
    ];
    let mut run = async |cuts: &[(usize, Cut)]| {
        for sql in again {
            database.run(sql).await.expect("reset");
        }
        let first = bench.portal.connections();
        {
            let mut state = bench.portal.state();
            state.tickets[0].entries.clear();
            state.exchanges.clear();
            state
                .cuts
                .extend(cuts.iter().map(|(number, cut)| (first + number, *cut)));
        }
        bench.drive().await;
        assert_eq!(bench.comments(&reference).len(), 1, "{cuts:?}");
        assert_eq!(bench.state(&reference).await, RelayState::Done);
        assert!(bench.portal.state().cuts.is_empty(), "{cuts:?}: not cut");
        bench.portal.state().exchanges.clone()
    };
    let calls = run(&[]).await;
    assert_eq!(kinds(&calls), [Call::Say, Call::Read, Call::Talk]);
    for (number, exchange) in calls.iter().enumerate() {
        for (side, length) in [
            (Side::Asked, exchange.asked),
            (Side::Answered, exchange.answered),
        ] {
            // Every byte of the saying itself is every third here: all of them cost half a minute.
            for at in (0..length).step_by(if number == 0 { 3 } else { 29 }) {
                run(&[(number, Cut { side, at })]).await;
            }
        }
    }
    let messages = database.number("SELECT count(*) FROM messages").await;
    assert_eq!(messages, 1);
    bench.app.stop().await;
}
