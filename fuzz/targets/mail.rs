//! Whatever the form holds (fields separated by U+001E): a link and a file that say the same as the form,
//! with no header and no parameter but ours.

#![no_main]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use libfuzzer_sys::fuzz_target;
use partner_desk::state::mail::{LIMIT, Mail, compose, eml, link};
use partner_rules::{Dc, Draft, OrgIdKind};
use url::Url;

const TO: &str = "support@zoho.example";
const PASTE: &str = "Please paste the text here.";
const NAMES: [&str; 8] = [
    "X-Unsent",
    "Date",
    "From",
    "To",
    "Subject",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
];

fuzz_target!(|text: &str| {
    let mut fields = text.split('\u{1E}');
    let mut field = || fields.next().unwrap_or_default().to_owned();
    let draft = Draft {
        subject: field(),
        description: field(),
        superadmin_email: field(),
        service: field(),
        org_id: field(),
        superadmin_unknown: !field().is_empty(),
        customer_email: field(),
        zuid: field(),
        org_id_kind: OrgIdKind::Zoid,
    };
    let from = field();
    let mail = compose(&draft, TO, Some(Dc::Eu));
    assert!(mail.body.contains(draft.description.trim()));
    linked(&mail);
    filed(&mail, &from);
});

fn linked(mail: &Mail) {
    let link = link(mail, PASTE);
    assert!(link.href.len() <= LIMIT && link.href.bytes().all(|byte| byte.is_ascii_graphic()));
    let url = Url::parse(&link.href).unwrap();
    assert_eq!((url.scheme(), url.path()), ("mailto", TO));
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let [(first, subject), (second, body)] = &*pairs else {
        panic!("{pairs:?}");
    };
    assert_eq!((&**first, &**second), ("subject", "body"));
    if link.by_clipboard {
        let begun = subject.strip_suffix('…').unwrap_or(subject);
        assert!(
            body == PASTE
                && with_crlf(&mail.subject).starts_with(begun) | mail.subject.starts_with(begun)
        );
    } else {
        assert_eq!(subject, &mail.subject);
        assert_eq!(body, &with_crlf(&mail.body));
    }
}

fn filed(mail: &Mail, from: &str) {
    let file = eml(mail, Some(from), 1_790_000_000_000);
    assert!(file.is_ascii());
    let (head, body) = file.split_once("\r\n\r\n").unwrap();
    assert!(
        file.split("\r\n")
            .all(|line| line.len() <= 998 && !line.contains(['\r', '\n']))
    );
    let head = head.replace("\r\n ", "");
    let names: Vec<&str> = head
        .split("\r\n")
        .map(|line| line.split_once(':').unwrap().0)
        .collect();
    let wanted = NAMES
        .iter()
        .filter(|name| **name != "From" || names.contains(name));
    assert!(names.iter().eq(wanted), "{names:?}");
    let subject = head
        .split("\r\n")
        .find_map(|line| line.strip_prefix("Subject: "));
    assert_eq!(decoded(subject.unwrap()), mail.subject);
    let body = STANDARD.decode(body.replace("\r\n", "")).unwrap();
    assert_eq!(String::from_utf8(body).unwrap(), with_crlf(&mail.body));
}

/// RFC 2047, as far as we write it.
fn decoded(subject: &str) -> String {
    if !subject.starts_with("=?") {
        return subject.to_owned();
    }
    let words = subject.split("=?UTF-8?B?").skip(1);
    words
        .map(|word| {
            let bytes = STANDARD.decode(word.strip_suffix("?=").unwrap()).unwrap();
            String::from_utf8(bytes).unwrap()
        })
        .collect()
}

/// Every line end of a text as mail has it.
fn with_crlf(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\n', "\r\n")
}
