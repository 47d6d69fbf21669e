//! Whatever is pasted for an ID: never a panic, and what was read reads as itself.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_rules::{Dc, identifier};

fuzz_target!(|text: &str| {
    let reading = identifier::read(text);
    if let Ok(id) = reading.identifier {
        assert!((5..=15).contains(&id.as_str().len()));
        assert!(id.as_str().bytes().all(|byte| byte.is_ascii_digit()));
        let again = identifier::read(id.as_str());
        assert_eq!(again.identifier, Ok(id.clone()));
        assert!(again.hints.is_empty());
        assert!(identifier::fits(&id, Dc::Uk));
    }
});
