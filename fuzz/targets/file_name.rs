//! Whatever a file is called: what is kept is harmless, short, seen, the same when it comes again, and can
//! stand in a header.

#![no_main]

use axum::http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;
use partner_desk_fuzz::{is_unseen, refused};
use partner_endpoint::files::name::harmless;
use partner_endpoint::fuzzing;

const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        sound(&harmless(text));
    }
    let Ok(value) = HeaderValue::from_bytes(bytes) else {
        return;
    };
    match upload_name(value) {
        Ok(name) => {
            sound(&name);
            let encoded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let encoded = HeaderValue::from_str(&encoded).unwrap();
            assert_eq!(upload_name(encoded).ok(), Some(name));
        }
        Err(refusal) => assert_eq!(refused(refusal), 422),
    }
});

fn upload_name(value: HeaderValue) -> Result<String, partner_endpoint::problem::ApiError> {
    let mut headers = HeaderMap::new();
    headers.insert("upload-name", value);
    fuzzing::upload_name(&headers)
}

fn sound(name: &str) {
    assert!((1..=120).contains(&name.chars().count()), "{name:?}");
    assert!(!name.contains(['/', '\\', '<', '>', ':', '"', '|', '?', '*']));
    assert!(!name.contains(is_unseen), "{name:?}");
    let edge = |c: char| c == '.' || c.is_whitespace();
    assert!(!name.starts_with(edge) && !name.ends_with(edge), "{name:?}");
    let stem = name.split('.').next().unwrap().trim_end().to_lowercase();
    assert!(!DEVICES.contains(&&*stem), "{name:?}");
    for device in ["com", "lpt"] {
        let number = stem.strip_prefix(device).unwrap_or_default();
        assert!(
            !matches!(
                number,
                "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
            ),
            "{name:?}"
        );
    }
    assert_eq!(harmless(name), name);
    let header = fuzzing::disposition(name);
    assert!(header.is_ascii());
    HeaderValue::from_str(&header).unwrap();
    assert_eq!(header.matches('"').count(), 2);
}
