//! Answers by mail: they join a ticket if they name a mail of ours and come from somebody who takes part.

use super::{app, detail, filed, ingest, mail};
use crate::support::{Request, TestApp, sabotage};
use partner_endpoint::clock::Clock;
use partner_endpoint::config::RawMail;
use partner_endpoint::mail::Fate;
use serde_json::{Value, json};
use std::num::NonZeroU32;

/// A Message-ID of ours on the first ticket, as a notice has it.
async fn ours(app: &TestApp) -> String {
    let id = "0123456789abcdef@desk.example";
    let now = app.clock.now().millis();
    let sql =
        format!("INSERT INTO mail_threads (message_id, ticket_id, at) VALUES ('{id}', 1, {now})");
    sabotage(app, &sql).await;
    id.to_owned()
}

async fn with_ticket() -> (TestApp, String) {
    let app = app(RawMail::default()).await;
    let first = mail(
        "ada@one.example",
        "first@one.example",
        "Subject: x\r\n",
        "It broke.",
    );
    filed(&app, first).await;
    let id = ours(&app).await;
    (app, id)
}

fn texts(ticket: &Value) -> Vec<&str> {
    let messages = ticket["messages"].as_array().expect("messages");
    messages
        .iter()
        .map(|one| one["text"].as_str().expect("text"))
        .collect()
}

#[tokio::test]
async fn an_answer_joins_its_ticket_without_what_it_quotes() {
    let (app, id) = with_ticket().await;
    let text = "admin@large.example it is.\r\n\r\nOn Monday, Desk <support@desk.example> wrote:\r\n> What is the address?\r\n";
    let headers = format!("References: <older@x.example> <{id}>\r\nSubject: Re: x\r\n");
    let answer = mail("ada@one.example", "second@one.example", &headers, text);
    assert_eq!(
        ingest(&app, answer.clone()).await,
        Fate::Reply("PS-EU-000001".to_owned())
    );
    let ticket = detail(&app, "ada@one.example", "PS-EU-000001").await;
    assert_eq!(texts(&ticket), ["admin@large.example it is."]);
    assert_eq!(ticket["messages"][0]["attachments"], json!([]));
    assert_eq!(
        ticket["last"],
        json!({"change": "replied", "by": "partner"})
    );
    assert_eq!(ingest(&app, answer).await, Fate::Known);
    assert_eq!(
        texts(&detail(&app, "ada@one.example", "PS-EU-000001").await).len(),
        1
    );
    app.stop().await;
}

#[tokio::test]
async fn what_may_hold_an_answer_is_kept_beside() {
    let (app, id) = with_ticket().await;
    let text = "Done.\r\n-----Original Message-----\r\nFrom: Desk\r\nWhich one? -> This one!";
    let headers = format!("In-Reply-To: <{id}>\r\n");
    ingest(
        &app,
        mail("ada@one.example", "b@one.example", &headers, text),
    )
    .await;
    let ticket = detail(&app, "ada@one.example", "PS-EU-000001").await;
    assert_eq!(texts(&ticket), ["Done."]);
    assert_eq!(ticket["messages"][0]["attachments"][0]["name"], "mail.txt");
    app.stop().await;
}

#[tokio::test]
async fn an_answer_reopens_a_closed_ticket() {
    let (app, id) = with_ticket().await;
    let close = Request::post("/v1/tickets/PS-EU-000001/close", &json!({}))
        .key("close")
        .token(&super::token(&app, "ada@one.example"));
    app.send(close).await.ok(201);
    let headers = format!("In-Reply-To: <{id}>\r\n");
    ingest(
        &app,
        mail(
            "ada@one.example",
            "b@one.example",
            &headers,
            "Still broken.",
        ),
    )
    .await;
    let ticket = detail(&app, "ada@one.example", "PS-EU-000001").await;
    assert_eq!(ticket["status"], "open");
    assert_eq!(texts(&ticket), ["Still broken."]);
    let history = ticket["history"].as_array().expect("history");
    let changes: Vec<_> = history.iter().map(|one| &one["change"]).collect();
    assert_eq!(changes, ["filed", "closed", "reopened"]);
    assert_eq!(history[2]["by"]["email"], "ada@one.example");
    app.stop().await;
}

#[tokio::test]
async fn an_answer_to_a_ticket_on_hold_opens_it_again() {
    let (app, id) = with_ticket().await;
    sabotage(&app, "UPDATE tickets SET status = 'on_hold'").await;
    let headers = format!("In-Reply-To: <{id}>\r\n");
    ingest(
        &app,
        mail("ada@one.example", "b@one.example", &headers, "Here it is."),
    )
    .await;
    let ticket = detail(&app, "ada@one.example", "PS-EU-000001").await;
    assert_eq!(ticket["status"], "open");
    assert_eq!(ticket["history"][1]["change"], "resumed");
    app.stop().await;
}

#[tokio::test]
async fn nobody_else_joins_a_ticket() {
    let (app, id) = with_ticket().await;
    let headers = format!("In-Reply-To: <{id}>\r\n");
    // A colleague who takes no part, and somebody of another shop who got hold of the mail: tickets of theirs.
    for from in ["bob@one.example", "eve@two.example"] {
        let raw = mail(from, &format!("x-{from}"), &headers, "Me too.");
        assert!(matches!(ingest(&app, raw).await, Fate::Ticket(_)), "{from}");
    }
    // Somebody who is not certain: nothing.
    let raw = mail(
        "ada@one.example",
        "y@one.example",
        &headers,
        "Me, honestly.",
    );
    let fate = ingest(&app, raw.replace("dmarc=pass", "dmarc=fail")).await;
    assert!(matches!(fate, Fate::Unverified(_)));
    // Neither the subject, nor the reference, nor a Message-ID of the partner's own.
    for (at, headers) in [
        "Subject: Re: [PS-EU-000001] x\r\n",
        "Subject: x\r\nReferences: <first@one.example>\r\n",
        "Subject: x\r\nReferences: <PS-EU-000001@desk.example>\r\n",
    ]
    .iter()
    .enumerate()
    {
        let raw = mail(
            "ada@one.example",
            &format!("z{at}@one.example"),
            headers,
            "New.",
        );
        assert!(
            matches!(ingest(&app, raw).await, Fate::Ticket(_)),
            "{headers}"
        );
    }
    let ticket = detail(&app, "ada@one.example", "PS-EU-000001").await;
    assert!(texts(&ticket).is_empty());
    app.stop().await;
}

#[tokio::test]
async fn a_mail_beyond_what_a_ticket_takes_is_a_ticket_of_its_own() {
    let (app, id) = with_ticket().await;
    let mut office = super::office(&app);
    office.messages = NonZeroU32::MIN;
    let headers = format!("In-Reply-To: <{id}>\r\n");
    let raw = mail("ada@one.example", "b@one.example", &headers, "One.");
    let joined = office.ingest(raw.into_bytes()).await.expect("ended");
    assert_eq!(joined, Fate::Reply("PS-EU-000001".to_owned()));
    let raw = mail("ada@one.example", "c@one.example", &headers, "One more.");
    let beyond = office.ingest(raw.into_bytes()).await.expect("ended");
    assert_eq!(beyond, Fate::Ticket("PS-EU-000002".to_owned()));
    app.stop().await;
}

#[tokio::test]
async fn who_has_answered_takes_part() {
    let (app, id) = with_ticket().await;
    let reply = Request::post(
        "/v1/tickets/PS-EU-000001/replies",
        &json!({"text": "I see it too."}),
    )
    .key("reply")
    .token(&super::token(&app, "Bob@one.example"));
    app.send(reply).await.ok(201);
    let headers = format!("In-Reply-To: <{id}>\r\n");
    let raw = mail(
        "bob@one.example",
        "b@one.example",
        &headers,
        "And now it is gone.",
    );
    assert_eq!(
        ingest(&app, raw).await,
        Fate::Reply("PS-EU-000001".to_owned())
    );
    app.stop().await;
}

#[tokio::test]
async fn a_mail_of_ours_that_comes_back_is_set_aside() {
    let (app, id) = with_ticket().await;
    let raw = mail("ada@one.example", &id, "", "Bounced around.");
    let fate = ingest(&app, raw).await;
    assert_eq!(
        fate,
        Fate::SetAside(partner_endpoint::mail::Aside::OwnMessage)
    );
    app.stop().await;
}
