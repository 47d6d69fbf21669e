//! What a token claims, and which claims stand.

use crate::clock::Timestamp;
use crate::problem::ProblemCode;
use partner_rules::wire::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// From the wire contract.
const LIFETIME_MAX_S: f64 = 15.0 * 60.0;
/// Clocks of servers that synchronise differ by less.
const LEEWAY_S: f64 = 5.0;
/// Longest address that mail can carry (RFC 5321, 4.5.3.1.3, without the angle brackets).
const SUB_MAX: usize = 254;
/// A display name, not an essay.
const NAME_MAX: usize = 200;

/// The claims of a partner's token. Times are seconds since 1970, fractions allowed (RFC 7519, 2).
#[derive(Clone, Debug, Deserialize)]
pub struct Claims {
    /// The user's e-mail address.
    pub sub: String,
    pub name: Option<String>,
    pub shop: String,
    pub role: Role,
    aud: Value,
    iat: f64,
    exp: f64,
    nbf: Option<f64>,
}

/// Claims for a token of our own making.
#[derive(Clone, Debug, Serialize)]
pub struct NewClaims<'a> {
    pub sub: &'a str,
    pub name: &'a str,
    pub shop: &'a str,
    pub role: &'a str,
    pub aud: &'a str,
    pub iat: i64,
    pub exp: i64,
}

impl Claims {
    /// When the token ends; a fraction of a millisecond is cut off.
    pub(crate) fn expires_at(&self) -> Timestamp {
        // Judged to be within minutes of now; what is no number becomes 1970.
        Timestamp::from_millis((self.exp * 1000.0) as i64)
    }

    /// Whether the claims stand at this instant for this audience; the signature is not our business.
    pub(crate) fn judge(&self, audience: &str, now: Timestamp) -> Result<(), ProblemCode> {
        let sound_text = !self.sub.trim().is_empty()
            && self.sub.len() <= SUB_MAX
            && !self.sub.chars().any(char::is_control)
            && self
                .name
                .as_deref()
                .is_none_or(|name| name.len() <= NAME_MAX);
        if !sound_text || self.exp <= self.iat {
            return Err(ProblemCode::TokenMalformed);
        }
        if self.aud.as_str() != Some(audience) {
            return Err(ProblemCode::TokenWrongAudience);
        }
        if self.exp - self.iat > LIFETIME_MAX_S {
            return Err(ProblemCode::TokenTooLongLived);
        }
        let now = seconds(now);
        if self.iat > now + LEEWAY_S || self.nbf.is_some_and(|nbf| nbf > now + LEEWAY_S) {
            return Err(ProblemCode::TokenNotYetValid);
        }
        if self.exp <= now - LEEWAY_S {
            return Err(ProblemCode::TokenExpired);
        }
        Ok(())
    }
}

fn seconds(now: Timestamp) -> f64 {
    // Milliseconds of any year with four digits are exact in 53 bits.
    now.millis() as f64 / 1000.0
}
