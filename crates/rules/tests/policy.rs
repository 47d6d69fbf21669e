//! Loading, refusing and showing policies.

use partner_rules::policy::{DEFAULT_JSON, FullPolicy, RawPolicy};

fn raw() -> RawPolicy {
    serde_json::from_str(DEFAULT_JSON).unwrap()
}

#[test]
fn the_built_in_policy_loads() {
    let policy = FullPolicy::try_from(raw()).unwrap();
    assert_eq!(policy.rules().version(), "2026-11");
    assert_eq!(policy.rules().exclusions().len(), 5);
}
