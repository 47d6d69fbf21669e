//! What visitors say about the translation of a page: strangers, without a token. What is kept of it, who is
//! waited for while it arrives, and `partner-endpoint feedback …`.
//!
//! Never here: a way from a call back to what was said. Only the operator's command line shows it.

mod command;
mod delete;
mod error;
pub(crate) mod escape;
mod places;

pub use command::run;
pub use error::FeedbackError;
pub use places::{Place, Places};

use crate::clock::Timestamp;
use crate::locks::KeyLocks;
use partner_rules::wire::Attachment;

const PREFIX: &str = "TF-";

/// What calls that are running have to share.
#[derive(Debug, Default)]
pub struct Desk {
    /// Other locks than those of tickets: the same key is another one here.
    pub locks: KeyLocks,
    /// Taken while a body arrives.
    pub places: Places,
}

/// What somebody said; all text checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    pub name: String,
    pub email: String,
    pub subject: String,
    pub description: Option<String>,
    /// Without query, fragment and credentials.
    pub page_url: Option<String>,
    /// One of the widget's languages.
    pub lang: String,
    pub version: Option<String>,
}

/// Feedback as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub id: i64,
    pub created_at: Timestamp,
    pub feedback: Feedback,
    pub screenshots: Vec<Attachment>,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub id: i64,
    pub created_at: Timestamp,
    pub lang: String,
    pub version: Option<String>,
    pub name: String,
    pub email: String,
    pub subject: String,
    pub screenshots: u32,
}

impl Feedback {
    /// What the texts take, in bytes.
    pub fn bytes(&self) -> u64 {
        let Self {
            name,
            email,
            subject,
            description,
            page_url,
            lang,
            version,
        } = self;
        let optional = [description, page_url, version].into_iter().flatten();
        let all = [name, email, subject, lang].into_iter().chain(optional);
        all.map(|text| u64::try_from(text.len()).unwrap_or(u64::MAX))
            .fold(0, u64::saturating_add)
    }
}

/// `TF-000001`.
pub fn reference(id: i64) -> String {
    format!("{PREFIX}{id:06}")
}

/// The number in a reference, in whatever case it was typed.
pub fn number(reference: &str) -> Option<i64> {
    let (prefix, digits) = reference.trim().split_at_checked(PREFIX.len())?;
    let sound = prefix.eq_ignore_ascii_case(PREFIX) && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_written_and_read() {
        for (id, text) in [(1, "TF-000001"), (1_234_567, "TF-1234567")] {
            assert_eq!(reference(id), text);
            assert_eq!(number(text), Some(id));
        }
        assert_eq!(number(" tf-7 "), Some(7));
        for text in ["", "TF-", "TF", "TF-x", "TF--1", "PS-EU-000001", "1", "Ä"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
