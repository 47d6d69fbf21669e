//! Mails as they arrive, from anybody: read as texts that the rules take, or set aside with a reason. What is
//! said about authentication and what stands in a page are read from the same bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_desk_fuzz::POLICY;
use partner_endpoint::fuzzing;

const MAX: usize = 1 << 20;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Some((who, methods)) = fuzzing::authentication(text) {
            assert!(!who.is_empty() && who == who.to_ascii_lowercase());
            // Nothing is made up: each method and result stands there.
            let lower = text.to_ascii_lowercase();
            for (name, result) in methods {
                assert!(lower.contains(&name) && lower.contains(&result));
            }
        }
        let page = fuzzing::page(text);
        assert!(page.lines().count() <= text.len() + 1);
        assert!(!page.contains("\n\n\n"));
    }

    let Ok(mail) = fuzzing::incoming(bytes, MAX, &POLICY) else {
        return;
    };
    let control = |c: char| c.is_control();
    let unfit = |c: char| c.is_control() && c != '\n' && c != '\t';
    assert!(!mail.subject.contains(control) && mail.subject.chars().count() <= 255);
    assert!(!mail.text.contains(unfit) && !mail.answer.contains(unfit));
    assert!(mail.forwarded.iter().all(|text| !text.contains(unfit)));
    for value in &mail.suggested {
        assert!(!value.is_empty() && !value.contains(control) && value.chars().count() <= 255);
    }
    // An answer is a part of the text.
    let own = mail.answer.lines().next().unwrap_or_default().trim();
    assert!(mail.text.contains(own), "{own:?}");
    // Encodings make larger by a factor at most.
    let files: usize = mail.files.iter().map(|(_, size)| size).sum();
    assert!(files <= 4 * bytes.len() * 4);
    let again = fuzzing::incoming(bytes, MAX, &POLICY).map(|mail| mail.content);
    assert_eq!(again.ok(), Some(mail.content));
});
