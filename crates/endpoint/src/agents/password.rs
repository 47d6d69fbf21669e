//! Passwords: argon2id, off the threads that answer, a few at a time. Whether there is an account makes no
//! difference in work.

use super::Agent;
use crate::random::{self, NoRandomness};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// What OWASP asks for at least (password storage cheat sheet): 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// More at a time would only take memory (19 MiB each) and the machine's cores from partners.
const AT_ONCE: usize = 2;
/// Who waits longer for their turn is asked to come again.
const TURN: Duration = Duration::from_secs(10);
/// NIST SP 800-63B asks for 15 where nothing but a password is asked for.
const MIN_CHARS: usize = 15;
/// Nobody's password, and no work for whoever sends more.
const MAX_BYTES: usize = 1024;
/// Without letters and digits that look alike; 32 of them.
const ALPHABET: [u8; 32] = *b"abcdefghijkmnpqrstuvwxyz23456789";
const GROUPS: usize = 5;
const GROUP: usize = 5;

#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("too many passwords at a time")]
    Busy,
    #[error("a password could not be hashed")]
    Hash,
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// What is wrong with a password that somebody wants to have; `None`: nothing.
pub fn too_weak(password: &str, email: &str, name: &str) -> Option<&'static str> {
    let folded = password.to_lowercase();
    let is = |text: &str| folded.trim() == text.to_lowercase();
    let mut chars = password.chars();
    let first = chars.next();
    if password.chars().count() < MIN_CHARS {
        Some("must have 15 characters or more")
    } else if password.len() > MAX_BYTES {
        Some("must have 1024 bytes or less")
    } else if is(email) || is(name) || chars.all(|c| Some(c) == first) {
        Some("is too easy to guess")
    } else {
        None
    }
}

/// Made by chance: 125 bits in groups that can be copied by hand.
pub fn generate() -> Result<String, NoRandomness> {
    let bytes = random::bytes::<{ GROUPS * GROUP }>()?;
    let letters: Vec<u8> = bytes
        .iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)).copied())
        .collect();
    let groups: Vec<String> = letters
        .chunks(GROUP)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    Ok(groups.join("-"))
}

/// The PHC string of a password, with a salt of its own. Takes tens of milliseconds.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    let hash: PasswordHash = argon2()?
        .hash_password(password.as_bytes())
        .map_err(|_| PasswordError::Hash)?;
    Ok(hash.to_string())
}

fn argon2() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| PasswordError::Hash)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn fits(password: &str, hash: &str) -> bool {
    let (Ok(hash), Ok(argon2)) = (PasswordHash::new(hash), argon2()) else {
        return false;
    };
    argon2.verify_password(password.as_bytes(), &hash).is_ok()
}

/// Compares passwords, a few at a time.
#[derive(Debug)]
pub struct Doorman {
    places: Semaphore,
    /// Of a password that nobody has: compared with where there is no account.
    nobody: Arc<str>,
}

impl Doorman {
    /// Hashes once, so that nobody is found out by the time that it takes.
    pub fn new() -> Result<Self, PasswordError> {
        Ok(Self {
            places: Semaphore::new(AT_ONCE),
            nobody: hash(&generate()?)?.into(),
        })
    }

    /// The agent, if this is their password. `may` is asked when it is this attempt's turn, and `failed` is
    /// told before the next one's, so that attempts at the same moment are counted like others.
    pub async fn compare<E: From<PasswordError>>(
        &self,
        found: Option<(Agent, Option<String>)>,
        password: String,
        may: impl FnOnce() -> Result<(), E>,
        failed: impl FnOnce(),
    ) -> Result<Option<Agent>, E> {
        let place = tokio::time::timeout(TURN, self.places.acquire()).await;
        let Ok(Ok(_place)) = place else {
            return Err(PasswordError::Busy.into());
        };
        may()?;
        let (agent, hash) = match found {
            Some((agent, Some(hash))) => (Some(agent), hash),
            Some((_, None)) | None => (None, self.nobody.to_string()),
        };
        let right = password.len() <= MAX_BYTES
            && tokio::task::spawn_blocking(move || fits(&password, &hash))
                .await
                .map_err(|_| PasswordError::Hash)?;
        let agent = agent.filter(|_| right);
        if agent.is_none() {
            failed();
        }
        Ok(agent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agent() -> Agent {
        Agent {
            id: 1,
            email: "kim@desk.example".to_owned(),
            name: "Kim".to_owned(),
        }
    }

    #[test]
    fn hashes_are_argon2id_as_owasp_asks_and_salted() {
        let (one, two) = (hash("secret").expect("hash"), hash("secret").expect("hash"));
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, two);
        assert!(fits("secret", &one) && fits("secret", &two));
        assert!(!fits("Secret", &one) && !fits("", &one) && !fits("secret", "nonsense"));
    }

    #[test]
    fn generated_passwords_are_long_and_differ() {
        let one = generate().expect("password");
        assert_eq!(one.len(), 29);
        assert!(one.split('-').all(|group| group.len() == 5), "{one}");
        assert_eq!(too_weak(&one, "kim@desk.example", "Kim"), None);
        assert_ne!(one, generate().expect("password"));
    }

    #[test]
    fn weak_passwords_are_told_from_good_ones() {
        let (email, name) = ("kim.longname@desk.example", "Kim Longname the First");
        for weak in [
            "",
            "fourteen chars",
            "aaaaaaaaaaaaaaaaaaaa",
            "KIM.longname@desk.example",
            "kim longname the first",
            &"x1".repeat(600),
        ] {
            assert!(too_weak(weak, email, name).is_some(), "{weak}");
        }
        for good in ["fifteen letters", "correct horse battery"] {
            assert_eq!(too_weak(good, email, name), None, "{good}");
        }
    }

    #[tokio::test]
    async fn the_right_password_opens_and_every_other_attempt_is_counted() {
        let doorman = Doorman::new().expect("made");
        let hash = hash("right").expect("hash");
        for (found, password, expected) in [
            (Some((agent(), Some(hash.clone()))), "right", Some(agent())),
            (Some((agent(), Some(hash))), "wrong", None),
            (Some((agent(), None)), "right", None),
            (None, "right", None),
        ] {
            let mut counted = false;
            let opened: Result<_, PasswordError> = doorman
                .compare(found, password.to_owned(), || Ok(()), || counted = true)
                .await;
            assert_eq!(opened.expect("compared"), expected);
            assert_eq!(counted, expected.is_none(), "{password}");
        }
    }

    #[tokio::test]
    async fn who_may_not_try_is_not_compared() {
        let doorman = Doorman::new().expect("made");
        let found = Some((agent(), Some(hash("right").expect("hash"))));
        let refused = doorman
            .compare(
                found,
                "right".to_owned(),
                || Err(PasswordError::Busy),
                || {},
            )
            .await;
        assert!(matches!(refused, Err(PasswordError::Busy)));
    }
}
