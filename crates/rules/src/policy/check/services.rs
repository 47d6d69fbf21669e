//! Checks on the catalogue and on what it says is excluded.

use crate::policy::error::{PolicyError, at, need_at};
use crate::service::{Catalogue, Clash, Exclusion, Service, slug};
use crate::text::is_line;

pub(super) fn catalogue(services: Vec<Service>, name_max: u32) -> Result<Catalogue, PolicyError> {
    let mut catalogue = Catalogue::default();
    for (index, service) in services.into_iter().enumerate() {
        texts(index, &service, name_max)?;
        let taken = catalogue.by_id(&service.id).is_some();
        need_at(!taken, "services", index, ".id", "stands twice")?;
        match catalogue.add(service) {
            Ok(()) => {}
            Err(Clash::Name) => {
                need_at(
                    false,
                    "services",
                    index,
                    ".name",
                    "means another service already",
                )?;
            }
            Err(Clash::Alias(alias)) => {
                let aliases = at("services", index, ".aliases");
                need_at(
                    false,
                    &aliases,
                    alias,
                    "",
                    "means a service already, or nothing",
                )?;
            }
        }
    }
    Ok(catalogue)
}

fn texts(index: usize, service: &Service, name_max: u32) -> Result<(), PolicyError> {
    let short = service.name.chars().count() <= usize::try_from(name_max).unwrap_or(usize::MAX);
    need_at(
        is_line(&service.name),
        "services",
        index,
        ".name",
        "must be one line of text",
    )?;
    need_at(
        short,
        "services",
        index,
        ".name",
        "is longer than limits.service_max",
    )?;
    let sound = !service.id.is_empty() && service.id == slug(&service.name);
    need_at(
        sound,
        "services",
        index,
        ".id",
        "must be the name without Zoho, lower case, hyphens",
    )?;
    for (position, category) in service.categories.iter().enumerate() {
        let categories = at("services", index, ".categories");
        need_at(
            is_key(category),
            &categories,
            position,
            "",
            "must be lower case with hyphens",
        )?;
    }
    for (language, sentence) in &service.description {
        let mut rest = String::from(".description.");
        rest.push_str(language);
        let sound = is_key(&language.to_ascii_lowercase()) && is_line(sentence);
        need_at(
            sound,
            "services",
            index,
            &rest,
            "must be a language and one line of text",
        )?;
    }
    Ok(())
}

pub(super) fn exclusions(
    exclusions: &[Exclusion],
    catalogue: &Catalogue,
) -> Result<(), PolicyError> {
    for (index, exclusion) in exclusions.iter().enumerate() {
        let known = catalogue.by_id(&exclusion.service).is_some();
        need_at(
            known,
            "exclusions",
            index,
            ".service",
            "is not the id of a service",
        )?;
        let twice = exclusions
            .iter()
            .take(index)
            .any(|earlier| earlier.service == exclusion.service);
        need_at(!twice, "exclusions", index, ".service", "stands twice")?;
    }
    Ok(())
}

fn is_key(text: &str) -> bool {
    let legal = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !text.is_empty() && text.bytes().all(legal) && !text.starts_with('-') && !text.ends_with('-')
}
