//! Whatever is typed for a service: never a panic, and never Writer for Writer Add-ons.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_desk_fuzz::POLICY;

fuzz_target!(|text: &str| {
    let catalogue = POLICY.catalogue();
    let resolved = catalogue.resolve(text);
    assert_eq!(catalogue.resolve(&resolved.name), resolved);
    let near = catalogue.near(text);
    assert!(!resolved.listed || near.is_none());
    if text.to_lowercase().contains("writer add") {
        assert!(near.is_none_or(|service| service.id != "writer"));
    }
    let mut seen = Vec::new();
    for row in catalogue.search(text) {
        if let Some((start, end)) = row.emphasis {
            assert!(start < end && row.service.name.get(start..end).is_some());
        }
        assert!(!seen.contains(&&row.service.id));
        seen.push(&row.service.id);
    }
});
