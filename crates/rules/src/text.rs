//! What every text of a form goes through: invisible characters, full-width forms, line ends,
//! blanks around it. Never changes what a person could see.

use std::borrow::Cow;

/// Characters without a shape of their own: zero-width, directional, fillers, variation
/// selectors, tags. They arrive by copy and paste and nobody can see them to remove them.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// The text without invisible characters and without white space around it, and whether anything
/// invisible was removed.
pub(crate) fn clean(text: &str) -> (Cow<'_, str>, bool) {
    if text.contains(is_invisible) {
        let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        (Cow::Owned(visible.trim().to_owned()), true)
    } else {
        (Cow::Borrowed(text.trim()), false)
    }
}

/// Nothing in it that anybody could read.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Full-width forms of ASCII (U+FF01–FF5E), as East Asian keyboards make them, become ASCII.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    }
}

/// Line ends as HTML counts them: CR LF and CR are one LF. Browsers do this to what is typed into
/// a text area, other clients do not; without it the two sides would count differently.
pub(crate) fn unify_line_ends(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut unified = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        match c {
            '\r' => unified.push('\n'),
            '\n' if after_return => {}
            other => unified.push(other),
        }
        after_return = c == '\r';
    }
    Cow::Owned(unified)
}

/// Length in Unicode scalar values, which is how every limit is meant.
pub(crate) fn count(text: &str) -> u32 {
    let opens = |byte: &u8| !matches!(byte, 0x80..=0xBF);
    u32::try_from(text.bytes().filter(opens).count()).unwrap_or(u32::MAX)
}

/// One line of visible text with nothing around it.
pub(crate) fn is_line(text: &str) -> bool {
    !is_blank(text) && text.trim() == text && !text.contains(char::is_control)
}
