//! The cursor: opaque to callers, a sort order and a position to us. It grants nothing: what a caller
//! may see is asked anew for every page.

use crate::store::tickets::{Position, Sort};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

pub(crate) fn write(sort: Sort, position: Position) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}:{}:{}", letter(sort), position.at, position.id))
}

/// `None` for anything that [`write`] did not make for the same order.
pub(crate) fn read(cursor: &str, sort: Sort) -> Option<Position> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let mut parts = text.split(':');
    let (order, at, id) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || order != letter(sort) {
        return None;
    }
    let position = Position {
        at: at.parse().ok()?,
        id: id.parse().ok()?,
    };
    // Numbers have other spellings, such as +1 and 01.
    (write(sort, position) == cursor).then_some(position)
}

const fn letter(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => "n",
        Sort::Oldest => "o",
        Sort::Updated => "u",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_position_in_its_own_order_only() {
        let position = Position {
            at: 1_790_000_000_000,
            id: 42,
        };
        let cursor = write(Sort::Newest, position);
        assert_eq!(read(&cursor, Sort::Newest), Some(position));
        assert_eq!(read(&cursor, Sort::Updated), None);
        for bad in [
            "",
            "!",
            "bg",
            "bjox",
            &URL_SAFE_NO_PAD.encode("n:1:2:3"),
            &URL_SAFE_NO_PAD.encode("n:x:2"),
            &URL_SAFE_NO_PAD.encode("n:+1:2"),
            &URL_SAFE_NO_PAD.encode("n:1:02"),
        ] {
            assert_eq!(read(bad, Sort::Newest), None, "{bad}");
        }
    }
}
