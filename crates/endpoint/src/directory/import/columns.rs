//! Which column is where.

use super::LineError;
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
                    errors.push(LineError::new(1, &name, ViolationCode::UnknownField))
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
