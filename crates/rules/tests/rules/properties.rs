//! What holds for any text, any draft and any account.

use crate::support::policy;
use partner_rules::wire::NewTicket;
use partner_rules::{
    Account, Dc, Draft, Field, OrgIdKind, Outcome, Policy, Reason, Region, check, classify, email,
    identifier,
};
use proptest::prelude::*;
use std::sync::LazyLock;

static POLICY: LazyLock<Policy> = LazyLock::new(policy);

/// Texts in which something may go wrong: any characters, and those that the rules look at.
fn text() -> impl Strategy<Value = String> {
    let special = "09٣５aZé@.-_/ \u{00A0}\u{200B}\u{FEFF}\t\r\n\u{0}\u{7F}'+ßİ😀orgZoho Writer";
    let special: Vec<char> = special.chars().collect();
    prop_oneof![
        proptest::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter),
        proptest::collection::vec(proptest::sample::select(special), 0..40)
            .prop_map(String::from_iter),
    ]
}

fn service() -> impl Strategy<Value = String> {
    let services = POLICY.catalogue().services();
    let names = services
        .iter()
        .flat_map(|s| s.aliases.iter().chain([&s.name]))
        .cloned();
    prop_oneof![text(), proptest::sample::select(names.collect::<Vec<_>>())]
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![text(), (0..10_u64.pow(17)).prop_map(|n| n.to_string())]
}

fn address() -> impl Strategy<Value = String> {
    let parts = (
        text(),
        proptest::sample::select(vec!["large.example", "gmial.com", "müller.de", "x"]),
    );
    prop_oneof![
        text(),
        Just("admin@large.example".to_owned()),
        parts.prop_map(|(local, domain)| format!("{local}@{domain}")),
    ]
}

fn draft() -> impl Strategy<Value = Draft> {
    let kind = prop_oneof![Just(OrgIdKind::Zoid), Just(OrgIdKind::Zgid)];
    let first = (service(), kind, id(), text(), text());
    let second = (
        address(),
        any::<bool>(),
        prop_oneof![Just(String::new()), address()],
    );
    (first, second, prop_oneof![Just(String::new()), id()]).prop_map(
        |((service, org_id_kind, org_id, subject, description), second, zuid)| {
            let (superadmin_email, superadmin_unknown, customer_email) = second;
            Draft {
                service,
                org_id_kind,
                org_id,
                subject,
                description,
                superadmin_email,
                superadmin_unknown,
                customer_email,
                zuid,
            }
        },
    )
}

/// Mostly whole drafts, so that tickets come out.
fn likely() -> impl Strategy<Value = Draft> {
    draft().prop_map(|mut draft| {
        draft.org_id = format!("2{}", draft.org_id.len() + 10_000);
        draft.subject.insert(0, 's');
        draft.description.insert(0, 'd');
        draft.subject.retain(|c| !c.is_control());
        draft
            .description
            .retain(|c| !c.is_control() || "\r\n\t".contains(c));
        draft.service.retain(|c| !c.is_control());
        draft
    })
}

fn account() -> impl Strategy<Value = Account> {
    proptest::sample::select(Account::ALL)
}

proptest! {
    #[test]
    fn an_identifier_that_was_read_reads_as_itself(text in id()) {
        if let Ok(id) = identifier::read(&text).identifier {
            prop_assert!((5..=15).contains(&id.as_str().len()));
            prop_assert!(id.as_str().bytes().all(|byte| byte.is_ascii_digit()));
            prop_assert!(!id.as_str().starts_with('0'));
            let again = identifier::read(id.as_str());
            prop_assert_eq!(again.identifier.unwrap(), id);
            prop_assert!(again.hints.is_empty());
        }
    }

    #[test]
    fn an_address_that_was_read_reads_as_itself(text in address()) {
        if let Ok(email) = email::parse(&text) {
            prop_assert_eq!(email::parse(email.as_str()).unwrap(), email.clone());
            prop_assert!(email.as_str().chars().count() <= 150);
            prop_assert_eq!(email.as_str(), format!("{}@{}", email.local(), email.domain()));
        }
    }

    #[test]
    fn a_correction_is_an_address_without_a_further_correction(text in address()) {
        for hint in email::hints(&text, Field::SuperadminEmail) {
            if hint.code == partner_rules::HintCode::LikelyTypo {
                let corrected = hint.value.unwrap();
                prop_assert!(email::parse(&corrected).is_ok());
                let again = email::hints(&corrected, Field::SuperadminEmail);
                prop_assert!(again.iter().all(|hint| hint.value.is_none()), "{corrected}");
            }
        }
    }

    #[test]
    fn a_service_resolves_to_itself(text in service()) {
        let catalogue = POLICY.catalogue();
        let resolved = catalogue.resolve(&text);
        prop_assert_eq!(catalogue.resolve(&resolved.name), resolved.clone());
        prop_assert_eq!(resolved.listed, catalogue.exact(&text).is_some());
        if resolved.listed {
            prop_assert!(catalogue.near(&text).is_none());
        } else {
            prop_assert!(catalogue.by_id(&resolved.id).is_none(), "{}", resolved.id);
        }
    }

    #[test]
    fn every_row_of_the_list_emphasises_a_part_of_its_name(text in service()) {
        let rows = POLICY.catalogue().search(&text);
        for (index, row) in rows.iter().enumerate() {
            if let Some((start, end)) = row.emphasis {
                prop_assert!(start < end && row.service.name.get(start..end).is_some());
            }
            prop_assert!(rows.iter().skip(index + 1).all(|other| other.service != row.service));
        }
    }

    #[test]
    fn a_ticket_checked_again_is_the_same_ticket(draft in likely()) {
        if let Ok(ticket) = check(&draft, &POLICY, Dc::Eu).ticket {
            let again = check(&Draft::from(&ticket), &POLICY, Dc::Us);
            prop_assert_eq!(again.ticket, Ok(ticket));
        }
    }

    #[test]
    fn violations_are_in_form_order_one_per_field(draft in draft()) {
        if let Err(violations) = check(&draft, &POLICY, Dc::Eu).ticket {
            prop_assert!(!violations.is_empty());
            prop_assert!(violations.is_sorted_by(|a, b| a.field < b.field));
        }
    }

    #[test]
    fn hints_are_in_form_order_each_code_once_per_field(draft in draft()) {
        let hints = check(&draft, &POLICY, Dc::Eu).hints;
        prop_assert!(hints.is_sorted_by_key(|hint| hint.field));
        for (index, hint) in hints.iter().enumerate() {
            let mut later = hints.iter().skip(index + 1);
            prop_assert!(later.all(|l| (l.field, l.code) != (hint.field, hint.code)));
        }
    }

    #[test]
    fn check_and_verdict_agree(draft in draft(), account in account()) {
        let checked = check(&draft, &POLICY, Dc::Eu);
        let verdict = classify(&draft, &POLICY, account);
        let wrong = checked.ticket.as_ref().err().into_iter().flatten().map(|v| v.field);
        prop_assert_eq!(&verdict.missing, &wrong.collect::<Vec<_>>());
        prop_assert_eq!(verdict.outcome == Outcome::Excluded, verdict.metric.is_some());
        let priority = verdict.outcome == Outcome::Priority;
        prop_assert_eq!(priority, verdict.severity.is_some());
        prop_assert_eq!(priority, verdict.commitment.is_some());
        prop_assert_eq!(priority, verdict.priority_customer);
        prop_assert_eq!(priority, verdict.changes.is_empty());
        prop_assert!(!verdict.reasons.is_empty());
        prop_assert!(verdict.reasons.is_sorted_by(|a, b| a < b));
        prop_assert!(verdict.changes.is_sorted_by(|a, b| a < b));
        let incomplete = verdict.reasons.contains(&Reason::FormIncomplete);
        prop_assert_eq!(incomplete, checked.ticket.is_err());
    }

    #[test]
    fn a_normalised_ticket_has_the_same_verdict(draft in likely(), account in account()) {
        if let Ok(ticket) = check(&draft, &POLICY, Dc::Eu).ticket {
            let verdict = classify(&draft, &POLICY, account);
            prop_assert_eq!(classify(&Draft::from(&ticket), &POLICY, account), verdict);
        }
    }

    #[test]
    fn what_the_form_accepts_the_endpoint_accepts_and_the_reverse(draft in likely()) {
        let optional = |text: &String| (!text.is_empty()).then(|| text.clone());
        let body = NewTicket {
            dc: Dc::Eu,
            region: Region::Eu,
            service: draft.service.clone(),
            org_id_kind: draft.org_id_kind,
            org_id: draft.org_id.clone(),
            subject: draft.subject.clone(),
            description: draft.description.clone(),
            superadmin_email: (!draft.superadmin_unknown).then(|| draft.superadmin_email.clone()),
            customer_email: optional(&draft.customer_email),
            zuid: optional(&draft.zuid),
            uploads: Vec::new(),
            preview: None,
            lang: None,
        };
        let received: NewTicket =
            serde_json::from_str(&serde_json::to_string(&body).unwrap()).unwrap();
        let there = check(&Draft::from(&received), &POLICY, Dc::Eu);
        prop_assert_eq!(there, check(&draft, &POLICY, Dc::Eu));
    }
}
