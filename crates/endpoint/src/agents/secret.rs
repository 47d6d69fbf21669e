//! A secret that only whoever holds it knows: a session's cookie, a token. Here only its hash is kept.

use crate::random::{self, NoRandomness};
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

const BYTES: usize = 32;
/// So that those who look for leaked secrets find ours.
const TOKEN_PREFIX: &str = "pda_";
/// Another hash than the one that is kept: who reads the store cannot make forms.
const FORM: &[u8] = b"partner-desk form\0";

/// Lower-case hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn random() -> Result<Self, NoRandomness> {
        Ok(Self(random::hex(&random::bytes::<BYTES>()?)))
    }

    /// A cookie's value; `None` if it cannot be one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let sound = text.len() == 2 * BYTES
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        sound.then(|| Self(text.to_owned()))
    }

    /// The same out of a token.
    pub fn of_token(text: &str) -> Option<Self> {
        Self::parse(text.strip_prefix(TOKEN_PREFIX)?)
    }

    pub fn token(&self) -> String {
        format!("{TOKEN_PREFIX}{}", self.0)
    }

    /// For the browser that it belongs to, and for nobody else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it. No salt and no work: it is chance itself, so there is nothing to guess.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// What forms on this session's pages carry.
    pub fn form(&self) -> String {
        let digest = Sha256::new().chain_update(FORM).chain_update(&self.0);
        random::hex(&digest.finalize())
    }

    /// Whether a form comes from a page of this session.
    pub fn made(&self, form: &str) -> bool {
        self.form().as_bytes().ct_eq(form.as_bytes()).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_back_and_shows_itself_to_no_log() {
        let secret = Secret::random().expect("randomness");
        assert_eq!(Secret::parse(secret.reveal()).as_ref(), Some(&secret));
        assert_eq!(Secret::of_token(&secret.token()).as_ref(), Some(&secret));
        assert_ne!(secret, Secret::random().expect("randomness"));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        let upper = secret.reveal().to_uppercase() + "A";
        for text in ["", "abc", &"g".repeat(64), &upper, secret.reveal()] {
            assert_eq!(Secret::of_token(text), None, "{text}");
        }
    }

    #[test]
    fn a_form_belongs_to_one_session_and_is_not_what_is_kept() {
        let secret = Secret::random().expect("randomness");
        let other = Secret::random().expect("randomness");
        assert!(secret.made(&secret.form()));
        assert!(!secret.made(&other.form()) && !secret.made(""));
        assert_ne!(secret.form(), random::hex(&secret.hash()));
        assert!(!secret.made(secret.reveal()));
    }
}
