//! The rules say the same in the browser as natively.

use partner_rules::Policy;
use partner_rules::policy::{DEFAULT_JSON, FullPolicy, RawPolicy};
use partner_rules::sample::{COUNT, DIGEST, SEED, digest};
use wasm_bindgen_test::wasm_bindgen_test;

fn policy() -> Policy {
    let raw: RawPolicy = serde_json::from_str(DEFAULT_JSON).unwrap();
    FullPolicy::try_from(raw).unwrap().rules().clone()
}

#[wasm_bindgen_test]
fn ten_thousand_drafts_give_the_digest_of_the_native_build() {
    assert_eq!(digest(SEED, COUNT, &policy()), DIGEST);
}

#[wasm_bindgen_test]
fn two_keys_are_never_the_same_and_fit_a_header() {
    let (a, b) = (
        partner_desk::platform::key::new_key(),
        partner_desk::platform::key::new_key(),
    );
    assert_ne!(a, b);
    assert_eq!(a.len(), 36);
    assert!(a.is_ascii());
}
