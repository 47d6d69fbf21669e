//! Whatever is in a file (after its name and a line end): the type that readers get never runs and is never
//! drawn as a page, fits the beginning, and does not depend on the pieces in which the bytes came.

#![no_main]

use axum::http::HeaderValue;
use libfuzzer_sys::fuzz_target;
use partner_endpoint::files::kind::{Seen, is_listed, judge};

fuzz_target!(|bytes: &[u8]| {
    let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else {
        return;
    };
    let (name, content) = (&bytes[..end], &bytes[end + 1..]);
    let Ok(name) = std::str::from_utf8(name) else {
        return;
    };
    let mut whole = Seen::default();
    whole.look(content);
    let kind = judge(name, &whole);
    for size in [1, 3, 15, 17] {
        let mut pieces = Seen::default();
        content.chunks(size).for_each(|piece| pieces.look(piece));
        assert_eq!(judge(name, &pieces), kind);
    }
    let Some(kind) = kind else {
        return;
    };
    assert!(is_listed(name) && name.contains('.'));
    assert!(HeaderValue::from_static(kind.content_type).to_str().is_ok());
    for page in ["html", "svg", "script", "wasm", "multipart"] {
        assert!(!kind.content_type.contains(page));
    }
    if kind.content_type.starts_with("text/") {
        let wide = content.starts_with(b"\xff\xfe") || content.starts_with(b"\xfe\xff");
        assert!(wide || !content.contains(&0));
        assert!(!content.starts_with(b"PK\x03\x04") && !content.starts_with(b"%PDF-"));
    }
    if kind.content_type.starts_with("image/") {
        assert!(content.len() >= 2);
    }
});
