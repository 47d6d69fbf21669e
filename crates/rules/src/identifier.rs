//! ZOID, ZGID and ZUID: digits only, no leading zero, 5–15 digits, always text (facts, section 4).
//!
//! Never a number type: identifiers exceed 2^31, and leading zeros would vanish. Never decides
//! which of the three it is: they cannot be told apart by shape.

mod digits;
mod extract;

pub(crate) use digits::ascii_digit;

use crate::codes::{HintCode, ViolationCode};
use crate::place::Dc;

/// Digits of the shortest identifier seen.
pub const DIGITS_MIN: u32 = 5;
/// Digits of the longest one; IDs of records have 16–19.
pub const DIGITS_MAX: u32 = 15;

/// A checked identifier: 5–15 ASCII digits without a leading zero.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identifier(String);

/// What was read out of the typed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub identifier: Result<Identifier, (ViolationCode, Option<u32>)>,
    /// What was taken out or converted on the way; each code at most once, none when no digits
    /// were left.
    pub hints: Vec<HintCode>,
}

/// Reads an identifier, taking the number out of pasted prefixes and addresses. Total.
///
/// One error, the first of: `required`, `not_digits`, `record_id` (16–19 digits), `too_long`,
/// `leading_zero`, `too_short`.
pub fn read(text: &str) -> Reading {
    let (digits, hints) = extract::digits(text);
    if digits.is_empty() {
        return Reading {
            identifier: Err((ViolationCode::Required, None)),
            hints: Vec::new(),
        };
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Reading {
            identifier: Err((ViolationCode::NotDigits, None)),
            hints: Vec::new(),
        };
    }
    Reading {
        identifier: sized(digits),
        hints,
    }
}

fn sized(digits: String) -> Result<Identifier, (ViolationCode, Option<u32>)> {
    match digits.len() {
        16..=19 => Err((ViolationCode::RecordId, Some(DIGITS_MAX))),
        20.. => Err((ViolationCode::TooLong, Some(DIGITS_MAX))),
        _ if digits.starts_with('0') => Err((ViolationCode::LeadingZero, None)),
        0..=4 => Err((ViolationCode::TooShort, Some(DIGITS_MIN))),
        _ => Ok(Identifier(digits)),
    }
}

/// Whether the shape is one that was observed in this data centre. Unknown shapes count as fitting.
pub fn fits(identifier: &Identifier, dc: Dc) -> bool {
    let digits = identifier.as_str();
    let shape = |length: usize, start: &str| digits.len() == length && digits.starts_with(start);
    match dc {
        Dc::Us => (7..=9).contains(&digits.len()),
        Dc::Eu => shape(11, "20"),
        Dc::In => shape(11, "60"),
        Dc::Au => shape(10, "700"),
        Dc::Jp => shape(11, "900"),
        Dc::Ca => shape(12, "110"),
        Dc::Sa | Dc::Uk => true,
    }
}

impl Identifier {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
