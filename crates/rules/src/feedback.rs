//! What a visitor says about the translation of a page (facts, section 7): how long, and in which of the
//! widget's languages. Every length is in Unicode scalar values, after trimming.
//!
//! Never here: the address of the page, since telling one from other text needs a parser of URLs.

use crate::codes::ViolationCode;
use crate::text::is_blank;
use crate::ticket::texts::{line, prose};

/// As an address: what Zoho Desk takes (facts, section 6).
pub const NAME_MAX: u32 = 150;
/// As of a ticket.
pub const SUBJECT_MAX: u32 = 255;
/// As of a ticket.
pub const DESCRIPTION_MAX: u32 = 32_000;
/// What every browser and server agrees on.
pub const PAGE_URL_MAX: u32 = 2_000;
/// A version by semver, with a build.
pub const VERSION_MAX: u32 = 40;

/// The languages that the widget has texts in, by their tags.
pub const LANGS: [&str; 9] = ["en", "de", "fr", "nl", "es", "pt-BR", "ja", "ar", "hi"];

/// Why a text is not taken, and the bound that was broken.
pub type Wrong = (ViolationCode, Option<u32>);

/// Who says it: one line. `required`, `control_character`, `too_long`.
pub fn name(text: &str) -> Result<&str, Wrong> {
    line(text, NAME_MAX)
}

/// What it is about: one line. `required`, `control_character`, `too_long`.
pub fn subject(text: &str) -> Result<&str, Wrong> {
    line(text, SUBJECT_MAX)
}

/// What is wrong, in as many lines as it takes, with the line ends of HTML; a blank one is none.
/// `control_character`, `too_long`.
pub fn description(text: &str) -> Result<Option<String>, Wrong> {
    given(text)
        .map(|text| prose(text, DESCRIPTION_MAX))
        .transpose()
}

/// The address of the page as far as it is text; a blank one is none. `control_character`, `too_long`.
pub fn page_url(text: &str) -> Result<Option<&str>, Wrong> {
    given(text).map(|text| line(text, PAGE_URL_MAX)).transpose()
}

/// Which version of the widget or the page was looked at; a blank one is none. `control_character`,
/// `too_long`.
pub fn version(text: &str) -> Result<Option<&str>, Wrong> {
    given(text).map(|text| line(text, VERSION_MAX)).transpose()
}

/// The language that was looked at. `required`, `unknown_value`.
pub fn lang(text: &str) -> Result<&'static str, Wrong> {
    let tag = given(text).ok_or((ViolationCode::Required, None))?.trim();
    let known = LANGS.into_iter().find(|lang| *lang == tag);
    known.ok_or((ViolationCode::UnknownValue, None))
}

fn given(text: &str) -> Option<&str> {
    Some(text).filter(|text| !is_blank(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_counted_after_trimming_in_characters() {
        let long = |max: u32| "ä".repeat(max as usize);
        let too_long = |max| Err((ViolationCode::TooLong, Some(max)));
        let padded = format!("  {}\n", long(NAME_MAX));
        assert_eq!(name(&padded), Ok(padded.trim()));
        assert_eq!(name(&long(NAME_MAX + 1)), too_long(NAME_MAX));
        assert_eq!(
            subject(&long(256)),
            Err((ViolationCode::TooLong, Some(255)))
        );
        assert_eq!(
            description(&long(DESCRIPTION_MAX + 1)),
            Err((ViolationCode::TooLong, Some(32_000)))
        );
        assert_eq!(description("a\r\nb"), Ok(Some("a\nb".to_owned())));
        assert_eq!(
            page_url(&long(2001)).map(|_| ()),
            Err((ViolationCode::TooLong, Some(2000)))
        );
        assert_eq!(
            version(&long(41)).map(|_| ()),
            Err((ViolationCode::TooLong, Some(40)))
        );
    }

    #[test]
    fn what_has_to_be_there_is_missed_and_what_has_not_is_not() {
        let required = (ViolationCode::Required, None);
        for blank in ["", " \n", "\u{200b}"] {
            assert_eq!(name(blank), Err(required));
            assert_eq!(subject(blank), Err(required));
            assert_eq!(lang(blank), Err(required));
            assert_eq!(description(blank), Ok(None));
            assert_eq!(page_url(blank), Ok(None));
            assert_eq!(version(blank), Ok(None));
        }
    }

    #[test]
    fn control_characters_are_in_no_text() {
        let control = ViolationCode::ControlCharacter;
        for text in ["a\0b", "a\u{1b}[2Jb"] {
            assert_eq!(name(text), Err((control, None)));
            assert_eq!(description(text), Err((control, None)));
            assert_eq!(page_url(text), Err((control, None)));
            assert_eq!(version(text), Err((control, None)));
        }
        assert_eq!(subject("a\nb"), Err((control, None)));
    }

    #[test]
    fn languages_are_the_widget_s_by_their_exact_tags() {
        for tag in LANGS {
            assert_eq!(lang(tag), Ok(tag));
        }
        for tag in ["EN", "pt", "pt-br", "xx", "en\0"] {
            assert_eq!(lang(tag), Err((ViolationCode::UnknownValue, None)), "{tag}");
        }
    }
}
