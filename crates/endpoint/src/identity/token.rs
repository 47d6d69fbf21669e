//! Tokens: JSON Web Tokens, signed by a shop's key with the algorithm that is recorded with the key.
//!
//! Never here: trust in anything that the token says about itself. Its header only names a key.

use super::claims::{Claims, NewClaims};
use crate::clock::Timestamp;
use crate::problem::{ApiError, ProblemCode};
use crate::store::Store;
use crate::store::shops::keys::{KeyAlgorithm, KeyRow};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// Several times what the agreed claims can need.
const TOKEN_MAX_BYTES: usize = 4096;

#[derive(Deserialize)]
pub(crate) struct TokenHeader {
    pub(crate) alg: String,
    pub(crate) kid: Option<String>,
    /// Extensions that must be understood; we understand none (RFC 7515, 4.1.11).
    crit: Option<IgnoredAny>,
}

/// The claims of a token that stands here and now, and the id of the key that signed it.
pub(super) async fn verify(
    token: &str,
    store: &Store,
    audience: &str,
    now: Timestamp,
) -> Result<(Claims, String), ApiError> {
    let header = header(token)?;
    let kid = header.kid.ok_or(ProblemCode::TokenUnknownKey)?;
    let key = store
        .key(&kid, now)
        .await?
        .ok_or(ProblemCode::TokenUnknownKey)?;
    if header.alg != key.algorithm.name() {
        return Err(ProblemCode::TokenWrongAlgorithm.into());
    }
    let claims = signed_claims(token, &key)?;
    if claims.shop != key.shop_id {
        return Err(ProblemCode::TokenWrongShop.into());
    }
    claims.judge(audience, now)?;
    Ok((claims, kid))
}

/// Signs claims with a shared secret.
pub fn sign_hs256(
    claims: &NewClaims<'_>,
    kid: &str,
    secret: &[u8],
) -> Result<String, jsonwebtoken::errors::Error> {
    let header = Header {
        kid: Some(kid.to_owned()),
        ..Header::new(Algorithm::HS256)
    };
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(secret))
}

/// Three parts, and a header with an algorithm; read without the library, which knows no `none`.
pub(crate) fn header(token: &str) -> Result<TokenHeader, ProblemCode> {
    if token.len() > TOKEN_MAX_BYTES {
        return Err(ProblemCode::TokenMalformed);
    }
    let mut parts = token.split('.');
    let (Some(header), Some(_), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(ProblemCode::TokenMalformed);
    };
    let json = URL_SAFE_NO_PAD
        .decode(header)
        .map_err(|_| ProblemCode::TokenMalformed)?;
    match serde_json::from_slice(&json) {
        Ok(TokenHeader { crit: Some(_), .. }) | Err(_) => Err(ProblemCode::TokenMalformed),
        Ok(header) => Ok(header),
    }
}

pub(crate) fn signed_claims(token: &str, key: &KeyRow) -> Result<Claims, ApiError> {
    let (algorithm, verifier) = match key.algorithm {
        KeyAlgorithm::EdDsa => (Algorithm::EdDSA, DecodingKey::from_ed_der(&key.material)),
        KeyAlgorithm::Hs256 => (Algorithm::HS256, DecodingKey::from_secret(&key.material)),
    };
    let mut validation = Validation::new(algorithm);
    // Times and audience are judged by our own clock and with a code each.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    match jsonwebtoken::decode::<Claims>(token, &verifier, &validation) {
        Ok(token) => Ok(token.claims),
        Err(cause) => {
            #[expect(
                clippy::wildcard_enum_match_arm,
                reason = "the library's list of errors is open"
            )]
            let code = match cause.kind() {
                ErrorKind::InvalidSignature => ProblemCode::TokenBadSignature,
                ErrorKind::InvalidAlgorithm => ProblemCode::TokenWrongAlgorithm,
                _ => ProblemCode::TokenMalformed,
            };
            Err(code.into())
        }
    }
}
