//! Whatever the form holds (fields separated by U+001E): check and verdict agree, and a ticket
//! checked again is the same ticket.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_desk_fuzz::POLICY;
use partner_rules::{Account, Dc, Draft, OrgIdKind, Outcome, check, classify};

fuzz_target!(|text: &str| {
    let mut fields = text.split('\u{1E}');
    let mut field = || fields.next().unwrap_or_default().to_owned();
    let draft = Draft {
        service: field(),
        org_id_kind: if field().is_empty() {
            OrgIdKind::Zoid
        } else {
            OrgIdKind::Zgid
        },
        org_id: field(),
        subject: field(),
        description: field(),
        superadmin_email: field(),
        superadmin_unknown: !field().is_empty(),
        customer_email: field(),
        zuid: field(),
    };
    let checked = check(&draft, &POLICY, Dc::Eu);
    for account in Account::ALL {
        let verdict = classify(&draft, &POLICY, *account);
        assert_eq!(verdict.missing.is_empty(), checked.ticket.is_ok());
        assert_eq!(
            verdict.outcome == Outcome::Priority,
            verdict.commitment.is_some()
        );
        assert_eq!(
            verdict.outcome == Outcome::Excluded,
            verdict.metric.is_some()
        );
    }
    match checked.ticket {
        Err(violations) => assert!(violations.is_sorted_by(|a, b| a.field < b.field)),
        Ok(ticket) => {
            let again = check(&Draft::from(&ticket), &POLICY, Dc::Eu);
            assert_eq!(again.ticket, Ok(ticket));
        }
    }
});
