//! Whatever is presented as a token: nobody who has no key gets in. Whatever a shop signs: claims stand only
//! within their bounds.

#![no_main]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use libfuzzer_sys::fuzz_target;
use partner_desk_fuzz::refused;
use partner_endpoint::clock::Timestamp;
use partner_endpoint::fuzzing;
use partner_endpoint::store::shops::keys::{KeyAlgorithm, KeyRow};
use serde_json::Value;

const AUDIENCE: &str = "group";
/// Seconds since 1970; the seeds say the same.
const NOW: f64 = 1_790_000_000.0;
const SECRET: &[u8] = b"a secret that no fuzzer will ever find by trying";
const HEADER: &[u8] = br#"{"alg":"HS256","kid":"k"}"#;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        forged(text);
    }
    signed(bytes);
});

fn forged(text: &str) {
    match fuzzing::token_header(text) {
        Err(code) => assert_eq!(refused(code), 401),
        Ok((alg, _)) => assert!(text.len() <= 4096 && alg.len() < text.len()),
    }
    for algorithm in [KeyAlgorithm::Hs256, KeyAlgorithm::EdDsa] {
        let refusal = fuzzing::signed_claims(text, &key(algorithm)).err();
        assert_eq!(refused(refusal.unwrap()), 401);
    }
}

fn signed(payload: &[u8]) {
    let encode = |part: &[u8]| URL_SAFE_NO_PAD.encode(part);
    let message = format!("{}.{}", encode(HEADER), encode(payload));
    let secret = EncodingKey::from_secret(SECRET);
    let signature =
        jsonwebtoken::crypto::sign(message.as_bytes(), &secret, Algorithm::HS256).unwrap();
    let token = format!("{message}.{signature}");
    let claims = match fuzzing::signed_claims(&token, &key(KeyAlgorithm::Hs256)) {
        Ok(claims) => claims,
        Err(refusal) => {
            assert_eq!(refused(refusal), 401);
            return;
        }
    };
    let now = Timestamp::from_millis(NOW as i64 * 1000);
    if let Err(code) = fuzzing::judge(&claims, AUDIENCE, now) {
        assert_eq!(refused(code), 401);
        return;
    }
    // Claims that nobody knows are skipped unread, whatever bytes they have.
    let Ok(said) = serde_json::from_slice::<Value>(payload) else {
        return;
    };
    let number = |name: &str| said[name].as_f64();
    let (iat, exp) = (number("iat").unwrap(), number("exp").unwrap());
    assert!(iat < exp && exp - iat <= 900.0);
    assert!(iat <= NOW + 5.0 && exp > NOW - 5.0);
    assert!(number("nbf").is_none_or(|nbf| nbf <= NOW + 5.0));
    assert_eq!(said["aud"], AUDIENCE);
    assert_eq!(said["shop"], *claims.shop);
    assert_eq!(said["sub"], *claims.sub);
    assert!((1..=254).contains(&claims.sub.trim().len()));
    assert!(!claims.sub.contains(char::is_control));
    assert!(claims.name.is_none_or(|name| name.len() <= 200));
}

fn key(algorithm: KeyAlgorithm) -> KeyRow {
    KeyRow {
        kid: "k".to_owned(),
        shop_id: "shop".to_owned(),
        algorithm,
        material: match algorithm {
            KeyAlgorithm::Hs256 => SECRET.to_vec(),
            KeyAlgorithm::EdDsa => SECRET[..32].to_vec(),
        },
    }
}
