//! Whatever stands in a policy file: an error that names a field, or a policy that works and
//! survives the way into a browser.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_rules::policy::{FullPolicy, RawPolicy};
use partner_rules::wire::PolicyView;
use partner_rules::{Account, Dc, Draft, Policy, classify};

fuzz_target!(|json: &[u8]| {
    let Ok(raw) = serde_json::from_slice::<RawPolicy>(json) else {
        return;
    };
    match FullPolicy::try_from(raw) {
        Err(error) => assert!(!error.field.is_empty() && !error.problem.is_empty()),
        Ok(policy) => {
            let view = serde_json::to_string(&policy.view(&Dc::ALL)).unwrap();
            let view: PolicyView = serde_json::from_str(&view).unwrap();
            assert_eq!(&Policy::try_from(view).unwrap(), policy.rules());
            for service in policy.rules().catalogue().services() {
                let draft = Draft {
                    service: service.name.clone(),
                    ..Draft::default()
                };
                let verdict = classify(&draft, policy.rules(), Account::Large);
                assert_eq!(verdict.metric, policy.rules().exclusion(&service.id));
            }
        }
    }
});
