//! Senders who are not certain: no ticket, no answer, until an agent says whose the mail is.

use super::{app, detail, fixture, ingest, mail, suggested};
use crate::support::Request;
use partner_endpoint::config::RawMail;
use partner_endpoint::mail::{Fate, MailError, Owner};

fn owner<'a>(shop: &'a str, user: &'a str) -> Owner<'a> {
    Owner {
        shop,
        user,
        ticket: None,
    }
}

/// What became of a mail from this sender, and why.
async fn reason(app: &crate::support::TestApp, raw: String) -> String {
    let fate = ingest(app, raw).await;
    assert!(matches!(fate, Fate::Unverified(_)), "{fate:?}");
    let left = app.app.store.mails_left(i64::MAX, 1).await.expect("list");
    left[0].reason.clone().expect("reason")
}

#[tokio::test]
async fn from_is_not_identity() {
    let app = app(RawMail::default()).await;
    let sound = mail("ada@one.example", "a@one.example", "", "It broke.");
    for (at, (raw, wanted)) in [
        (
            sound.replace("mx.desk.example; dmarc", "mx.evil.example; dmarc"),
            "not_authenticated",
        ),
        (
            sound.replace("Authentication-Results", "X-Authentication-Results"),
            "not_authenticated",
        ),
        (
            // Where a sender could have put it.
            sound
                .replace("Authentication-Results: mx", "X: mx")
                .replace("From: ada", "Authentication-Results: mx.desk.example; dmarc=pass header.from=one.example\r\nFrom: ada"),
            "not_authenticated",
        ),
        (sound.replace("dmarc=pass", "dmarc=fail"), "not_passed"),
        (
            sound.replace("header.from=one.example", "header.from=evil.example"),
            "not_passed",
        ),
        (
            sound.replace("From: ada@one.example", "From: ada@one.example\r\nFrom: bob@one.example"),
            "no_sender",
        ),
        (
            sound.replace("From: ada@one.example", "From: ada@one.example, bob@one.example"),
            "no_sender",
        ),
        (
            mail("nobody@one.example", "b@one.example", "", "x"),
            "unknown_user",
        ),
        (
            mail("sam@both.example", "c@one.example", "", "x"),
            "several_shops",
        ),
        (
            mail("max@both.example", "d@one.example", "", "x"),
            "several_shops",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        // Each is another mail.
        let raw = raw.replace("It broke.", &format!("It broke. {at}"));
        assert_eq!(reason(&app, raw.clone()).await, wanted, "{raw}");
    }
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 0);
    for email in ["ada@one.example", "bob@one.example"] {
        let request = Request::get("/v1/tickets").token(&super::token(&app, email));
        let listed = app.send(request).await.ok(200);
        assert_eq!(listed["items"], serde_json::json!([]));
    }
    app.stop().await;
}

#[tokio::test]
async fn the_senders_own_copy_is_a_ticket_though_a_doubtful_one_came_first() {
    let app = app(RawMail::default()).await;
    let sound = mail("ada@one.example", "a@one.example", "", "It broke.");
    ingest(&app, sound.replace("dmarc=pass", "dmarc=temperror")).await;
    assert_eq!(
        ingest(&app, sound).await,
        Fate::Ticket("PS-EU-000001".to_owned())
    );
    assert!(
        app.app
            .store
            .mails_left(i64::MAX, 9)
            .await
            .expect("list")
            .is_empty()
    );
    app.stop().await;
}

#[tokio::test]
async fn an_agent_says_whose_a_mail_is() {
    let app = app(RawMail::default()).await;
    let raw = String::from_utf8(fixture("forwarded.eml")).expect("ASCII");
    let doubtful = raw.replace("dmarc=pass", "dmarc=fail");
    let Fate::Unverified(id) = ingest(&app, doubtful.clone()).await else {
        panic!("not kept");
    };
    let id: i64 = id.parse().expect("number");
    let office = super::office(&app);
    for (shop, user) in [("one", "nobody@one.example"), ("none", "ada@one.example")] {
        let refused = office.assign(id, owner(shop, user), None).await;
        assert!(matches!(refused, Err(MailError::NoUser(..))), "{refused:?}");
    }
    let reference = office
        .assign(id, owner("one", "ADA@one.example"), None)
        .await
        .expect("assigned");
    let ticket = detail(&app, "ada@one.example", &reference).await;
    assert_eq!(ticket["classification"]["outcome"], "manual");
    assert_eq!(ticket["attachments"][0]["name"], "Über sicht.csv");
    assert!(
        suggested(&app, &reference)
            .await
            .contains(&"superadmin_email admin@large.example form".to_owned())
    );
    // It is no question any more, in whatever way it comes.
    assert!(matches!(
        office
            .assign(id, owner("one", "ada@one.example"), None)
            .await,
        Err(MailError::Unknown(_))
    ));
    assert_eq!(ingest(&app, doubtful).await, Fate::Known);
    assert_eq!(ingest(&app, raw).await, Fate::Known);
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 1);
    app.stop().await;
}

#[tokio::test]
async fn strangers_cannot_fill_the_disk_nor_stop_those_we_know() {
    let app = app(RawMail {
        mail_unverified_bytes_per_day: Some(3_000),
        ..RawMail::default()
    })
    .await;
    let stranger = |at: u32| format!("From: x@y.example\r\n\r\n{at} {}", "a".repeat(1_000));
    for at in 0..2 {
        assert!(matches!(
            ingest(&app, stranger(at)).await,
            Fate::Unverified(_)
        ));
    }
    let full = super::office(&app).ingest(stranger(3).into_bytes()).await;
    assert!(matches!(full, Err(MailError::Full)), "{full:?}");
    let known = mail("ada@one.example", "a@one.example", "", &"a".repeat(5_000));
    assert!(matches!(ingest(&app, known).await, Fate::Ticket(_)));
    app.clock.advance(24 * 60 * 60 * 1000);
    assert!(matches!(
        ingest(&app, stranger(3)).await,
        Fate::Unverified(_)
    ));
    app.stop().await;
}
