//! What is said about a ticket after it was filed: replies, and reasons for closing and reopening. The same
//! rules for characters and line ends as for the description.

use crate::codes::ViolationCode;
use crate::policy::Limits;
use crate::text::is_blank;
use crate::ticket::texts::prose;

/// Characters of a reason after trimming; from the wire contract. A reason is a remark, not a message.
pub const REASON_MAX: u32 = 1_000;

/// Why a text is not taken, and the bound that was broken.
pub type Wrong = (ViolationCode, Option<u32>);

/// The text of a reply, trimmed: 1 to `limits.description_max` characters (Unicode scalar values), no
/// control characters but line ends and tabs.
///
/// Errors, the first that applies: `required`, `control_character`, `too_long`.
pub fn reply(text: &str, limits: &Limits) -> Result<String, Wrong> {
    prose(text, limits.description_max)
}

/// A reason, trimmed; `None` if there is nothing to read in it.
///
/// Errors, the first that applies: `control_character`, `too_long` (more than [`REASON_MAX`] characters).
pub fn reason(text: &str) -> Result<Option<String>, Wrong> {
    let given = Some(text).filter(|text| !is_blank(text));
    given.map(|text| prose(text, REASON_MAX)).transpose()
}
