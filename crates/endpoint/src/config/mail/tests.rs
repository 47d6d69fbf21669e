//! Settings that are taken, and those that are not.

use super::*;

fn sound() -> RawMail {
    RawMail {
        mail_dc: Some("eu".to_owned()),
        mail_addresses: Some(vec!["Support@desk.example".to_owned()]),
        mail_authserv_id: Some("MX.desk.example".to_owned()),
        ..RawMail::default()
    }
}

fn refused(raw: &RawMail) -> String {
    match MailConfig::read(raw, None) {
        Err(problem) => problem.field,
        Ok(_) => "taken".to_owned(),
    }
}

#[test]
fn mail_is_off_until_a_data_centre_is_given() {
    assert!(matches!(
        MailConfig::read(&RawMail::default(), None),
        Ok(None)
    ));
    let forgotten = RawMail {
        mail_dc: None,
        ..sound()
    };
    assert_eq!(refused(&forgotten), "mail_dc");
}

#[test]
fn a_mailbox_needs_its_addresses_and_the_name_of_its_server() {
    let config = MailConfig::read(&sound(), Some(&[Dc::Eu]))
        .ok()
        .flatten()
        .map(|config| (config.region, config.sender, config.authserv_id));
    assert_eq!(
        config,
        Some((
            Region::Eu,
            "Support@desk.example".to_owned(),
            "mx.desk.example".to_owned()
        ))
    );
    assert!(MailConfig::read(&sound(), Some(&[Dc::Us])).is_err());
    for (raw, field) in [
        (
            RawMail {
                mail_addresses: None,
                ..sound()
            },
            "mail_addresses",
        ),
        (
            RawMail {
                mail_addresses: Some(vec!["nobody".to_owned()]),
                ..sound()
            },
            "mail_addresses",
        ),
        (
            RawMail {
                mail_authserv_id: None,
                ..sound()
            },
            "mail_authserv_id",
        ),
        (
            RawMail {
                mail_authserv_id: Some("mx; dmarc=pass".to_owned()),
                ..sound()
            },
            "mail_authserv_id",
        ),
        (
            RawMail {
                mail_maildir: Some(PathBuf::from("/nowhere")),
                ..sound()
            },
            "mail_maildir",
        ),
        (
            RawMail {
                mail_notices: Some("all".to_owned()),
                ..sound()
            },
            "mail_smtp",
        ),
        (
            RawMail {
                mail_region: Some("xx".to_owned()),
                ..sound()
            },
            "mail_region",
        ),
    ] {
        assert_eq!(refused(&raw), field);
    }
}

#[test]
fn passwords_travel_encrypted_or_not_at_all() {
    for (url, taken) in [
        ("smtps://user:word@mail.example", true),
        ("smtp://user:word@mail.example?tls=required", true),
        ("smtp://127.0.0.1:2525", true),
        ("smtp://[::1]:2525", true),
        ("smtp://localhost", true),
        ("smtp://mail.example", false),
        ("smtp://mail.example?tls=opportunistic", false),
        ("http://mail.example", false),
        ("mail.example", false),
    ] {
        let raw = RawMail {
            mail_smtp: Some(url.into()),
            ..sound()
        };
        assert_eq!(MailConfig::read(&raw, None).is_ok(), taken, "{url}");
    }
    let secret = Secret::from("smtps://user:word@mail.example");
    assert!(!format!("{secret:?}").contains("word"));
}

#[test]
fn certificates_are_for_a_server_that_encrypts_and_are_there() {
    let with = |url: Option<&str>, file: &str| RawMail {
        mail_smtp: url.map(Secret::from),
        mail_tls_ca: Some(
            PathBuf::from(env!("CARGO_MANIFEST_DIR"))
                .join("tests/tls")
                .join(file),
        ),
        ..sound()
    };
    for (url, file, wrong) in [
        (Some("smtps://mail.example"), "root.pem", "taken"),
        (
            Some("smtp://mail.example?tls=required"),
            "root.pem",
            "taken",
        ),
        (Some("smtp://localhost"), "root.pem", "mail_tls_ca"),
        (Some("smtps://mail.example"), "none.pem", "mail_tls_ca"),
        (Some("smtps://mail.example"), "server.key", "mail_tls_ca"),
        (None, "root.pem", "mail_smtp"),
    ] {
        assert_eq!(refused(&with(url, file)), wrong, "{url:?} {file}");
    }
}
