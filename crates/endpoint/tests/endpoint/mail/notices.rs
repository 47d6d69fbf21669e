//! Notices by SMTP to a real server on loopback, and answers to them.

use super::server::{Mood, Received, Server};
use super::{app, detail, fixture, ingest, mail};
use crate::support::{TestApp, behind, hold, is_chosen};
use mail_parser::{Message, MessageParser};
use partner_endpoint::clock::Clock;
use partner_endpoint::config::{Notices, RawMail};
use partner_endpoint::mail::Fate;
use partner_endpoint::store::Store;
use partner_endpoint::store::conversation::{Kept, NewMessage, On, Once, Side, Switch};
use partner_endpoint::store::idempotency::Scope;
use partner_endpoint::store::mail::outbox::{Attempt, NoticeState};
use partner_endpoint::store::tickets::Sight;
use partner_rules::wire::{Author, AuthorKind};

async fn with(server: &Server, notices: &str) -> TestApp {
    app(RawMail {
        mail_smtp: Some(format!("smtp://{}", server.address).as_str().into()),
        mail_notices: Some(notices.to_owned()),
        ..RawMail::default()
    })
    .await
}

fn parsed(mail: &Received) -> Message<'_> {
    MessageParser::default().parse(&mail.raw).expect("a mail")
}

fn text(mail: &Received) -> String {
    parsed(mail)
        .body_text(0)
        .expect("text")
        .replace("\r\n", "\n")
}

/// What an agent does on the first ticket: writes to the partner, or closes it.
async fn agent(app: &TestApp, message: Option<&str>) {
    let by = Author {
        kind: AuthorKind::Agent,
        name: "Agent".to_owned(),
        email: Some("agent@desk.example".to_owned()),
    };
    let sight = Sight {
        shop_id: "one".to_owned(),
        created_by: None,
        viewer: "agent".to_owned(),
    };
    let on = On {
        sight: &sight,
        reference: "PS-EU-000001",
    };
    let scope = Scope {
        shop_id: "one".to_owned(),
        sub: "agent".to_owned(),
        key: message.unwrap_or("close").to_owned(),
    };
    let once = Once {
        scope: &scope,
        fingerprint: &[0; 32],
    };
    let (store, now) = (&app.app.store, app.clock.now());
    let kept = match message {
        Some(text) => {
            let message = NewMessage {
                id: text,
                author: &by,
                text,
                uploads: &[],
            };
            let most = app.app.config.limits.messages_per_ticket;
            store.reply(on, &message, most, once, now).await
        }
        None => {
            let switch = Switch {
                to: Side::Closed,
                by: &by,
                reason: None,
            };
            store.switch(on, &switch, once, now).await
        }
    };
    assert!(matches!(kept, Ok(Kept::New(_))), "{kept:?}");
}

#[tokio::test]
async fn a_mail_is_answered_with_its_reference_and_what_is_missing() {
    let server = Server::start().await;
    let app = with(&server, "email").await;
    ingest(
        &app,
        mail(
            "ada@one.example",
            "a@one.example",
            "Subject: It broke\r\n",
            "Help.",
        ),
    )
    .await;
    let mails = server.wait(1).await;
    let first = &mails[0];
    assert_eq!(first.from, "support@desk.example");
    assert_eq!(first.to, ["ada@one.example"]);
    let message = parsed(first);
    assert_eq!(message.subject(), Some("[PS-EU-000001] It broke"));
    assert_eq!(
        message.header_raw("Auto-Submitted").map(str::trim),
        Some("auto-replied")
    );
    let id = message.message_id().expect("an id");
    let (chance, domain) = id.split_once('@').expect("two parts");
    assert!(chance.len() == 32 && domain == "desk.example", "{id}");
    let text = text(first);
    assert!(
        text.starts_with("-- Write your answer above this line --\n"),
        "{text}"
    );
    for part in [
        "PS-EU-000001",
        "Customer Primary Email Address",
        "priority",
        "by hand",
    ] {
        assert!(text.contains(part), "{part} {text}");
    }
    app.stop().await;
}

#[tokio::test]
async fn a_german_mail_is_answered_in_german_with_what_was_read_and_refused() {
    let server = Server::start().await;
    let app = with(&server, "email").await;
    ingest(&app, fixture("forwarded.eml")).await;
    let mails = server.wait(1).await;
    let text = text(&mails[0]);
    for part in [
        "Ihre E-Mail ist jetzt das Ticket",
        "admin@large.example",
        "- setup.exe",
    ] {
        assert!(text.contains(part), "{part} {text}");
    }
    app.stop().await;
}

#[tokio::test]
async fn an_answer_to_a_notice_joins_and_an_agents_answer_is_sent_in_the_thread() {
    let server = Server::start().await;
    let app = with(&server, "email").await;
    ingest(
        &app,
        mail(
            "ada@one.example",
            "a@one.example",
            "Subject: x\r\n",
            "Help.",
        ),
    )
    .await;
    let first = server.wait(1).await.remove(0);
    let id = parsed(&first).message_id().expect("an id").to_owned();
    let quoted: String = text(&first)
        .lines()
        .map(|line| format!("> {line}\r\n"))
        .collect();
    let answer = format!("admin@large.example\r\n\r\nOn Monday, Desk wrote:\r\n{quoted}");
    let answer = mail(
        "ada@one.example",
        "b@one.example",
        &format!("In-Reply-To: <{id}>\r\n"),
        &answer,
    );
    assert_eq!(
        ingest(&app, answer).await,
        Fate::Reply("PS-EU-000001".to_owned())
    );
    let ticket = detail(&app, "ada@one.example", "PS-EU-000001").await;
    assert_eq!(ticket["messages"][0]["text"], "admin@large.example");

    agent(&app, Some("Thank you.")).await;
    agent(&app, None).await;
    let mails = server.wait(3).await;
    assert!(text(&mails[1]).contains("Thank you."));
    let headers = parsed(&mails[1]);
    assert_eq!(headers.in_reply_to().as_text(), Some(id.as_str()));
    assert!(text(&mails[2]).contains("has been closed"));
    // A message is said once.
    assert!(!text(&mails[2]).contains("Thank you."));
    app.stop().await;
}

#[tokio::test]
async fn nothing_that_a_partner_wrote_becomes_a_header() {
    let server = Server::start().await;
    let app = with(&server, "email").await;
    let subject = "Subject: =?utf-8?Q?x=0D=0ABcc:_eve@two.example=0D=0A=0D=0Ahello?=\r\n";
    let raw = mail("ada@one.example", "a@one.example", subject, "Help.").replace(
        "From: ada@one.example",
        "From: =?utf-8?Q?Ada=0D=0ABcc:_eve@two.example?= <ada@one.example>",
    );
    ingest(&app, raw).await;
    let mails = server.wait(1).await;
    assert_eq!(mails[0].to, ["ada@one.example"]);
    let message = parsed(&mails[0]);
    assert_eq!(message.bcc(), None);
    assert_eq!(
        message.subject(),
        Some("[PS-EU-000001] x Bcc: eve@two.example hello")
    );
    app.stop().await;
}

#[tokio::test]
async fn a_server_that_says_later_is_asked_again_with_the_same_message_id() {
    let server = Server::start().await;
    server.moody([Mood::Later]);
    let app = with(&server, "email").await;
    ingest(&app, mail("ada@one.example", "a@one.example", "", "Help.")).await;
    let waits = || async {
        let mut database = behind(&app).await;
        database
            .notice("SELECT attempts, problem, message_id FROM mail_outbox")
            .await
    };
    let mut row = waits().await;
    for _ in 0..300 {
        if row.0 > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        row = waits().await;
    }
    assert_eq!((row.0, row.1.as_deref()), (1, Some("postponed")));
    assert!(server.mails().is_empty());
    app.clock.advance(61_000);
    let mails = server.wait(1).await;
    assert_eq!(parsed(&mails[0]).message_id(), row.2.as_deref());
    app.stop().await;
}

#[tokio::test]
async fn what_is_given_up_is_told() {
    let server = Server::start().await;
    server.moody([Mood::Never]);
    let app = with(&server, "email").await;
    ingest(&app, mail("ada@one.example", "a@one.example", "", "Help.")).await;
    let store = &app.app.store;
    for _ in 0..300 {
        if !store.undelivered(1).await.expect("list").is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let given_up = store.undelivered(9).await.expect("list");
    assert_eq!(given_up.len(), 1);
    assert_eq!(
        (given_up[0].reference.as_str(), given_up[0].problem.as_str()),
        ("PS-EU-000001", "refused")
    );
    let text = app.get("/metrics").await.text();
    assert!(
        text.contains("partner_endpoint_mail_notices{state=\"failed\"} 1"),
        "{text}"
    );
    app.stop().await;
}

#[tokio::test]
async fn without_a_server_nothing_is_left_to_be_sent() {
    let app = app(RawMail::default()).await;
    ingest(&app, mail("ada@one.example", "a@one.example", "", "Help.")).await;
    agent(&app, None).await;
    assert!(
        app.app
            .store
            .notice_counts()
            .await
            .expect("counts")
            .is_empty()
    );
    app.stop().await;
}

#[tokio::test]
async fn strangers_and_tickets_of_the_widget_get_no_notice_unless_all_do() {
    for (notices, expected) in [("email", 0), ("all", 1)] {
        let server = Server::start().await;
        let app = with(&server, notices).await;
        ingest(&app, "From: x@y.example\r\n\r\nhello").await;
        let ticket = crate::support::Request::post("/v1/tickets", &crate::support::ticket())
            .key("one")
            .token(&super::token(&app, "ada@one.example"));
        app.send(ticket).await.ok(201);
        agent(&app, None).await;
        let mails = server.wait(expected).await;
        assert_eq!(mails.len(), expected);
        let counts = app.app.store.notice_counts().await.expect("counts");
        let all: u64 = counts.iter().map(|(_, count)| count).sum();
        assert_eq!(all, u64::try_from(expected).expect("small"), "{counts:?}");
        app.stop().await;
    }
}

#[tokio::test]
async fn switching_notices_off_gives_up_what_waits() {
    let server = Server::start().await;
    let app = with(&server, "email").await;
    server.moody([Mood::Later, Mood::Later]);
    ingest(&app, mail("ada@one.example", "a@one.example", "", "Help.")).await;
    app.app.store.set_notices(None).await.expect("off");
    let counts = app.app.store.notice_counts().await.expect("counts");
    assert_eq!(counts, [(NoticeState::Failed, 1)]);
    app.stop().await;
}

/// Several programs have one mail server: partners are told once.
#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_sent_by_one_program_and_by_another_only_after_its_lease() {
    // Nobody sends but this test.
    let app = app(RawMail::default()).await;
    let store = &app.app.store;
    store.set_notices(Some(Notices::Email)).await.expect("on");
    for id in ["a", "b"] {
        let id = format!("{id}@one.example");
        ingest(&app, mail("ada@one.example", &id, "", "Help.")).await;
    }
    agent(&app, Some("Thank you.")).await;
    let twin = Store::open(&app.database()).await.expect("opened");
    let now = app.clock.now();
    let until = now.plus_seconds(300);
    let (first, second) = tokio::join!(
        store.claim_notice(now, until),
        twin.claim_notice(now, until)
    );
    let first = first.expect("claimed").expect("one");
    let second = second.expect("claimed").expect("the other");
    assert_ne!(first.ticket_id, second.ticket_id);
    // What an agent wrote comes after the receipt.
    assert_eq!(twin.claim_notice(now, until).await.expect("asked"), None);

    // The first one dies, and comes back too late.
    let taken = twin.claim_notice(until, until.plus_seconds(300)).await;
    let taken = taken.expect("claimed").expect("one");
    let earlier = if first.id == taken.id {
        &first
    } else {
        &second
    };
    assert!((taken.id, taken.lease) == (earlier.id, earlier.lease + 1));
    assert!(
        !store
            .name_notice(earlier, "late@desk.example", until)
            .await
            .expect("asked")
    );
    store
        .attempted(earlier, Attempt::Sent)
        .await
        .expect("asked");
    let counts = store.notice_counts().await.expect("counts");
    assert_eq!(counts, [(NoticeState::Waiting, 3)]);
    assert!(
        twin.name_notice(&taken, "taken@desk.example", until)
            .await
            .expect("named")
    );
    twin.attempted(&taken, Attempt::Sent).await.expect("noted");
    let mut counts = store.notice_counts().await.expect("counts");
    counts.sort_unstable_by_key(|(state, _)| *state);
    assert_eq!(counts, [(NoticeState::Waiting, 2), (NoticeState::Sent, 1)]);
    twin.close().await;
    app.stop().await;
}

/// On a server, those who take work do not take turns with those who file tickets, nor with each other.
#[tokio::test(flavor = "multi_thread")]
async fn work_is_taken_while_somebody_else_writes() {
    if !is_chosen() {
        return; // in a file one writes at a time
    }
    let app = app(RawMail::default()).await;
    let store = &app.app.store;
    store.set_notices(Some(Notices::Email)).await.expect("on");
    for id in ["a", "b"] {
        let id = format!("{id}@one.example");
        ingest(&app, mail("ada@one.example", &id, "", "Help.")).await;
    }
    let mut other = behind(&app).await;
    hold(&mut other).await;
    other
        .run("SELECT 1 FROM mail_outbox WHERE id = (SELECT min(id) FROM mail_outbox) FOR UPDATE")
        .await
        .expect("held");
    let now = app.clock.now();
    let claimed = store.claim_notice(now, now.plus_seconds(300)).await;
    let claimed = claimed.expect("at once").expect("the one that is free");
    assert_eq!(claimed.ticket.reference, "PS-EU-000002");
    other.run("ROLLBACK").await.expect("let go");
    app.stop().await;
}
