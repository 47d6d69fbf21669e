//! Checks on the catalogue and on what it says is excluded.

use crate::policy::error::{Findings, at};
use crate::service::{Catalogue, Exclusion, Service, slug};
use crate::text::{count, is_line};

pub(super) fn catalogue(found: &mut Findings, catalogue: &Catalogue, name_max: u32) {
    let services = catalogue.services();
    for (index, service) in services.iter().enumerate() {
        texts(found, index, service, name_max);
        let twice = services
            .iter()
            .take(index)
            .any(|earlier| earlier.id == service.id);
        found.need_at(!twice, ("services", index, ".id"), "stands twice");
        let aliases = at("services", index, ".aliases");
        for (order, free) in catalogue.names_that_are_free(index).enumerate() {
            let problem = "means a service already, or nothing";
            match order.checked_sub(1) {
                None => found.need_at(free, ("services", index, ".name"), problem),
                Some(alias) => found.need_at(free, (&aliases, alias, ""), problem),
            }
        }
    }
}

fn texts(found: &mut Findings, index: usize, service: &Service, name_max: u32) {
    let at_name = ("services", index, ".name");
    found.need_at(is_line(&service.name), at_name, "must be one line of text");
    found.need_at(
        count(&service.name) <= name_max,
        at_name,
        "is longer than limits.service_max",
    );
    let sound = !service.id.is_empty() && service.id == slug(&service.name);
    let problem = "must be the name without Zoho, lower case, hyphens";
    found.need_at(sound, ("services", index, ".id"), problem);
    let categories = at("services", index, ".categories");
    for (position, category) in service.categories.iter().enumerate() {
        let sound = !category.is_empty() && *category == slug(category);
        found.need_at(
            sound,
            (&categories, position, ""),
            "must be lower case with hyphens",
        );
    }
    for (language, sentence) in &service.description {
        let rest = [".description.", language].concat();
        let problem = "must be one line of text";
        found.need_at(is_line(sentence), ("services", index, &rest), problem);
    }
}

pub(super) fn exclusions(found: &mut Findings, exclusions: &[Exclusion], catalogue: &Catalogue) {
    for (index, exclusion) in exclusions.iter().enumerate() {
        let at = ("exclusions", index, ".service");
        let known = catalogue.by_id(&exclusion.service).is_some();
        found.need_at(known, at, "is not the id of a service");
        let mut earlier = exclusions.iter().take(index);
        let twice = earlier.any(|earlier| earlier.service == exclusion.service);
        found.need_at(!twice, at, "stands twice");
    }
}
