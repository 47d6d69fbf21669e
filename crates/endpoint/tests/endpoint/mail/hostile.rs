//! Mails that nobody wrote in good faith: set aside with a reason, soon, and nothing else stops.

use super::{app, fixture, ingest, mail};
use crate::support::TestApp;
use partner_endpoint::config::RawMail;
use partner_endpoint::mail::{Aside, Fate};
use std::fmt::Write;
use std::time::Instant;

async fn aside(app: &TestApp, raw: impl Into<Vec<u8>>) -> Aside {
    let begun = Instant::now();
    let fate = ingest(app, raw).await;
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    let Fate::SetAside(aside) = fate else {
        panic!("taken: {fate:?}");
    };
    aside
}

#[tokio::test]
async fn bombs_are_set_aside() {
    let app = app(RawMail {
        mail_max_bytes: Some(4 << 20),
        ..RawMail::default()
    })
    .await;
    let mut nested = String::from("From: x@y.example\r\n");
    let mut messages = nested.clone();
    for at in 0..10_000 {
        write!(
            nested,
            "Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n"
        )
        .expect("string");
        messages.push_str("Content-Type: message/rfc822\r\n\r\n");
    }
    for (raw, wanted) in [
        (nested.into_bytes(), Aside::TooManyParts),
        (messages.into_bytes(), Aside::TooManyParts),
        (
            format!("From: x@y.example\r\nX: {}\r\n\r\nx", "a".repeat(1 << 20)).into_bytes(),
            Aside::HeadersTooLarge,
        ),
        (
            format!("From: x@y.example\r\n{}\r\nx", "X: a\r\n".repeat(10_000)).into_bytes(),
            Aside::HeadersTooLarge,
        ),
        (vec![b'a'; (4 << 20) + 1], Aside::TooLarge),
        (Vec::new(), Aside::Unreadable),
        (vec![0; 1_000], Aside::Unreadable),
        ((0..=255).cycle().take(50_000).collect(), Aside::Unreadable),
    ] {
        assert_eq!(aside(&app, raw).await, wanted);
    }
    // The list names each, and the next honest mail is taken.
    let left = app.app.store.mails_left(i64::MAX, 20).await.expect("list");
    assert!(left.iter().all(|row| row.reason.is_some()));
    let honest = mail("ada@one.example", "a@one.example", "", "It broke.");
    assert!(matches!(ingest(&app, honest).await, Fate::Ticket(_)));
    app.stop().await;
}

#[tokio::test]
async fn machines_that_answer_are_not_answered() {
    let app = app(RawMail::default()).await;
    for (headers, wanted) in [
        ("Auto-Submitted: auto-replied\r\n", Aside::AutoSubmitted),
        ("Precedence: bulk\r\n", Aside::Bulk),
        ("List-Id: <x.one.example>\r\n", Aside::Bulk),
        ("Return-Path: <>\r\n", Aside::Bounce),
    ] {
        let raw = mail("ada@one.example", wanted.code(), headers, "I am away.");
        assert_eq!(aside(&app, raw).await, wanted);
    }
    let ours = mail("help@desk.example", "x@desk.example", "", "Hello us");
    assert_eq!(aside(&app, ours).await, Aside::OwnAddress);
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 0);
    app.stop().await;
}

#[tokio::test]
async fn broken_texts_become_what_can_be_read_of_them() {
    let app = app(RawMail::default()).await;
    let mut raw = mail(
        "ada@one.example",
        "a@one.example",
        "Subject: =?utf-8?B?////?= =?x-none?Q?=FF=00?= \u{1b}[2J\r\n",
        "begin",
    )
    .into_bytes();
    raw.extend(b"\0\x01\xff\xfe\x80 \xf0\x9f\x98 end\r\n");
    let Fate::Ticket(reference) = ingest(&app, raw).await else {
        panic!("not filed");
    };
    let ticket = super::detail(&app, "ada@one.example", &reference).await;
    for field in ["subject", "description"] {
        let text = ticket[field].as_str().expect("text");
        let control = |c: char| c.is_control() && c != '\n';
        assert!(!text.contains(control), "{text:?}");
    }
    let text = ticket["description"].as_str().expect("text");
    assert!(text.starts_with("begin") && text.ends_with("end"), "{text}");
    app.stop().await;
}

#[tokio::test]
async fn an_archive_that_would_burst_is_only_a_file() {
    let app = app(RawMail::default()).await;
    // An archive is never opened; this one says of itself that it holds four gigabytes.
    let zip =
        b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\xff\xff\xff\xff\x10\0\0\0\xff\xff\xff\xff\x01\0\0\0a";
    let mut body = String::from(
        "--m\r\n\r\nSee the file.\r\n--m\r\nContent-Type: application/zip; name=a.zip\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
    );
    for byte in zip {
        write!(body, "={byte:02X}").expect("string");
    }
    body.push_str("\r\n--m--");
    let raw = mail("ada@one.example", "a@one.example", "", &body)
        .replace("text/plain; charset=utf-8", "multipart/mixed; boundary=m");
    let Fate::Ticket(reference) = ingest(&app, raw).await else {
        panic!("not filed");
    };
    let ticket = super::detail(&app, "ada@one.example", &reference).await;
    assert_eq!(ticket["attachments"][0]["size"], zip.len());
    app.stop().await;
}

#[tokio::test]
async fn a_mail_cut_off_anywhere_ends() {
    let app = app(RawMail::default()).await;
    let whole = fixture("forwarded.eml");
    for end in (0..whole.len()).step_by(97) {
        ingest(&app, whole[..end].to_vec()).await;
    }
    app.stop().await;
}
