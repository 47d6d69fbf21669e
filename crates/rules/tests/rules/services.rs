//! `fixtures/services.json`, and what must hold for every service of the catalogue.

use crate::support::{fixture, policy, report};
use partner_rules::service::slug;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    exact: Vec<Found>,
    near: Vec<Found>,
    resolve: Vec<Resolve>,
    search: Vec<Search>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Found {
    typed: String,
    id: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resolve {
    typed: String,
    id: String,
    service: String,
    listed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Search {
    typed: String,
    /// The first ids of the list.
    first: Vec<String>,
    /// What is emphasised in the first name.
    emphasis: Option<String>,
    count: Option<usize>,
}

fn cases() -> Cases {
    fixture(include_str!("../../fixtures/services.json"))
}

#[test]
fn names_and_aliases_are_found_as_written() {
    let policy = policy();
    let failures = cases().exact.into_iter().filter_map(|case| {
        let found = policy
            .catalogue()
            .exact(&case.typed)
            .map(|service| service.id.clone());
        (found != case.id).then(|| format!("{:?}: {found:?}", case.typed))
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn slips_lead_to_the_service_that_is_written() {
    let policy = policy();
    let failures = cases().near.into_iter().filter_map(|case| {
        let found = policy
            .catalogue()
            .near(&case.typed)
            .map(|service| service.id.clone());
        (found != case.id).then(|| format!("{:?}: {found:?}", case.typed))
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn unlisted_names_stay_and_get_an_id_by_the_recipe() {
    let policy = policy();
    let failures = cases().resolve.into_iter().filter_map(|case| {
        let found = policy.catalogue().resolve(&case.typed);
        let right =
            (&found.id, &found.name, found.listed) == (&case.id, &case.service, case.listed);
        (!right).then(|| format!("{:?}: {found:?}", case.typed))
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn the_list_is_in_the_order_that_is_written() {
    let policy = policy();
    let failures = cases().search.into_iter().filter_map(|case| {
        let list = policy.catalogue().search(&case.typed);
        let ids: Vec<_> = list.iter().map(|found| found.service.id.as_str()).collect();
        let emphasis = list.first().and_then(|found| {
            found
                .emphasis
                .and_then(|(start, end)| found.service.name.get(start..end))
        });
        let right = ids.iter().take(case.first.len()).eq(case.first.iter())
            && case.count.is_none_or(|count| ids.len() == count)
            && (case.emphasis.is_none() || case.emphasis.as_deref() == emphasis);
        (!right).then(|| format!("{:?}: {ids:?} {emphasis:?}", case.typed))
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn every_service_is_found_by_everything_it_is_called() {
    let policy = policy();
    for service in policy.catalogue().services() {
        let bare = service.name.trim_start_matches("Zoho ").to_lowercase();
        let names = [
            service.name.clone(),
            bare.clone(),
            format!("ZOHO {bare}"),
            service.id.clone(),
        ];
        for name in names.iter().chain(&service.aliases) {
            assert_eq!(policy.catalogue().exact(name), Some(service), "{name}");
            let list = policy.catalogue().search(name);
            assert_eq!(
                list.first().map(|found| found.service),
                Some(service),
                "{name}"
            );
        }
        assert_eq!(slug(&service.name), service.id);
    }
}

#[test]
fn no_slip_turns_writer_into_writer_add_ons_or_back() {
    let policy = policy();
    let near = |typed: &str| {
        policy
            .catalogue()
            .near(typed)
            .map(|service| service.id.as_str())
    };
    let alphabet = || ('a'..='z').chain([' ', '-']);
    for (at, _) in "writer ".char_indices() {
        for letter in alphabet() {
            let mut typed = String::from("writer");
            typed.insert(at, letter);
            assert_ne!(near(&typed), Some("writer-add-ons"), "{typed}");
        }
    }
    for end in "writer a".len().."writer add-ons".len() {
        let begun = "writer add-ons".get(..end).unwrap();
        assert_ne!(near(begun), Some("writer"), "{begun}");
        for letter in alphabet() {
            assert_ne!(near(&format!("{begun}{letter}ons")), Some("writer"));
        }
    }
}

#[test]
fn what_is_excluded_is_in_the_catalogue_and_nothing_more() {
    let policy = policy();
    let excluded: Vec<_> = policy
        .exclusions()
        .iter()
        .map(|exclusion| exclusion.service.as_str())
        .collect();
    let five = [
        "campaigns",
        "dataprep",
        "pagesense",
        "writer-add-ons",
        "marketing-automation",
    ];
    assert_eq!(excluded, five);
    for service in policy.catalogue().services() {
        let metric = policy.exclusion(&service.id);
        assert_eq!(
            metric.is_some(),
            five.contains(&service.id.as_str()),
            "{}",
            service.id
        );
        assert!(!(service.bundle && metric.is_some()), "{}", service.id);
    }
}
