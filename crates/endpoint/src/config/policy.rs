//! Reading the policy file. What is sound about a policy is the rules' business.

use super::{ConfigError, error};
use partner_rules::Dc;
use partner_rules::policy::{DEFAULT_JSON, FullPolicy, RawPolicy};
use std::path::Path;

/// Between the demo's two accounts (5 and 250 user licences).
const DEMO_THRESHOLD: u32 = 100;

/// The policy in a file, or the built-in one.
pub fn load(file: Option<&Path>) -> Result<FullPolicy, ConfigError> {
    check(read(file)?)
}

/// The policy to serve; in demo mode every priority class has a threshold for every data centre.
pub(super) fn for_serving(file: Option<&Path>, demo: bool) -> Result<FullPolicy, ConfigError> {
    let mut raw = read(file)?;
    if demo {
        for class in raw.classes.iter_mut().filter(|class| class.priority) {
            for dc in Dc::ALL {
                class.thresholds.entry(dc).or_insert(DEMO_THRESHOLD);
            }
        }
    }
    check(raw)
}

fn read(file: Option<&Path>) -> Result<RawPolicy, ConfigError> {
    let text = match file {
        None => DEFAULT_JSON.to_owned(),
        Some(path) => std::fs::read_to_string(path)
            .map_err(|cause| error("policy", &format!("cannot be read: {}", cause.kind())))?,
    };
    let json = &mut serde_json::Deserializer::from_str(&text);
    serde_path_to_error::deserialize(json).map_err(|cause| {
        error(
            "policy",
            &format!("field `{}`: {}", cause.path(), cause.inner()),
        )
    })
}

fn check(raw: RawPolicy) -> Result<FullPolicy, ConfigError> {
    FullPolicy::try_from(raw).map_err(|cause| error("policy", &cause.to_string()))
}
