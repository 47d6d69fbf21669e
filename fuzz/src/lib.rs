//! What several targets need: the built-in rules, and what must hold for any refusal.
//! Must never catch a panic: the fuzzer has to see it.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use partner_endpoint::problem::ApiError;
use partner_rules::Policy;
use partner_rules::policy::{DEFAULT_JSON, FullPolicy, RawPolicy};
use std::sync::LazyLock;

pub static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let raw: RawPolicy = serde_json::from_str(DEFAULT_JSON).unwrap();
    FullPolicy::try_from(raw).unwrap().rules().clone()
});

/// What is foreign is the caller's mistake, never ours.
pub fn refused(refusal: impl Into<ApiError>) -> StatusCode {
    let status = refusal.into().into_response().status();
    assert!(status.is_client_error(), "{status}");
    status
}

/// Control characters, and all that a reader does not see: Unicode's property Default_Ignorable_Code_Point.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0xad | 0x34f | 0x61c | 0x115f..=0x1160 | 0x17b4..=0x17b5 | 0x180b..=0x180f | 0x200b..=0x200f
            | 0x202a..=0x202e | 0x2060..=0x206f | 0x3164 | 0xfe00..=0xfe0f | 0xfeff | 0xffa0 | 0xfff0..=0xfff8
            | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a | 0xe0000..=0xe0fff)
}
