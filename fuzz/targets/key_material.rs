//! Whatever an operator hands over as a key: refused without being repeated, or a key of the right length,
//! which in its other spellings is the same key.

#![no_main]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use libfuzzer_sys::fuzz_target;
use partner_endpoint::fuzzing;
use partner_endpoint::shops::ShopsError;

fuzz_target!(|text: &str| {
    match fuzzing::public_key(text) {
        Ok(key) => {
            assert_eq!(key.len(), 32);
            let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
            for spelling in [URL_SAFE_NO_PAD.encode(&key), hex.to_uppercase(), hex] {
                assert_eq!(fuzzing::public_key(&spelling).ok().as_ref(), Some(&key));
            }
        }
        Err(error) => unsaid(&error),
    }
    match fuzzing::secret(text) {
        Ok(secret) => {
            assert!((32..=1024).contains(&secret.len()));
            let again = std::str::from_utf8(&secret).unwrap();
            assert!(text.starts_with(again));
            assert_eq!(fuzzing::secret(again).ok(), Some(secret.clone()));
        }
        Err(error) => unsaid(&error),
    }
    if let Ok(kid) = fuzzing::kid(text) {
        assert_eq!(kid, text);
        assert!((1..=128).contains(&kid.len()) && kid.bytes().all(|byte| byte.is_ascii_graphic()));
    }
    if let Ok(seconds) = fuzzing::overlap(text) {
        assert!((0..=365 * 24 * 60 * 60).contains(&seconds));
        assert_eq!(fuzzing::overlap(&format!("{seconds}s")).ok(), Some(seconds));
    }
});

/// These carry nothing of what was given.
fn unsaid(error: &ShopsError) {
    assert!(matches!(
        error,
        ShopsError::PublicKey | ShopsError::PrivateKey | ShopsError::Secret | ShopsError::PemSecret
    ));
}
