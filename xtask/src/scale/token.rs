//! Tokens of made-up users, signed as a shop's server signs them.

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};

/// Of SHA-256 (RFC 2104).
const BLOCK: usize = 64;

/// HS256; good for 14 minutes from `now`, in seconds since 1970.
pub(super) fn sign(
    shop: &str,
    user: u32,
    audience: &str,
    now: u64,
    secret: &str,
) -> Result<String> {
    let role = if user == 0 { "superadmin" } else { "member" };
    let header = json!({"alg": "HS256", "typ": "JWT", "kid": shop});
    let claims = json!({
        "sub": format!("user{user}@{shop}.example"), "name": "Ada", "shop": shop, "role": role,
        "aud": audience, "iat": now, "exp": now + 14 * 60,
    });
    let part = |json: &serde_json::Value| -> Result<String> {
        Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(json)?))
    };
    let signed = format!("{}.{}", part(&header)?, part(&claims)?);
    let signature = URL_SAFE_NO_PAD.encode(hmac(secret.as_bytes(), signed.as_bytes()));
    Ok(format!("{signed}.{signature}"))
}

/// HMAC-SHA-256 with a key of a block at most (RFC 2104).
fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let padded = |with: u8| {
        let filled = key.iter().copied().chain(std::iter::repeat(0));
        filled
            .take(BLOCK)
            .map(|byte| byte ^ with)
            .collect::<Vec<_>>()
    };
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(text);
    let outer = Sha256::new().chain_update(padded(0x5c));
    outer.chain_update(inner.finalize()).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, 4.3.
    #[test]
    fn a_signature_is_what_the_standard_says() {
        let hex: String = hmac(b"Jefe", b"what do ya want for nothing?")
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            hex,
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
