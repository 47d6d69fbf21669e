//! `fixtures/emails.json`.

use crate::support::{fixture, report};
use partner_rules::{Field, HintCode, ViolationCode, email};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    address: Option<String>,
    error: Option<ViolationCode>,
    limit: Option<u32>,
    #[serde(default)]
    hints: Vec<Remark>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remark {
    code: HintCode,
    value: Option<String>,
}

fn cases() -> Vec<Case> {
    fixture(include_str!("../../fixtures/emails.json"))
}

#[test]
fn every_case_is_accepted_or_refused_as_written() {
    let failures = cases().into_iter().filter_map(|case| {
        let expected = match (&case.address, case.error) {
            (Some(address), None) => Ok(address.clone()),
            (_, error) => Err((error?, case.limit)),
        };
        let found = email::parse(&case.text).map(|email| email.as_str().to_owned());
        (found != expected).then(|| format!("{}: {found:?}", case.name))
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn every_case_has_the_hints_that_are_written() {
    let failures = cases().into_iter().filter_map(|case| {
        let hints = email::hints(&case.text, Field::CustomerEmail).into_iter();
        let found: Vec<_> = hints
            .map(|hint| Remark {
                code: hint.code,
                value: hint.value,
            })
            .collect();
        (found != case.hints).then(|| format!("{}: {found:?}", case.name))
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn local_part_and_domain_are_what_stands_around_the_sign() {
    let email = email::parse("jo.lee@mail.example.org").unwrap();
    assert_eq!(
        (email.local(), email.domain()),
        ("jo.lee", "mail.example.org")
    );
}

#[test]
fn a_policy_can_ask_for_shorter_addresses() {
    assert_eq!(
        email::parse_within("jo@example.org", 13),
        Err((ViolationCode::TooLong, Some(13)))
    );
    assert!(email::parse_within("jo@example.org", 14).is_ok());
}
