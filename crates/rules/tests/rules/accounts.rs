//! From subscriptions to what is known about an account (R1, R2, R13).

use crate::support::{full, raw, with_thresholds};
use partner_rules::policy::Class;
use partner_rules::{Account, Dc};

const EU: &[(Dc, u32)] = &[(Dc::Eu, 100)];

#[test]
fn the_threshold_itself_is_large() {
    let policy = with_thresholds(EU);
    assert_eq!(policy.account_class([("crm", 100)], Dc::Eu), Account::Large);
    assert_eq!(
        policy.account_class([("crm", 99)], Dc::Eu),
        Account::Standard
    );
}

#[test]
fn licences_are_never_summed_up() {
    let policy = with_thresholds(EU);
    let account = policy.account_class([("crm", 60), ("desk", 60), ("mail", 99)], Dc::Eu);
    assert_eq!(account, Account::Standard);
    let account = policy.account_class([("crm", 60), ("desk", 160)], Dc::Eu);
    assert_eq!(account, Account::Large);
}

#[test]
fn excluded_services_never_count() {
    let policy = with_thresholds(EU);
    let account = policy.account_class([("campaigns", 5000), ("crm", 10)], Dc::Eu);
    assert_eq!(account, Account::Standard);
    assert_eq!(
        policy.account_class([("campaigns", 5000)], Dc::Eu),
        Account::Unknown
    );
    assert_eq!(
        policy.account_class([("writer", 5000)], Dc::Eu),
        Account::Large
    );
}

#[test]
fn without_a_threshold_or_a_subscription_nothing_is_known() {
    let policy = with_thresholds(EU);
    assert_eq!(
        policy.account_class([("crm", 5000)], Dc::Us),
        Account::Unknown
    );
    assert_eq!(policy.account_class([], Dc::Eu), Account::Unknown);
    assert_eq!(
        full(raw()).account_class([("crm", u32::MAX)], Dc::Eu),
        Account::Unknown
    );
}

#[test]
fn the_lowest_threshold_of_any_priority_class_counts() {
    let mut raw = raw();
    let class = |name: &str, priority, threshold| Class {
        name: name.to_owned(),
        priority,
        thresholds: [(Dc::Eu, threshold)].into(),
    };
    raw.classes = vec![
        class("A", true, 500),
        class("B", true, 200),
        class("C", false, 10),
    ];
    let policy = full(raw);
    assert_eq!(policy.account_class([("crm", 200)], Dc::Eu), Account::Large);
    assert_eq!(
        policy.account_class([("crm", 199)], Dc::Eu),
        Account::Standard
    );
}

#[test]
fn a_service_that_is_not_in_the_list_counts() {
    let policy = with_thresholds(EU);
    assert_eq!(
        policy.account_class([("foobar", 100)], Dc::Eu),
        Account::Large
    );
}
