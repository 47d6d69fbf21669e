//! `fixtures/identifiers.json`.

use crate::support::{fixture, report};
use partner_rules::{Dc, HintCode, ViolationCode, identifier};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    read: Vec<Read>,
    fits: Vec<Fits>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    name: String,
    text: String,
    id: Option<String>,
    error: Option<ViolationCode>,
    limit: Option<u32>,
    #[serde(default)]
    hints: Vec<HintCode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fits {
    name: String,
    id: String,
    dc: Dc,
    fits: bool,
}

fn cases() -> Cases {
    fixture(include_str!("../../fixtures/identifiers.json"))
}

#[test]
fn every_case_reads_as_written() {
    let failures = cases().read.into_iter().filter_map(|case| {
        let reading = identifier::read(&case.text);
        let expected = match (&case.id, case.error) {
            (Some(id), None) => Ok(id.as_str()),
            (_, error) => Err((error?, case.limit)),
        };
        let found = reading
            .identifier
            .as_ref()
            .map(|id| id.as_str())
            .map_err(|e| *e);
        let right = found == expected && reading.hints == case.hints;
        (!right).then(|| format!("{}: {found:?} {:?}", case.name, reading.hints))
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn every_shape_fits_as_written() {
    let failures = cases().fits.into_iter().filter_map(|case| {
        let id = identifier::read(&case.id).identifier.ok()?;
        (identifier::fits(&id, case.dc) != case.fits).then_some(case.name)
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn all_ten_digits_of_a_script_are_converted() {
    for digits in [
        "٠١٢٣٤٥٦٧٨٩",
        "०१२३४५६७८९",
        "০১২৩৪৫৬৭৮৯",
        "๐๑๒๓๔๕๖๗๘๙",
        "０１２３４５６７８９",
        "𞥐𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙",
    ] {
        let text: String = digits.chars().rev().collect();
        assert_eq!(
            identifier::read(&text).identifier.unwrap().as_str(),
            "9876543210",
            "{digits}"
        );
    }
}
