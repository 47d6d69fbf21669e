//! Whatever is sent as a ticket: refused as the sender's mistake, or a ticket by the same rules as in the
//! form; and written out again it is the same request, with the same fingerprint.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_desk_fuzz::{POLICY, refused};
use partner_endpoint::fuzzing;
use partner_rules::wire::NewTicket;
use partner_rules::{Dc, Draft, check};
use serde_json::Value;

fuzz_target!(|body: &[u8]| {
    let strict = serde_json::from_slice::<NewTicket>(body);
    let read = match fuzzing::ticket(body, &POLICY, Dc::Eu) {
        Ok(read) => read,
        Err(refusal) => {
            refused(refusal);
            assert!(strict.is_err());
            return;
        }
    };
    if let Ok(strict) = strict {
        assert_eq!(Draft::from(&strict), read.draft);
        assert_eq!(Some(strict.dc), read.dc);
    }
    let ticket = match read.ticket {
        Ok(ticket) => ticket,
        Err(refusal) => {
            assert_eq!(refused(refusal), 422);
            return;
        }
    };
    assert_eq!(
        check(&read.draft, &POLICY, read.dc.unwrap())
            .ticket
            .as_ref(),
        Ok(&ticket)
    );
    assert!(read.fingerprint.is_some());
    let value: Value = serde_json::from_slice(body).unwrap();
    let again = serde_json::to_vec_pretty(&value).unwrap();
    let again = fuzzing::ticket(&again, &POLICY, Dc::Eu).ok().unwrap();
    assert_eq!(again.fingerprint, read.fingerprint);
    assert_eq!(again.ticket.ok(), Some(ticket));
});
