//! `fixtures/policies.json`: patches to the default policy, and what is said about them.

use crate::support::{Step, fixture, full, patched, policy, raw, report};
use partner_rules::policy::{FullPolicy, PolicyError, RawPolicy};
use partner_rules::wire::PolicyView;
use partner_rules::{Dc, Policy, Region};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    refused: Vec<Refused>,
    unparsable: Vec<Unparsable>,
    accepted: Vec<Accepted>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    name: String,
    field: String,
    patch: Vec<Step>,
}

/// Refused by the parser already, which mentions this.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unparsable {
    name: String,
    mention: String,
    patch: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    name: String,
    patch: Vec<Step>,
}

fn cases() -> Cases {
    fixture(include_str!("../../fixtures/policies.json"))
}

fn load(patch: &[Step]) -> Result<FullPolicy, PolicyError> {
    let raw: RawPolicy = fixture(&patched(patch).to_string());
    FullPolicy::try_from(raw)
}

#[test]
fn a_bad_policy_is_refused_and_the_field_named() {
    let failures = cases().refused.into_iter().filter_map(|case| {
        let found = load(&case.patch).map(|_| ()).map_err(|error| error.field);
        (found.as_ref() != Err(&case.field)).then(|| format!("{}: {found:?}", case.name))
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn a_policy_that_does_not_parse_says_where() {
    let failures = cases().unparsable.into_iter().filter_map(|case| {
        let parsed = serde_json::from_value::<RawPolicy>(patched(&case.patch));
        let found = parsed.map(|_| ()).map_err(|error| error.to_string());
        let right = found
            .as_ref()
            .is_err_and(|error| error.contains(&case.mention));
        (!right).then(|| format!("{}: {found:?}", case.name))
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn what_an_operator_may_change_is_accepted() {
    let failures = cases().accepted.into_iter().filter_map(|case| {
        let found = load(&case.patch).err();
        found.map(|error| format!("{}: {error}", case.name))
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn an_error_reads_as_a_sentence_with_the_field_in_it() {
    let mut raw = raw();
    raw.limits.subject_max = 0;
    let error = FullPolicy::try_from(raw).unwrap_err();
    assert_eq!(
        error.to_string(),
        "policy field `limits.subject_max`: must be at least 1"
    );
}

#[test]
fn the_default_policy_is_what_the_source_says() {
    let policy = policy();
    assert_eq!((policy.version(), policy.date()), ("2026-11", "2026-11-23"));
    let hours = policy.hours(partner_rules::Severity::S1).unwrap();
    assert_eq!(hours.first_response_h, [1, 3]);
    assert_eq!(hours.problem_determination_h, [2, 8]);
    assert_eq!(hours.resolution_h, [24, 48]);
    let full = full(raw());
    assert!(
        full.classes()
            .iter()
            .all(|class| class.thresholds.is_empty())
    );
    let limits = policy.limits();
    assert_eq!((limits.subject_max, limits.description_max), (255, 32_000));
    assert_eq!((limits.files_max, limits.file_bytes_max), (5, 20 << 20));
}

#[test]
fn channels_are_those_of_the_two_tables() {
    let policy = policy();
    let channels = policy.channels();
    for dc in Dc::ALL {
        let (store, help) = match dc {
            Dc::Us | Dc::In | Dc::Au | Dc::Jp => (Some("zoho.com"), Some("https://help.zoho.com")),
            Dc::Eu => (Some("zoho.eu"), Some("https://help.zoho.eu")),
            Dc::Sa | Dc::Ca | Dc::Uk => (None, None),
        };
        let first = channels.widget_pages(dc).first();
        let expected = store.map(|domain| format!("https://store.{domain}/zstore#partnerhome"));
        assert_eq!(first, expected.as_ref(), "{dc:?}");
        assert_eq!(channels.help_center_url(dc), help, "{dc:?}");
    }
    for region in Region::ALL {
        let expected = match region {
            Region::Us | Region::In | Region::Au | Region::Jp | Region::Sa | Region::Ca => {
                "partner-support@zohocorp.com"
            }
            Region::Eu | Region::Uk => "partner-support@eu.zohocorp.com",
        };
        assert_eq!(channels.email_address(region), Some(expected), "{region:?}");
    }
}

#[test]
fn every_service_is_described_in_both_languages_and_has_a_category() {
    for service in policy().catalogue().services() {
        for language in ["en", "de"] {
            assert!(
                service.description.contains_key(language),
                "{} {language}",
                service.id
            );
        }
        assert!(!service.categories.is_empty(), "{}", service.id);
    }
}

#[test]
fn what_browsers_get_has_no_threshold_in_it() {
    let mut raw = raw();
    raw.classes.first_mut().unwrap().thresholds = [(Dc::Eu, 4711), (Dc::Us, 1234)].into();
    let view = full(raw).view(&[Dc::Eu, Dc::Jp]);
    let json = serde_json::to_string(&view).unwrap();
    assert!(!json.contains("4711") && !json.contains("1234"), "{json}");
    let class = view.classes.first().unwrap();
    assert_eq!(
        class.threshold_configured,
        [(Dc::Eu, true), (Dc::Jp, false)].into()
    );
}

#[test]
fn a_policy_survives_the_way_into_the_browser() {
    let full = full(raw());
    let json = serde_json::to_string(&full.view(&Dc::ALL)).unwrap();
    let view: PolicyView = serde_json::from_str(&json).unwrap();
    assert!(!view.demo);
    assert_eq!(&Policy::try_from(view).unwrap(), full.rules());
}

#[test]
fn a_browser_refuses_a_bad_policy_too() {
    let mut view = full(raw()).view(&[Dc::Eu]);
    view.limits.subject_max = 0;
    assert_eq!(
        Policy::try_from(view).unwrap_err().field,
        "limits.subject_max"
    );
}
