//! Which column is where.

use super::LineError;
use crate::files::name::is_invisible;
use csv::ByteRecord;
use partner_rules::ViolationCode;

/// Every column that the file may have; the first two must be there.
const KNOWN: [&str; 10] = [
    "superadmin_email",
    "dc",
    "domains",
    "zoid",
    "zgid",
    "zuids",
    "user_emails",
    "service",
    "user_licences",
    "shop",
];
const REQUIRED: usize = 2;

/// A message names a column, it does not repeat a file that is no list of accounts.
const SHOWN_MAX: usize = 40;

pub(super) struct Columns(Vec<(&'static str, usize)>);

impl Columns {
    /// Reads the header line; an unknown column is named, since a misspelt one would be lost.
    pub(super) fn read(header: &ByteRecord) -> Result<Self, Vec<LineError>> {
        let mut columns = Vec::new();
        let mut errors = Vec::new();
        for (index, cell) in header.iter().enumerate() {
            let name = String::from_utf8_lossy(cell).trim().to_lowercase();
            match KNOWN.iter().find(|known| **known == name) {
                Some(known) if columns.iter().all(|(other, _)| other != known) => {
                    columns.push((*known, index))
                }
                Some(_) | None => {
                    let shown = shown(&name, index);
                    errors.push(LineError::new(1, &shown, ViolationCode::UnknownField));
                }
            }
        }
        for required in KNOWN.iter().take(REQUIRED) {
            if columns.iter().all(|(name, _)| name != required) {
                errors.push(LineError::new(1, required, ViolationCode::Required));
            }
        }
        if errors.is_empty() {
            Ok(Self(columns))
        } else {
            Err(errors)
        }
    }

    /// The cell's text; empty when column or cell is absent.
    pub(super) fn cell<'a>(
        &self,
        record: &'a ByteRecord,
        name: &str,
    ) -> Result<&'a str, ViolationCode> {
        let index = self
            .0
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, index)| *index);
        let bytes = index
            .and_then(|index| record.get(index))
            .unwrap_or_default();
        std::str::from_utf8(bytes).map_err(|_| ViolationCode::Syntax)
    }

    /// Cells beyond the header's have no meaning.
    pub(super) fn fits(&self, record: &ByteRecord) -> bool {
        record.len() <= self.0.len()
    }
}

/// The column as a message names it: on one line, short, and nothing that talks to a terminal.
fn shown(name: &str, index: usize) -> String {
    let seen = name.chars().filter(|c| !is_invisible(*c));
    let shown: String = seen.take(SHOWN_MAX).collect();
    if shown.trim().is_empty() {
        format!("column {}", index + 1)
    } else {
        shown
    }
}
