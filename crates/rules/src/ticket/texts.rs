//! Subject, description and the service's name as text: trimmed, counted, free of control
//! characters. Length is in Unicode scalar values, after trimming.

use crate::codes::ViolationCode;
use crate::text::{count, is_blank, unify_line_ends};

/// A field that is wrong: the code and the bound that was broken.
pub(crate) type Wrong = (ViolationCode, Option<u32>);

pub(crate) const REQUIRED: Wrong = (ViolationCode::Required, None);

/// One line of text, trimmed.
pub(crate) fn line(text: &str, max: u32) -> Result<&str, Wrong> {
    sized(text.trim(), max, char::is_control)
}

/// Text of many lines, trimmed, with the line ends of HTML.
pub(crate) fn prose(text: &str, max: u32) -> Result<String, Wrong> {
    let text = unify_line_ends(text);
    let forbidden = |c: char| c.is_control() && c != '\n' && c != '\t';
    sized(text.trim(), max, forbidden).map(str::to_owned)
}

/// The first of `required`, `control_character`, `too_long`.
fn sized(text: &str, max: u32, forbidden: impl Fn(char) -> bool) -> Result<&str, Wrong> {
    if is_blank(text) {
        return Err(REQUIRED);
    }
    if text.contains(forbidden) {
        return Err((ViolationCode::ControlCharacter, None));
    }
    if count(text) > max {
        Err((ViolationCode::TooLong, Some(max)))
    } else {
        Ok(text)
    }
}
