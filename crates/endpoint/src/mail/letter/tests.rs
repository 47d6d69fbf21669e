//! Mails in the encodings of the world, and mails that are none.

use super::*;

const MAX: usize = 1 << 20;

fn letter(raw: &[u8]) -> Letter {
    match read(raw, MAX) {
        Ok(letter) => letter,
        Err(aside) => unreachable!("set aside: {aside:?}"),
    }
}

#[test]
fn encodings_are_undone() {
    for (kind, encoding, body, wanted) in [
        (
            "text/plain; charset=utf-8",
            "base64",
            "R3LDvMOfZQ==",
            "Grüße",
        ),
        (
            "text/plain; charset=windows-1252",
            "quoted-printable",
            "Gr=FC=DFe=20=80 5 =96 =\r\nmehr",
            "Grüße € 5 – mehr",
        ),
        (
            "text/plain; charset=iso-2022-jp",
            "7bit",
            "\u{1b}$B8\\5R\u{1b}(B",
            "顧客",
        ),
        (
            "text/plain; charset=shift_jis",
            "base64",
            "jNqLcQ==",
            "顧客",
        ),
        ("text/plain; charset=no-such", "8bit", "plain", "plain"),
        ("text/plain", "x-unknown", "plain", "plain"),
        (
            "text/html; charset=utf-8",
            "8bit",
            "<p>Grüße</p><div>ZOID: 1</div>",
            "Grüße\nZOID: 1",
        ),
        ("text/plain", "8bit", "a\0b\u{8}c\r\nd\re", "abc\nd\ne"),
    ] {
        let raw = format!(
            "From: a@b.example\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n"
        );
        assert_eq!(letter(raw.as_bytes()).text, wanted, "{kind} {encoding}");
    }
}

#[test]
fn headers_are_decoded_and_one_line() {
    let raw = b"From: =?UTF-8?Q?J=C3=BCrgen_=0D=0AM?= <Juergen@one.example>\r\n\
        Subject: =?ISO-8859-1?Q?Gr=FC=DFe?= =?UTF-8?B?4pi6?=\r\n\tfolded =?x?y?\r\n\
        Message-ID: <one@one.example>\r\n\
        In-Reply-To: <a@desk.example>\r\nReferences: <b@desk.example> <c@desk.example>\r\n\r\nx";
    let letter = letter(raw);
    assert_eq!(letter.from, ["Juergen@one.example"]);
    assert_eq!(letter.from_name, "Jürgen M");
    assert_eq!(letter.subject, "Grüße☺ folded =?x?y?");
    assert_eq!(letter.message_id, "one@one.example");
    assert_eq!(
        letter.named,
        ["a@desk.example", "c@desk.example", "b@desk.example"]
    );
}

#[test]
fn files_are_enclosures_and_texts_are_read() {
    let raw = b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n\
        --m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
        --a\r\nContent-Type: text/plain\r\n\r\nplain\r\n\
        --a\r\nContent-Type: text/html\r\n\r\n<p>page</p>\r\n--a--\r\n\
        --m\r\nContent-Type: application/pdf; name*0*=utf-8''%C3%9C; name*1*=ber.pdf\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n\
        --m\r\nContent-Type: image/png\r\nContent-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n\
        --m--\r\n";
    let letter = letter(raw);
    assert_eq!(letter.text, "plain");
    let told: Vec<_> = letter
        .enclosures
        .iter()
        .map(|one| (one.name.as_str(), one.bytes.len(), one.inline))
        .collect();
    assert_eq!(told, [("Über.pdf", 5, false), ("mail.png", 8, true)]);
}

#[test]
fn a_mail_within_a_mail_is_read_with_its_files() {
    let raw = b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n\
        --m\r\n\r\nSee below.\r\n\
        --m\r\nContent-Type: message/rfc822\r\n\r\n\
        From: Carl <carl@customer.example>\r\nSubject: =?UTF-8?Q?Hilf_=C3=BCberall?=\r\nContent-Type: multipart/mixed; boundary=n\r\n\r\n\
        --n\r\n\r\nZOID: 20000000001\r\n\
        --n\r\nContent-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment\r\n\r\na,b\r\n--n--\r\n\
        --m--\r\n";
    let letter = letter(raw);
    assert_eq!(letter.text, "See below.");
    assert_eq!(
        letter.forwarded,
        ["From: Carl <carl@customer.example>\nSubject: Hilf überall\n\nZOID: 20000000001"]
    );
    assert_eq!(letter.enclosures.len(), 1);
}

#[test]
fn a_copy_says_the_same_and_another_mail_does_not() {
    let one =
        letter(b"From: a@b.example\r\nDelivered-To: x@desk.example\r\nSubject: s\r\n\r\ntext\r\n");
    let copy = letter(b"Received: y\r\nFrom: a@b.example\r\nSubject: s\r\n\r\ntext\r\n\r\n");
    let other = letter(b"From: a@b.example\r\nSubject: s\r\n\r\nother\r\n");
    assert_eq!(one.content(), copy.content());
    assert_ne!(one.content(), other.content());
}

#[test]
fn what_is_no_mail_is_set_aside() {
    for raw in [
        b"".as_slice(),
        b"\r\n\r\n",
        b"\0\0\0\0",
        b"no header at all",
    ] {
        assert_eq!(read(raw, MAX), Err(Aside::Unreadable), "{raw:?}");
    }
}

#[test]
fn nesting_as_deep_as_the_bounds_allow_ends_soon() {
    let begun = std::time::Instant::now();
    let mut nested = String::from("From: a@b.example\n");
    for _ in 0..199 {
        nested.push_str("Content-Type: message/rfc822\n\n");
    }
    assert!(read(nested.as_bytes(), MAX).is_ok());
    let mut open = String::from("From: a@b.example\n");
    for at in 0..199 {
        open.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n"
        ));
    }
    open.push_str(&"--b0x\n".repeat(100_000));
    assert!(read(open.as_bytes(), MAX).is_ok());
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}

/// Numbers that look like chance and are the same every time (xorshift).
fn chance(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state % (1 << 30)).unwrap_or_default()
}

#[test]
fn mails_spoiled_at_random_are_read_as_what_can_be_kept_or_set_aside() {
    let mails: [&[u8]; 3] = [
        include_bytes!("../../../tests/mails/composer.eml"),
        include_bytes!("../../../tests/mails/forwarded.eml"),
        include_bytes!("../../../tests/mails/japanese.eml"),
    ];
    let pieces: [&[u8]; 8] = [
        b"\r\n\r\n",
        b"--outer--",
        b"=?utf-8?B?",
        b"\0",
        b"\x1b$B",
        b"<blockquote>",
        b"Content-Type: message/rfc822\r\n\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let mut read_whole = 0;
    for round in 0..1_500 {
        let mut raw = mails.get(round % 3).copied().unwrap_or_default().to_vec();
        for _ in 0..=chance(&mut state) % 12 {
            let at = chance(&mut state) % raw.len();
            match chance(&mut state) % 4 {
                0 => drop(raw.splice(at..at, pieces[chance(&mut state) % 8].iter().copied())),
                1 => raw.truncate(at + 1),
                2 => drop(raw.drain(at..(at + 9).min(raw.len() - 1).max(at))),
                _ => raw[at] = u8::try_from(chance(&mut state) % 256).unwrap_or_default(),
            }
        }
        let Ok(letter) = read(&raw, MAX) else {
            continue;
        };
        read_whole += 1;
        let unfit = |c: char| c.is_control() && c != '\n' && c != '\t';
        assert!(!letter.subject.contains(char::is_control));
        assert!(!letter.text.contains(unfit), "{:?}", letter.text);
        assert!(!crate::mail::html::text(&letter.text).contains("\n\n\n"));
        let (own, _) = crate::mail::quote::answer(&letter.text);
        let first = own.lines().next().unwrap_or_default();
        assert!(letter.text.contains(first.trim()));
        assert_eq!(
            read(&raw, MAX).map(|again| again.content()),
            Ok(letter.content())
        );
    }
    assert!(read_whole > 500, "{read_whole}");
}
