//! ZOID, ZGID and ZUID: digits only, no leading zero, 5–15 digits, always text (facts, section 4).

use crate::codes::{HintCode, ViolationCode};
use crate::place::Dc;

/// A checked identifier: 5–15 ASCII digits without a leading zero.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identifier(String);

/// What was read out of the typed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub identifier: Result<Identifier, (ViolationCode, Option<u32>)>,
    /// What was taken out or converted on the way; each code at most once.
    pub hints: Vec<HintCode>,
}

/// Reads an identifier, taking the number out of pasted prefixes and addresses. Total.
pub fn read(_text: &str) -> Reading {
    Reading { identifier: Err((ViolationCode::Required, None)), hints: Vec::new() }
}

/// Whether the shape is one that was observed in this data centre. Unknown shapes count as fitting.
pub fn fits(_identifier: &Identifier, _dc: Dc) -> bool {
    true
}

impl Identifier {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
