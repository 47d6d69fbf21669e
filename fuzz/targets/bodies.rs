//! Whatever is sent as a question about an account or as a level of access: refused as the sender's
//! mistake, or read as what it says, and as the same when it is written out again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_desk_fuzz::{POLICY, refused};
use partner_endpoint::fuzzing;
use partner_rules::Dc;
use partner_rules::wire::{AccessLevel, VerifyRequest};
use serde_json::Value;

const SERVED: [Dc; 2] = [Dc::Eu, Dc::Us];

fuzz_target!(|body: &[u8]| {
    match fuzzing::question(body, &POLICY, &SERVED) {
        Err(refusal) => {
            refused(refusal);
        }
        Ok((address, service, dc)) => {
            assert!(SERVED.contains(&dc) && !service.trim().is_empty());
            assert!(address.as_str().chars().count() <= 150);
            let again = VerifyRequest {
                superadmin_email: address.as_str().to_owned(),
                service,
                dc,
            };
            let written = serde_json::to_vec(&again).unwrap();
            let (address, service, dc) =
                fuzzing::question(&written, &POLICY, &SERVED).ok().unwrap();
            assert_eq!(
                (address.as_str(), service.as_str(), dc),
                (&*again.superadmin_email, &*again.service, again.dc)
            );
        }
    }
    let strict = serde_json::from_slice::<AccessLevel>(body);
    match fuzzing::level(body) {
        Err(refusal) => {
            refused(refusal);
            assert!(strict.is_err());
        }
        Ok(access) => {
            let value: Value = serde_json::from_slice(body).unwrap();
            assert_eq!(value, serde_json::to_value(AccessLevel { access }).unwrap());
        }
    }
});
