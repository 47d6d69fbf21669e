//! Whatever is sent as a reply, as the reason for closing or reopening, or as what was looked at: refused as the
//! sender's mistake, or read as what it says, and as the same when it is written out again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_desk_fuzz::{POLICY, refused};
use partner_endpoint::fuzzing;
use partner_rules::wire::{SeenUntil, StatusChange};
use serde_json::Value;

const TICKET: &str = "PS-EU-000001";

fuzz_target!(|body: &[u8]| {
    reply(body);
    reason(body);
    seen(body);
});

fn reply(body: &[u8]) {
    let (fingerprint, checked) = match fuzzing::reply(body, &POLICY, TICKET) {
        Ok(read) => read,
        Err(refusal) => {
            refused(refusal);
            return;
        }
    };
    let reply = match checked {
        Ok(reply) => reply,
        Err(refusal) => {
            assert_eq!(refused(refusal), 422);
            return;
        }
    };
    assert!(fingerprint.is_some(), "what is kept can be known again");
    assert!(!reply.text.trim().is_empty() && reply.text.chars().count() <= 32_000);
    assert!(reply.uploads.len() <= 5);
    let again = fuzzing::reply(&serde_json::to_vec(&reply).unwrap(), &POLICY, TICKET);
    let (of_again, again) = again.ok().unwrap();
    assert_eq!(again.ok().unwrap(), reply, "normalised once and for all");
    let (elsewhere, _) = fuzzing::reply(&serde_json::to_vec(&reply).unwrap(), &POLICY, "other")
        .ok()
        .unwrap();
    assert_ne!(elsewhere, of_again, "another ticket is another request");
}

fn reason(body: &[u8]) {
    match fuzzing::reason(body) {
        Err(refusal) => {
            refused(refusal);
        }
        Ok(reason) => {
            assert!(
                reason
                    .as_ref()
                    .is_none_or(|text| { !text.trim().is_empty() && text.chars().count() <= 1000 })
            );
            let again = serde_json::to_vec(&StatusChange {
                reason: reason.clone(),
            });
            assert_eq!(fuzzing::reason(&again.unwrap()).ok().unwrap(), reason);
        }
    }
}

fn seen(body: &[u8]) {
    match fuzzing::seen(body) {
        Err(refusal) => {
            refused(refusal);
        }
        Ok(until) => {
            let value: Value = serde_json::from_slice(body).unwrap();
            assert!(value["until"].is_string());
            let again = serde_json::to_vec(&SeenUntil {
                until: until.rfc3339(),
            });
            let read = fuzzing::seen(&again.unwrap()).ok().unwrap();
            assert_eq!(read.millis(), until.millis());
        }
    }
}
