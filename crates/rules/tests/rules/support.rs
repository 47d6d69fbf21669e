//! Reading fixtures and building policies.

#![expect(
    clippy::expect_used,
    reason = "a fixture that cannot be read ends the test"
)]

use partner_rules::Policy;
use partner_rules::policy::{DEFAULT_JSON, FullPolicy, RawPolicy};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

pub(crate) fn fixture<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("fixture of the expected shape")
}

pub(crate) fn raw() -> RawPolicy {
    fixture(DEFAULT_JSON)
}

pub(crate) fn full(raw: RawPolicy) -> FullPolicy {
    FullPolicy::try_from(raw).expect("sound policy")
}

pub(crate) fn policy() -> Policy {
    full(raw()).rules().clone()
}

/// The policy of the demo directory: every data centre has a threshold.
pub(crate) fn with_thresholds(thresholds: &[(partner_rules::Dc, u32)]) -> FullPolicy {
    let mut raw = raw();
    if let Some(class) = raw.classes.first_mut() {
        class.thresholds = BTreeMap::from_iter(thresholds.iter().copied());
    }
    full(raw)
}

/// One step of a patch to the default policy; paths are JSON pointers.
#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(crate) enum Step {
    Set { set: String, to: Value },
    Add { add_to: String, value: Value },
    Remove { remove: String },
}

pub(crate) fn patched(steps: &[Step]) -> Value {
    let mut policy: Value = fixture(DEFAULT_JSON);
    for step in steps {
        match step {
            Step::Set { set, to } => match policy.pointer_mut(set) {
                Some(place) => *place = to.clone(),
                None => insert(&mut policy, set, to.clone()),
            },
            Step::Add { add_to, value } => {
                let list = policy.pointer_mut(add_to).and_then(Value::as_array_mut);
                list.expect("a list").push(value.clone());
            }
            Step::Remove { remove } => take(&mut policy, remove),
        }
    }
    policy
}

fn insert(policy: &mut Value, path: &str, value: Value) {
    let (parent, key) = path.rsplit_once('/').expect("a path");
    let parent = policy.pointer_mut(parent).and_then(Value::as_object_mut);
    parent.expect("an object").insert(key.to_owned(), value);
}

fn take(policy: &mut Value, path: &str) {
    let (parent, key) = path.rsplit_once('/').expect("a path");
    match policy.pointer_mut(parent).expect("a parent") {
        Value::Array(items) => drop(items.remove(key.parse().expect("a position"))),
        Value::Object(fields) => drop(fields.remove(key)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// All cases that do not come out as expected, instead of the first one only.
pub(crate) fn report(failures: &[String]) {
    assert!(
        failures.is_empty(),
        "{} cases:\n{}",
        failures.len(),
        failures.join("\n")
    );
}
