//! Keys as operators hand them over, and keys of our own making.
//!
//! Never here: a secret in a message. What is wrong is said, what it was is not.

use super::ShopsError;
use crate::random;
use crate::store::shops::keys::KeyAlgorithm;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::{SigningKey, VerifyingKey};

/// DER of an Ed25519 public key (RFC 8410, 4) before its 32 bytes.
const SPKI: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];
/// DER of an Ed25519 private key (RFC 8410, 7) before its 32 bytes.
const PKCS8: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];
/// As long as the hash (RFC 7518, 3.2).
const SECRET_MIN: usize = 32;
/// More than any generator makes; a wrong file is noticed.
const SECRET_MAX: usize = 1024;

/// What a record needs, and what the shop needs if we made it.
pub(crate) struct NewKey {
    pub(crate) algorithm: KeyAlgorithm,
    pub(crate) material: Vec<u8>,
    /// Printed once: a private key as PEM, or a secret.
    pub(crate) to_show: Option<String>,
}

/// `EdDSA`, `HS256`, in any case.
pub(crate) fn algorithm(text: &str) -> Result<KeyAlgorithm, ShopsError> {
    KeyAlgorithm::ALL
        .into_iter()
        .find(|algorithm| algorithm.name().eq_ignore_ascii_case(text.trim()))
        .ok_or(ShopsError::Algorithm)
}

pub(super) fn generate(algorithm: KeyAlgorithm) -> Result<NewKey, ShopsError> {
    let seed = random::bytes::<32>()?;
    Ok(match algorithm {
        KeyAlgorithm::EdDsa => NewKey {
            algorithm,
            material: SigningKey::from_bytes(&seed)
                .verifying_key()
                .to_bytes()
                .to_vec(),
            to_show: Some(private_pem(&seed)),
        },
        KeyAlgorithm::Hs256 => {
            let text = URL_SAFE_NO_PAD.encode(seed);
            NewKey {
                algorithm,
                material: text.clone().into_bytes(),
                to_show: Some(text),
            }
        }
    })
}

/// A public key: PEM, or 32 bytes as base64url, base64 or hexadecimal.
pub(crate) fn public(text: &str) -> Result<NewKey, ShopsError> {
    if text.contains("PRIVATE KEY") {
        return Err(ShopsError::PrivateKey);
    }
    let bytes = match pem(text) {
        Some(der) => der.strip_prefix(SPKI.as_slice()).map(<[u8]>::to_vec),
        None => raw(text.trim()),
    };
    let bytes: [u8; 32] = bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(ShopsError::PublicKey)?;
    match VerifyingKey::from_bytes(&bytes) {
        // With a weak key anybody can make a signature.
        Ok(key) if !key.is_weak() => Ok(NewKey {
            algorithm: KeyAlgorithm::EdDsa,
            material: bytes.to_vec(),
            to_show: None,
        }),
        Ok(_) | Err(_) => Err(ShopsError::PublicKey),
    }
}

/// A secret is its text, byte for byte; the line break at a file's end is no part of it.
pub(crate) fn secret(text: &str) -> Result<NewKey, ShopsError> {
    let text = text.trim_end_matches(['\r', '\n']);
    if text.contains("-----BEGIN") {
        return Err(ShopsError::PemSecret);
    }
    if !(SECRET_MIN..=SECRET_MAX).contains(&text.len()) {
        return Err(ShopsError::Secret);
    }
    Ok(NewKey {
        algorithm: KeyAlgorithm::Hs256,
        material: text.as_bytes().to_vec(),
        to_show: None,
    })
}

fn private_pem(seed: &[u8; 32]) -> String {
    let der = STANDARD.encode([PKCS8.as_slice(), seed].concat());
    format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----")
}

/// The bytes in a PEM block; `None` if there is none.
fn pem(text: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once("-----BEGIN PUBLIC KEY-----")?;
    let (body, _) = rest.split_once("-----END PUBLIC KEY-----")?;
    let body: String = body.split_whitespace().collect();
    Some(STANDARD.decode(body).unwrap_or_default())
}

fn raw(text: &str) -> Option<Vec<u8>> {
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return (0..64)
            .step_by(2)
            .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
            .collect();
    }
    let url_safe = text
        .trim_end_matches('=')
        .replace('+', "-")
        .replace('/', "_");
    URL_SAFE_NO_PAD.decode(url_safe).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, 7.1, test 1.
    const HEX: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    const BASE64URL: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    const PEM: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n";

    #[test]
    fn one_public_key_has_four_spellings() {
        let upper = HEX.to_uppercase();
        let base64 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
        for text in [HEX, &upper, BASE64URL, base64, PEM] {
            let key = public(text).expect("sound");
            assert_eq!(random::hex(&key.material), HEX, "{text}");
            assert!(key.to_show.is_none());
        }
    }

    #[test]
    fn what_is_no_sound_public_key_is_refused() {
        let identity = format!("01{}", "00".repeat(31));
        let x25519 = PEM.replace("K2Vw", "K2Vu");
        for text in [
            "",
            "abc",
            &HEX[1..],
            &identity,
            &x25519,
            "-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----",
        ] {
            assert!(matches!(public(text), Err(ShopsError::PublicKey)), "{text}");
        }
        let private = PEM.replace("PUBLIC", "PRIVATE");
        assert!(matches!(public(&private), Err(ShopsError::PrivateKey)));
    }

    #[test]
    fn a_made_private_key_fits_its_record() {
        let key = generate(KeyAlgorithm::EdDsa).expect("made");
        let shown = key.to_show.expect("shown once");
        let body: String = shown
            .lines()
            .filter(|line| !line.starts_with('-'))
            .collect();
        let der = STANDARD.decode(body).expect("base64");
        let seed: [u8; 32] = der[PKCS8.len()..].try_into().expect("32 bytes");
        let public = SigningKey::from_bytes(&seed).verifying_key();
        assert_eq!(public.to_bytes().as_slice(), key.material);
    }

    #[test]
    fn a_secret_is_its_text() {
        let key = generate(KeyAlgorithm::Hs256).expect("made");
        let shown = key.to_show.expect("shown once");
        assert_eq!(shown.len(), 43);
        let again = secret(&format!("{shown}\r\n")).expect("sound");
        assert_eq!(again.material, key.material);
        for bad in ["", "short", &"x".repeat(31), &"x".repeat(1025), PEM] {
            assert!(secret(bad).is_err());
        }
    }
}
