//! A feedback form that has arrived: what is wrong with it, or what it says; and whether it is the same as
//! another.

use crate::feedback::Feedback;
use crate::files::NewFile;
use crate::problem::{ApiError, ProblemCode, violation};
use crate::store::idempotency::Fingerprint;
use partner_rules::ViolationCode;
use partner_rules::email;
use partner_rules::feedback::{self, DESCRIPTION_MAX, Wrong};
use partner_rules::wire::WireViolation;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use url::Url;

/// The names of the parts that are text, in the order in which violations are listed.
pub(super) const TEXTS: [&str; 7] = [
    "name",
    "email",
    "subject",
    "description",
    "page_url",
    "lang",
    "version",
];
pub(super) const SCREENSHOTS: &str = "screenshots";

/// Binds a fingerprint to this call.
const CALL: &[u8] = b"POST /v1/translation-feedback\n";

/// What arrived; nothing is said about the texts yet.
#[derive(Debug, Default)]
pub(super) struct Form {
    /// `None` stands for a text that is longer than any that is taken.
    pub(super) texts: BTreeMap<&'static str, Option<String>>,
    /// Names of parts that the call does not know.
    pub(super) unknown: BTreeSet<String>,
    /// How many screenshots were sent.
    pub(super) sent: u32,
    /// The hashes of all that were sent, in order, in hexadecimal.
    pub(super) hashes: Vec<String>,
    /// Bytes of screenshots that were written.
    pub(super) written: u64,
    /// Those that are sound and on disk.
    pub(super) screenshots: Vec<Screenshot>,
    /// What is wrong with the screenshots.
    pub(super) wrong: Vec<WireViolation>,
}

/// A picture on disk that goes with the form, unless it is kept.
#[derive(Debug)]
pub(super) struct Screenshot {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) size: u32,
    /// In hexadecimal.
    pub(super) sha256: String,
    pub(super) content_type: &'static str,
    pub(super) file: NewFile,
}

impl Form {
    /// Notes what is wrong with the screenshots, each once.
    pub(super) fn refuse(&mut self, code: ViolationCode, limit: Option<u32>) {
        let one = wrong(SCREENSHOTS, (code, limit));
        if !self.wrong.contains(&one) {
            self.wrong.push(one);
        }
        // None of them will be kept.
        self.screenshots.clear();
    }

    /// Refuses parts that the call does not know.
    pub(super) fn must_be_known(&self) -> Result<(), ApiError> {
        if self.unknown.is_empty() {
            return Ok(());
        }
        let unknown = self.unknown.iter();
        let violations = unknown.map(|name| violation(name.as_str(), ViolationCode::UnknownField));
        Err(ApiError::new(ProblemCode::UnknownField).violations(violations.collect()))
    }

    /// SHA-256 over the texts as they were sent and the hashes of the files; neither boundaries nor names of
    /// files matter. `None` if a text was too long to be looked at: such a form is never stored.
    pub(super) fn fingerprint(&self) -> Option<Fingerprint> {
        if self.texts.values().any(Option::is_none) {
            return None;
        }
        let texts = TEXTS.map(|field| self.texts.get(field));
        let json = serde_json::to_vec(&(texts, &self.hashes)).ok()?;
        let hash = Sha256::new().chain_update(CALL).chain_update(json);
        Some(hash.finalize().into())
    }

    /// What it says, and the files that go with it.
    pub(super) fn judge(self) -> Result<(Feedback, Vec<Screenshot>), ApiError> {
        let mut violations = Vec::new();
        let mut text = |field, read: &dyn Fn(&str) -> Result<Option<String>, Wrong>| {
            let outcome = match self.texts.get(field) {
                Some(Some(text)) => read(text),
                None => read(""),
                // Whatever the bound of the field is, it is over it.
                Some(None) => read(&"x".repeat(DESCRIPTION_MAX as usize + 1)),
            };
            outcome.unwrap_or_else(|reason| {
                violations.push(wrong(field, reason));
                None
            })
        };
        let name = text("name", &|text| feedback::name(text).map(some));
        let email = text("email", &|text| {
            email::parse(text).map(|address| some(address.as_str()))
        });
        let subject = text("subject", &|text| feedback::subject(text).map(some));
        let description = text("description", &feedback::description);
        let page_url = text("page_url", &page_url);
        let lang = text("lang", &|text| feedback::lang(text).map(some));
        let version = text("version", &|text| {
            feedback::version(text).map(|version| version.and_then(some))
        });
        violations.extend(self.wrong);
        match (name, email, subject, lang) {
            (Some(name), Some(email), Some(subject), Some(lang)) if violations.is_empty() => {
                let feedback = Feedback {
                    name,
                    email,
                    subject,
                    description,
                    page_url,
                    lang,
                    version,
                };
                Ok((feedback, self.screenshots))
            }
            _ => Err(ApiError::new(ProblemCode::InvalidFields).violations(violations)),
        }
    }
}

/// The page's address without what could be a secret or say who looked at it: query, fragment, credentials.
fn page_url(text: &str) -> Result<Option<String>, Wrong> {
    const SYNTAX: Wrong = (ViolationCode::Syntax, None);
    let Some(text) = feedback::page_url(text)? else {
        return Ok(None);
    };
    let mut url = Url::parse(text).map_err(|_| SYNTAX)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(SYNTAX);
    }
    url.set_query(None);
    url.set_fragment(None);
    url.set_username("").map_err(|()| SYNTAX)?;
    url.set_password(None).map_err(|()| SYNTAX)?;
    Ok(Some(url.into()))
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn wrong(field: &str, (code, limit): Wrong) -> WireViolation {
    WireViolation {
        limit,
        ..violation(field, code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(texts: &[(&'static str, &str)]) -> Form {
        let texts = texts.iter().map(|(name, text)| (*name, some(text)));
        Form {
            texts: texts.collect(),
            ..Form::default()
        }
    }

    #[test]
    fn of_a_page_only_what_everybody_sees_is_kept() {
        for (text, kept) in [
            (
                "https://a.example/de/x?token=1#me",
                "https://a.example/de/x",
            ),
            (
                " http://me:secret@a.example:8080/ ",
                "http://a.example:8080/",
            ),
            ("HTTPS://A.example", "https://a.example/"),
            (
                "https://münchen.example/ä",
                "https://xn--mnchen-3ya.example/%C3%A4",
            ),
        ] {
            assert_eq!(page_url(text), Ok(some(kept)), "{text}");
        }
        for text in [
            "a.example/x",
            "/de/x",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://a.example/",
            "https://",
            "https://a b/",
        ] {
            assert_eq!(page_url(text), Err((ViolationCode::Syntax, None)), "{text}");
        }
    }

    #[test]
    fn texts_do_not_run_into_each_other_in_a_fingerprint() {
        let forms = [
            form(&[]),
            form(&[("name", "")]),
            form(&[("name", "a")]),
            form(&[("email", "a")]),
            form(&[("name", "a"), ("email", "b")]),
            form(&[("name", "ab"), ("email", "")]),
            Form {
                hashes: vec!["a".to_owned()],
                ..Form::default()
            },
            Form {
                hashes: vec!["a".to_owned(), "a".to_owned()],
                ..Form::default()
            },
        ];
        let prints: BTreeSet<_> = forms.iter().map(Form::fingerprint).collect();
        assert_eq!(prints.len(), forms.len());
        assert!(prints.iter().all(Option::is_some));
        let cut = Form {
            texts: BTreeMap::from([("name", None)]),
            ..Form::default()
        };
        assert_eq!(cut.fingerprint(), None);
    }
}
