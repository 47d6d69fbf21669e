//! Headers as they arrive, honest and forged.

use super::*;
use crate::config::RawMail;
use crate::mail::head;

fn config(hops: usize) -> MailConfig {
    let raw = RawMail {
        mail_dc: Some("eu".to_owned()),
        mail_addresses: Some(vec!["support@desk.example".to_owned()]),
        mail_authserv_id: Some("mx.desk.example".to_owned()),
        mail_hops: Some(hops),
        ..RawMail::default()
    };
    MailConfig::read(&raw, None)
        .ok()
        .flatten()
        .unwrap_or_else(|| unreachable!("sound settings"))
}

fn asked(head: &str, hops: usize) -> Result<String, Doubt> {
    let raw = format!("{head}\nFrom: Ada <ada@one.example>\n\n");
    let fields = head::fields(raw.as_bytes());
    let from = ["ada@one.example".to_owned()];
    vouched(&fields, &from, &config(hops)).map(|vouched| vouched.key)
}

#[test]
fn our_servers_word_is_taken() {
    for head in [
        "Authentication-Results: mx.desk.example; dmarc=pass header.from=one.example",
        "Received: by mx\nAuthentication-Results: mx.desk.example; dmarc=pass (p=none) header.from=ONE.example",
        "Authentication-Results: other.example; dmarc=fail\nAuthentication-Results: MX.desk.example; dmarc=pass header.from=one.example",
        "Authentication-Results: mx.desk.example; dmarc=none; dkim=pass header.d=one.example",
        "Authentication-Results: mx.desk.example; dkim=fail header.d=list.example; dkim=pass header.d=one.example",
    ] {
        assert_eq!(asked(head, 1), Ok("ada@one.example".to_owned()), "{head}");
    }
}

#[test]
fn nothing_else_is() {
    for (head, doubt) in [
        ("", Doubt::NotAuthenticated),
        (
            "Authentication-Results: mx.evil.example; dmarc=pass header.from=one.example",
            Doubt::NotAuthenticated,
        ),
        (
            "Authentication-Results: mx.desk.example.evil.example; dmarc=pass header.from=one.example",
            Doubt::NotAuthenticated,
        ),
        (
            "Received: by mx\nReceived: from sender\nAuthentication-Results: mx.desk.example; dmarc=pass header.from=one.example",
            Doubt::NotAuthenticated,
        ),
        (
            "Authentication-Results: mx.desk.example; dmarc=fail header.from=one.example\nAuthentication-Results: mx.desk.example; dmarc=pass header.from=one.example",
            Doubt::NotPassed,
        ),
        (
            "Authentication-Results: mx.desk.example (broken; dmarc=fail\nAuthentication-Results: mx.desk.example; dmarc=pass header.from=one.example",
            Doubt::NotAuthenticated,
        ),
        (
            "Authentication-Results: mx.desk.example; none",
            Doubt::NotPassed,
        ),
        (
            "Authentication-Results: mx.desk.example; dmarc=pass",
            Doubt::NotPassed,
        ),
        (
            "Authentication-Results: mx.desk.example; dmarc=pass header.from=evil.example",
            Doubt::NotPassed,
        ),
        (
            "Authentication-Results: mx.desk.example; dmarc=pass header.from=evil.example; dmarc=pass header.from=one.example",
            Doubt::NotPassed,
        ),
        (
            "Authentication-Results: mx.desk.example; dmarc=fail header.from=one.example; dkim=pass header.d=one.example",
            Doubt::NotPassed,
        ),
        (
            "Authentication-Results: mx.desk.example; spf=pass smtp.mailfrom=ada@one.example",
            Doubt::NotPassed,
        ),
        (
            "Authentication-Results: mx.desk.example; dkim=pass header.d=example; dkim=pass header.d=x.one.example",
            Doubt::NotPassed,
        ),
        (
            "Authentication-Results: mx.desk.example; spf=fail reason=\"dmarc=pass header.from=one.example\"",
            Doubt::NotPassed,
        ),
        ("From: eve@one.example", Doubt::NoSender),
    ] {
        assert_eq!(asked(head, 1), Err(doubt), "{head}");
    }
}

#[test]
fn more_servers_of_ours_are_a_setting() {
    let head = "Received: by inner\nReceived: by mx\nAuthentication-Results: mx.desk.example; dmarc=pass header.from=one.example";
    assert_eq!(asked(head, 1), Err(Doubt::NotAuthenticated));
    assert_eq!(asked(head, 2), Ok("ada@one.example".to_owned()));
}

#[test]
fn one_sender_is_one_address() {
    let head =
        "Authentication-Results: mx.desk.example; dmarc=pass header.from=one.example\nFrom: x\n\n";
    let fields = head::fields(head.as_bytes());
    for from in [
        vec![],
        vec!["ada@one.example".to_owned(), "eve@two.example".to_owned()],
        vec!["ada".to_owned()],
        vec!["ada@one.example eve@one.example".to_owned()],
    ] {
        assert_eq!(
            vouched(&fields, &from, &config(1)),
            Err(Doubt::NoSender),
            "{from:?}"
        );
    }
}
