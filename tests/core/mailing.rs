//! The composer: the draft of the form, a message in a fixed form, and what may become of it.

use crate::desk::Desk;
use partner_desk::state::action::MailUse;
use partner_desk::state::mail::{LIMIT, Mail, compose, eml, link};
use partner_desk::state::signal::{Errand, FocusTarget, Paper};
use partner_desk::state::{Action, Effect, Fault, Input, Screen};
use partner_rules::wire::Access;
use partner_rules::{Dc, Draft, Field, OrgIdKind};
use std::rc::Rc;

const PASTE: &str = "Paste the text here.";

fn draft() -> Draft {
    Draft {
        service: "Zoho CRM".to_owned(),
        org_id: "20000000001".to_owned(),
        subject: "Cannot sign in".to_owned(),
        description: "Since 09:12 UTC\nnobody can.".to_owned(),
        superadmin_email: "admin@large.example".to_owned(),
        ..Draft::default()
    }
}

fn mail(subject: &str, body: &str) -> Mail {
    Mail {
        to: "partner-support@zohocorp.com".to_owned(),
        subject: subject.to_owned(),
        body: body.to_owned(),
    }
}

fn copied(desk: &Desk) -> Vec<Rc<str>> {
    let errands = desk.state.signals.errands.iter();
    errands
        .filter_map(|(_, errand)| {
            if let Errand::Copy(text) = errand {
                Some(Rc::clone(text))
            } else {
                None
            }
        })
        .collect()
}

fn saved(desk: &Desk) -> Option<Rc<Paper>> {
    let mut errands = desk.state.signals.errands.iter();
    errands.find_map(|(_, errand)| {
        if let Errand::Save(paper) = errand {
            Some(Rc::clone(paper))
        } else {
            None
        }
    })
}

// The message.

#[test]
fn the_text_has_its_fixed_form_in_english() {
    let mail = compose(&draft(), "to@example.com", Some(Dc::Eu));
    assert_eq!(mail.subject, "Cannot sign in");
    assert_eq!(
        mail.body,
        "Customer Primary Email Address: admin@large.example\n\
         Service name: Zoho CRM\n\
         Service organisation ID (ZOID): 20000000001\n\
         Data centre: EU\n\
         Subject: Cannot sign in\n\
         \n\
         Description:\n\
         Since 09:12 UTC\nnobody can.\n"
    );
}

#[test]
fn without_the_superadmin_address_it_says_so_and_gives_what_stands_in_for_it() {
    let draft = Draft {
        superadmin_unknown: true,
        superadmin_email: "left over".to_owned(),
        customer_email: "jo@customer.example".to_owned(),
        zuid: "  ".to_owned(),
        org_id_kind: OrgIdKind::Zgid,
        ..draft()
    };
    let body = compose(&draft, "to@example.com", None).body;
    assert!(
        body.starts_with(
            "Customer Primary Email Address: not known\n\
             Customer's email address: jo@customer.example\n\
             Service name: Zoho CRM\n\
             Service organisation ID (ZGID): 20000000001\n\
             Subject:"
        ),
        "{body}"
    );
    assert!(!body.contains("left over"));
}

// The composer.

#[test]
fn form_and_composer_hold_the_same_draft() {
    let mut desk = Desk::complete();
    let form = Rc::clone(&desk.state.form);
    desk.act(Action::Back);
    desk.act(Action::TabChosen(Screen::Help));
    desk.act(Action::Go(Screen::Composer));
    assert_eq!(desk.state.form, form);
    assert_eq!(desk.focus(), Some(&FocusTarget::Field(Field::Service)));
    desk.act(Action::Edited(Input::Subject("Changed here".to_owned())));
    desk.act(Action::Back);
    assert_eq!(desk.state.screen, Screen::Help);
    assert_eq!(desk.focus(), Some(&FocusTarget::Compose));
    desk.act(Action::TabChosen(Screen::Requests));
    desk.act(Action::Go(Screen::AddTicket));
    assert_eq!(desk.state.form.draft.subject, "Changed here");
    assert_eq!(desk.outcome(), "undecided");
}

#[test]
fn nothing_incomplete_leaves_it() {
    for wish in [
        MailUse::Open {
            by_clipboard: false,
        },
        MailUse::Copy,
        MailUse::Save,
    ] {
        let mut desk = Desk::on_form();
        desk.act(Action::Go(Screen::Composer));
        desk.act(Action::Edited(Input::Subject("x".to_owned())));
        desk.act(Action::MailWanted(wish));
        assert!(desk.errors().contains(&Field::SuperadminEmail), "{wish:?}");
        assert_eq!(desk.focus(), Some(&FocusTarget::ErrorSummary));
        assert!(copied(&desk).is_empty() && saved(&desk).is_none());
    }
}

#[test]
fn a_complete_message_is_copied_saved_or_opened() {
    let mut desk = Desk::complete();
    desk.act(Action::Go(Screen::Composer));
    desk.act(Action::MailWanted(MailUse::Open {
        by_clipboard: false,
    }));
    assert!(copied(&desk).is_empty(), "the link carries it");
    desk.act(Action::MailWanted(MailUse::Copy));
    assert_eq!(copied(&desk).len(), 1);
    assert!(
        copied(&desk)
            .iter()
            .all(|text| text.starts_with("Customer Primary Email Address: admin@large.example\n"))
    );
    desk.act(Action::MailWanted(MailUse::Open { by_clipboard: true }));
    assert_eq!(copied(&desk).len(), 2);
    desk.act(Action::MailWanted(MailUse::Save));
    let paper = saved(&desk).expect("saved");
    assert_eq!(paper.name, "partner-support.eml");
    assert!(paper.content.contains("\r\nFrom: ada@partner.example\r\n"));
    assert!(
        paper
            .content
            .contains("\r\nTo: partner-support@eu.zohocorp.com\r\n")
    );
    assert!(desk.errors().is_empty());
}

#[test]
fn the_address_goes_by_region_whatever_the_data_centre() {
    for (dc, address) in [
        ("us", "partner-support@zohocorp.com"),
        ("in", "partner-support@zohocorp.com"),
        ("au", "partner-support@zohocorp.com"),
        ("jp", "partner-support@zohocorp.com"),
        ("sa", "partner-support@zohocorp.com"),
        ("ca", "partner-support@zohocorp.com"),
        ("eu", "partner-support@eu.zohocorp.com"),
        ("uk", "partner-support@eu.zohocorp.com"),
    ] {
        assert_eq!(
            Desk::new(dc).state.mail_address().as_deref(),
            Some(address),
            "{dc}"
        );
    }
    assert_eq!(Desk::new("").state.mail_address(), None);
}

#[test]
fn where_there_is_no_widget_channel_add_ticket_leads_to_the_composer() {
    for dc in ["sa", "ca", "uk"] {
        let mut desk = Desk::new(dc);
        desk.act(Action::Opened {
            screen: Some(Screen::AddTicket),
            now_ms: 0,
        });
        desk.connect(Access::Company);
        assert_eq!(desk.state.screen, Screen::Composer, "{dc}");
        assert_eq!(desk.focus(), Some(&FocusTarget::FirstField));
        desk.act(Action::Back);
        assert_eq!(desk.state.screen, Screen::Requests);
        desk.act(Action::Go(Screen::AddTicket));
        assert_eq!(desk.state.screen, Screen::Composer);
        desk.act(Action::Submit);
        assert!(
            !partner_desk::state::pending(&desk.state)
                .iter()
                .any(|effect| matches!(effect, Effect::Submit { .. })),
            "nothing can be filed"
        );
    }
}

#[test]
fn without_access_there_is_no_form_of_either_kind_under_requests() {
    let mut desk = Desk::new("sa");
    desk.act(Action::Opened {
        screen: Some(Screen::AddTicket),
        now_ms: 0,
    });
    desk.connect(Access::None);
    assert_eq!(desk.state.screen, Screen::AddTicket);
    assert!(!desk.state.may_file() && !desk.state.mails_instead());
    assert!(
        desk.state.mail_address().is_some(),
        "but from Help anybody may write"
    );
}

#[test]
fn without_an_endpoint_the_built_in_rules_check_the_message() {
    let mut desk = Desk::new("eu");
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    let attempt = attempt!(desk, Connect);
    desk.act(Action::ConnectFailed {
        attempt,
        fault: Fault::Unreachable,
    });
    desk.act(Action::Go(Screen::Composer));
    desk.fill("Anything at all", "123", "admin@large.example");
    desk.act(Action::Left(Field::Service));
    assert_eq!(
        desk.state.form.hints(Field::Service).count(),
        0,
        "no list, so nothing is unlisted"
    );
    desk.act(Action::MailWanted(MailUse::Copy));
    assert_eq!(desk.errors(), [Field::OrgId]);
    desk.act(Action::Edited(Input::OrgId("20000000001".to_owned())));
    desk.act(Action::MailWanted(MailUse::Save));
    let paper = saved(&desk).expect("saved");
    assert!(
        !paper.content.contains("From:"),
        "nobody is known to be signed in"
    );
}

// The link.

/// What a mail program reads out of the link: subject and text.
fn read(href: &str) -> (String, String) {
    let decoded = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.as_bytes().iter().copied();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let hex = [rest.next().expect("hex"), rest.next().expect("hex")];
                let hex = std::str::from_utf8(&hex).expect("ASCII").to_owned();
                bytes.push(u8::from_str_radix(&hex, 16).expect("hex"));
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).expect("UTF-8")
    };
    let rest = href
        .strip_prefix("mailto:partner-support@zohocorp.com?subject=")
        .expect("a mail link");
    let (subject, body) = rest.split_once("&body=").expect("a text");
    assert!(
        rest.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~%&=".contains(&b)),
        "{rest}"
    );
    assert_eq!(rest.matches('&').count(), 1);
    (decoded(subject), decoded(body))
}

#[test]
fn the_link_carries_the_whole_message_up_to_the_last_byte() {
    let empty = link(&mail("S", ""), PASTE).href.len();
    let fits = link(&mail("S", &"a".repeat(LIMIT - empty)), PASTE);
    assert_eq!((fits.href.len(), fits.by_clipboard), (LIMIT, false));
    let over = link(&mail("S", &"a".repeat(LIMIT - empty + 1)), PASTE);
    assert!(over.by_clipboard);
    assert_eq!(read(&over.href), ("S".to_owned(), PASTE.to_owned()));
    // One character of two bytes weighs six.
    let wide = link(
        &mail("S", &format!("{}ü", "a".repeat(LIMIT - empty - 5))),
        PASTE,
    );
    assert!(wide.by_clipboard);
}

#[test]
fn what_is_typed_cannot_add_a_field_to_the_link() {
    let nasty = "a&bcc=x@y.example?cc=#%0D%0ABcc: z\r\nBcc: w + \"<>";
    let made = link(&mail(nasty, nasty), PASTE);
    let (subject, body) = read(&made.href);
    assert_eq!(subject, nasty);
    assert_eq!(body, nasty);
}

#[test]
fn a_very_long_subject_gives_way_and_the_link_stays_within_its_limit() {
    for subject in ["😀".repeat(255), "漢".repeat(255), "a".repeat(5_000)] {
        let made = link(&mail(&subject, "text"), PASTE);
        assert!(made.href.len() <= LIMIT, "{}", made.href.len());
        assert!(made.by_clipboard);
        let (read, body) = read(&made.href);
        let kept = read.strip_suffix('…').expect("shortened");
        assert!(subject.starts_with(kept) && !kept.is_empty());
        assert_eq!(body, PASTE);
    }
}

#[test]
fn every_end_of_line_is_one_in_the_link() {
    let (_, body) = read(&link(&mail("S", "a\nb\r\nc\rd\n"), PASTE).href);
    assert_eq!(body, "a\r\nb\r\nc\r\nd\r\n");
}

// The file.

/// Header lines, unfolded, and the decoded text.
fn parsed(file: &str) -> (Vec<(String, String)>, String) {
    let (head, body) = file.split_once("\r\n\r\n").expect("head and body");
    let bare = file.replace("\r\n", "");
    assert!(!bare.contains(['\r', '\n']) && bare.is_ascii(), "{file:?}");
    assert!(
        file.split("\r\n").all(|line| line.len() <= 78),
        "a line is too long"
    );
    let head = head.replace("\r\n ", " ");
    let headers = head
        .split("\r\n")
        .map(|line| {
            let (name, value) = line.split_once(": ").expect("a header");
            (name.to_owned(), value.to_owned())
        })
        .collect();
    (
        headers,
        String::from_utf8(base64(&body.replace("\r\n", ""))).expect("UTF-8"),
    )
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    for group in text.as_bytes().chunks(4) {
        let value =
            |c: &u8| u32::try_from(LETTERS.find(char::from(*c)).unwrap_or(0)).expect("a sextet");
        let all = group.iter().fold(0, |sum, c| sum << 6 | value(c));
        let padding = group.iter().filter(|c| **c == b'=').count();
        let whole = all.to_be_bytes();
        bytes.extend(whole.iter().skip(1).take(3 - padding));
    }
    bytes
}

fn subject_of(headers: &[(String, String)]) -> String {
    let (_, value) = headers
        .iter()
        .find(|(name, _)| name == "Subject")
        .expect("a subject");
    if !value.contains("=?") {
        return value.clone();
    }
    value
        .split(' ')
        .map(|word| {
            assert!(word.len() <= 75, "{word}");
            let inner = word.strip_prefix("=?UTF-8?B?").expect("an encoded word");
            let inner = inner.strip_suffix("?=").expect("its end");
            String::from_utf8(base64(inner)).expect("whole characters")
        })
        .collect()
}

#[test]
fn the_file_is_a_draft_with_exactly_its_headers() {
    let file = eml(
        &mail("Cannot sign in", "a\nb"),
        Some("ada@partner.example"),
        1_795_424_400_000,
    );
    let (headers, body) = parsed(&file);
    let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (&**n, &**v)).collect();
    assert_eq!(
        headers,
        [
            ("X-Unsent", "1"),
            ("Date", "23 Nov 2026 09:00:00 +0000"),
            ("From", "ada@partner.example"),
            ("To", "partner-support@zohocorp.com"),
            ("Subject", "Cannot sign in"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "base64"),
        ]
    );
    assert_eq!(body, "a\r\nb");
}

#[test]
fn nothing_typed_becomes_a_header() {
    for subject in [
        "x\r\nBcc: thief@example.com",
        "x\nBcc: thief@example.com\n\nbody",
        "=?UTF-8?Q?=0D=0ABcc:?=",
        "مرحبا\u{202e}abc",
        " leading",
        "",
    ] {
        let file = eml(&mail(subject, subject), Some("a@b\r\nBcc: c@d"), 0);
        let (headers, _) = parsed(&file);
        assert_eq!(subject_of(&headers), subject);
        let names: Vec<&str> = headers.iter().map(|(name, _)| &**name).collect();
        assert!(
            !names.contains(&"Bcc") && !names.contains(&"From"),
            "{names:?}"
        );
    }
}

/// Texts of a fixed seed, of characters that mail and links give a meaning to, and of others.
#[test]
fn any_text_comes_out_of_link_and_file_as_it_went_in() {
    const SIGNS: [char; 24] = [
        'a', 'Z', '0', ' ', '\t', '\r', '\n', '\0', '&', '=', '?', '%', '#', '+', '@', ':', '"',
        'ü', 'ß', '漢', '😀', '\u{202e}', '\u{feff}', 'ع',
    ];
    let mut seed = 7_u64;
    let mut next = |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((seed >> 33) % below).expect("small")
    };
    for round in 0..1_000 {
        let mut text = |most: u64| -> String { (0..next(most)).map(|_| SIGNS[next(24)]).collect() };
        let written = mail(&text(300), &text(600));
        let lines = |text: &str| {
            text.replace("\r\n", "\n")
                .replace('\r', "\n")
                .replace('\n', "\r\n")
        };

        let made = link(&written, PASTE);
        assert!(made.href.len() <= LIMIT);
        let (subject, body) = read(&made.href);
        if made.by_clipboard {
            assert_eq!(body, PASTE);
        } else {
            assert_eq!(body, lines(&written.body), "round {round}");
            assert_eq!(subject, written.subject, "round {round}");
        }

        let (headers, body) = parsed(&eml(&written, None, 0));
        assert_eq!(headers.len(), 7, "round {round}");
        assert_eq!(subject_of(&headers), written.subject);
        assert_eq!(body, lines(&written.body));
    }
}
