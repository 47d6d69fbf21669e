//! E-mail addresses by the WHATWG shape with international letters and digits (design, section 6).
//!
//! Never converts a domain name to ASCII: that is for matching accounts, not for validity.

mod provider;
mod typo;

pub use provider::is_public_provider;

use crate::codes::{Field, Hint, HintCode, ViolationCode};
use crate::text::{clean, count};

/// Characters of a whole address: what Zoho Desk takes in a ticket's `email` (facts, section 6).
pub const ADDRESS_MAX: u32 = 150;
/// Characters before the @ (RFC 5321, 4.5.3.1.1).
pub const LOCAL_MAX: u32 = 64;
/// Characters between two dots of the domain (RFC 1034, 3.1).
pub const LABEL_MAX: u32 = 63;

/// A syntactically accepted address, as it will be sent (trimmed, invisible characters removed).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

/// Reads an address of at most [`ADDRESS_MAX`] characters. Total.
pub fn parse(text: &str) -> Result<Email, (ViolationCode, Option<u32>)> {
    parse_within(text, ADDRESS_MAX)
}

/// Reads an address. Total.
///
/// One error, the first of: `required`, `too_long` (whatever it is, it has to get shorter),
/// `syntax`, `local_too_long`, `label_too_long`, `no_dot` (everything else about it is right).
pub fn parse_within(text: &str, max: u32) -> Result<Email, (ViolationCode, Option<u32>)> {
    let (text, _) = clean(text);
    if text.is_empty() {
        return Err((ViolationCode::Required, None));
    }
    if count(&text) > max {
        return Err((ViolationCode::TooLong, Some(max)));
    }
    let syntax = (ViolationCode::Syntax, None);
    let (local, domain) = text.split_once('@').ok_or(syntax)?;
    if local.is_empty() || !local.chars().all(is_local) || !domain.split('.').all(is_label) {
        return Err(syntax);
    }
    if count(local) > LOCAL_MAX {
        return Err((ViolationCode::LocalTooLong, Some(LOCAL_MAX)));
    }
    if domain.split('.').any(|label| count(label) > LABEL_MAX) {
        return Err((ViolationCode::LabelTooLong, Some(LABEL_MAX)));
    }
    if !domain.contains('.') {
        return Err((ViolationCode::NoDot, None));
    }
    Ok(Email(text.into_owned()))
}

fn is_local(c: char) -> bool {
    let sign = matches!(c, '.' | '!' | '#'..='\'' | '*' | '+' | '-' | '/' | '=' | '?' | '^'..='`' | '{'..='~');
    sign || c.is_alphanumeric()
}

fn is_label(label: &str) -> bool {
    let legal = |c: char| c.is_alphanumeric() || c == '-';
    !label.is_empty()
        && label.chars().all(legal)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Remarks on an address, none on one that is wrong: `invisible_removed` (value: the address
/// without), then `likely_typo` (value: corrected address) or else `generic_provider`.
pub fn hints(text: &str, field: Field) -> Vec<Hint> {
    parse(text).map_or_else(|_| Vec::new(), |email| remarks(text, &email, field))
}

/// [`hints`] on an address that was read from the text already.
pub(crate) fn remarks(text: &str, email: &Email, field: Field) -> Vec<Hint> {
    let mut hints = Vec::new();
    let mut say = |code, value| hints.push(Hint { field, code, value });
    if clean(text).1 {
        say(HintCode::InvisibleRemoved, Some(email.0.clone()));
    }
    if let Some(corrected) = typo::corrected(email) {
        say(HintCode::LikelyTypo, Some(corrected));
    } else if is_public_provider(email.domain()) {
        say(HintCode::GenericProvider, None);
    }
    hints
}

impl Email {
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn local(&self) -> &str {
        self.0.split_once('@').map_or("", |(local, _)| local)
    }
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}
