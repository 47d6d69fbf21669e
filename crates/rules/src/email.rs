//! E-mail addresses by the WHATWG shape with international letters and digits (design, section 6).

use crate::codes::{Hint, ViolationCode};

/// A syntactically accepted address, as it will be sent (trimmed, invisible characters removed).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

/// Reads an address. Total.
pub fn parse(_text: &str) -> Result<Email, (ViolationCode, Option<u32>)> {
    Err((ViolationCode::Syntax, None))
}

/// Remarks on an address: `invisible_removed`, `likely_typo` (value: corrected address),
/// `generic_provider`. The field is filled in by the caller.
pub fn hints(_text: &str, _field: crate::codes::Field) -> Vec<Hint> {
    Vec::new()
}

impl Email {
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}
