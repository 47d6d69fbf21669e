//! Mails that no person wrote to us, or that we wrote: none of them becomes a ticket, and none is answered, so
//! that two machines never write to each other for ever.

use super::Aside;
use super::letter::Letter;
use crate::config::MailConfig;
use crate::directory::address_key;

/// `Precedence` of what goes to many, and of machines (RFC 3834 and custom).
const BULK: [&str; 4] = ["bulk", "junk", "list", "auto_reply"];
const LISTS: [&str; 3] = ["list-id", "list-unsubscribe", "x-autoreply"];

/// Why this mail is none for us, as far as its headers tell.
pub(super) fn aside(letter: &Letter, config: &MailConfig) -> Option<Aside> {
    let bounced = letter.values("return-path").any(|path| path.trim() == "<>");
    let report = letter
        .values("content-type")
        .any(|kind| kind.to_ascii_lowercase().starts_with("multipart/report"));
    if bounced || report {
        return Some(Aside::Bounce);
    }
    let auto = letter.values("auto-submitted").any(|value| {
        let word = value.split([';', ' ', '(']).next().unwrap_or_default();
        !word.eq_ignore_ascii_case("no")
    });
    if auto {
        return Some(Aside::AutoSubmitted);
    }
    let many = letter
        .values("precedence")
        .any(|value| BULK.contains(&value.trim().to_ascii_lowercase().as_str()));
    if many
        || LISTS
            .iter()
            .any(|name| letter.values(name).next().is_some())
    {
        return Some(Aside::Bulk);
    }
    let ours = |address: &String| config.keys.contains(&address_key(address));
    letter.from.iter().any(ours).then_some(Aside::OwnAddress)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::RawMail;
    use crate::mail::letter;

    fn asked(head: &str) -> Option<Aside> {
        let raw = RawMail {
            mail_dc: Some("eu".to_owned()),
            mail_addresses: Some(vec!["Support@desk.example".to_owned()]),
            mail_authserv_id: Some("mx.desk.example".to_owned()),
            ..RawMail::default()
        };
        let config = MailConfig::read(&raw, None).ok().flatten()?;
        let letter = letter::read(format!("{head}\n\nx").as_bytes(), 10_000).ok()?;
        aside(&letter, &config)
    }

    #[test]
    fn machines_lists_and_ourselves_are_set_aside() {
        for (head, wanted) in [
            (
                "From: a@b.example\nAuto-Submitted: auto-replied",
                Some(Aside::AutoSubmitted),
            ),
            (
                "From: a@b.example\nAuto-Submitted: auto-generated; x=y",
                Some(Aside::AutoSubmitted),
            ),
            ("From: a@b.example\nAuto-Submitted: No", None),
            ("From: a@b.example\nPrecedence: BULK", Some(Aside::Bulk)),
            ("From: a@b.example\nPrecedence: first-class", None),
            (
                "From: a@b.example\nList-Id: <all.b.example>",
                Some(Aside::Bulk),
            ),
            ("Return-Path: <>\nFrom: a@b.example", Some(Aside::Bounce)),
            ("Return-Path: <a@b.example>\nFrom: a@b.example", None),
            (
                "From: m@b.example\nContent-Type: multipart/report; boundary=x",
                Some(Aside::Bounce),
            ),
            ("From: Desk <SUPPORT@desk.example>", Some(Aside::OwnAddress)),
            ("From: a@b.example", None),
        ] {
            assert_eq!(asked(head), wanted, "{head}");
        }
    }
}
