//! Whatever is typed for an address: never a panic, what was read reads as itself, and a
//! suggestion is an address to which there is no further suggestion.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_rules::{Field, HintCode, email};

fuzz_target!(|text: &str| {
    let hints = email::hints(text, Field::CustomerEmail);
    let Ok(email) = email::parse(text) else {
        assert!(hints.is_empty());
        return;
    };
    assert!(email.as_str().chars().count() <= 150);
    assert!(email.domain().contains('.') && !email.local().is_empty());
    assert_eq!(email::parse(email.as_str()), Ok(email));
    for hint in hints
        .into_iter()
        .filter(|hint| hint.code == HintCode::LikelyTypo)
    {
        let corrected = hint.value.unwrap();
        assert!(email::parse(&corrected).is_ok());
        let again = email::hints(&corrected, Field::CustomerEmail);
        assert!(
            again
                .iter()
                .all(|hint| hint.code == HintCode::GenericProvider)
        );
    }
});
