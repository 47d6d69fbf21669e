//! `/v1/access…`: who may see what in a shop. For its super administrators only, and always about the
//! caller's own shop: no path, query or body names one.

pub(super) mod default;
pub(super) mod log;
pub(super) mod users;

use super::{Fields, must_be_json};
use crate::problem::{ApiError, ProblemCode};
use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use partner_rules::wire::Access;

/// The one field that both bodies have.
pub(crate) fn level(headers: &HeaderMap, body: &[u8]) -> Result<Access, ApiError> {
    must_be_json(headers)?;
    let mut fields = Fields::read(body)?;
    let access = fields.code("access");
    let violations = fields.finish()?;
    access.ok_or_else(|| ApiError::new(ProblemCode::InvalidFields).violations(violations))
}

/// Opaque to callers; which list, and the row that the page before ended with.
pub(crate) fn write_cursor(list: char, row: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{list}:{row}"))
}

/// `None` for anything that [`write_cursor`] did not make for this list.
pub(crate) fn read_cursor(list: char, cursor: &str) -> Option<String> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let row = text.strip_prefix(list)?.strip_prefix(':')?;
    Some(row.to_owned()).filter(|row| !row.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_into_its_own_list_only() {
        let cursor = write_cursor('u', "a:b@c.example");
        assert_eq!(read_cursor('u', &cursor).as_deref(), Some("a:b@c.example"));
        assert_eq!(read_cursor('l', &cursor), None);
        for bad in ["", "!", "dQ", &URL_SAFE_NO_PAD.encode("u:")] {
            assert_eq!(read_cursor('u', bad), None, "{bad}");
        }
    }
}
