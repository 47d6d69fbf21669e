//! Access tokens: one at a time for the portal, kept in memory until shortly before they end, never anywhere else.

use super::ask::whole;
use super::{Broken, Web};
use crate::clock::{Clock, Timestamp};
use crate::config::RelayConfig;
use hyper::Request;
use hyper::header::{ACCEPT, CONNECTION, CONTENT_TYPE};
use serde::Deserialize;
use std::time::Duration;
use tokio::sync::Mutex;
use url::form_urlencoded::Serializer;

const PATIENCE: Duration = Duration::from_secs(30);
/// A token that ends this soon may end on its way.
const MARGIN_S: i64 = 60;
/// Zoho's last an hour; a stranger's word for longer is not taken.
const LIFE_S: i64 = 3600;

/// Why there is no token. Nothing of a ticket has been sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::relay) enum NoToken {
    /// The accounts server did not answer, or is not well.
    Broken(&'static str),
    /// It asks for fewer calls.
    Slow(Option<u64>),
    /// It does not know this client or this refresh token.
    Refused,
}

#[derive(Default)]
pub(in crate::relay) struct Tokens(Mutex<Option<Kept>>);

struct Kept {
    token: String,
    until: Timestamp,
}

/// What the accounts server says, also when it refuses: with 200.
#[derive(Deserialize)]
struct Said {
    access_token: Option<String>,
    expires_in: Option<i64>,
    error: Option<String>,
}

impl Tokens {
    /// A token that should hold. `stale`: the one that was refused. Whoever else asks meanwhile waits for the same.
    pub(in crate::relay) async fn get(
        &self,
        web: &Web,
        config: &RelayConfig,
        clock: &dyn Clock,
        stale: Option<&str>,
    ) -> Result<String, NoToken> {
        let mut kept = self.0.lock().await;
        let held = kept
            .as_ref()
            .filter(|kept| kept.until > clock.now() && Some(kept.token.as_str()) != stale);
        if let Some(held) = held {
            return Ok(held.token.clone());
        }
        *kept = None;
        let fresh = fetch(web, config, clock).await?;
        let token = fresh.token.clone();
        *kept = Some(fresh);
        Ok(token)
    }
}

async fn fetch(web: &Web, config: &RelayConfig, clock: &dyn Clock) -> Result<Kept, NoToken> {
    // In the body: addresses are logged by whoever passes them on.
    let form = Serializer::new(String::new())
        .append_pair("grant_type", "refresh_token")
        .append_pair("client_id", &config.client_id)
        .append_pair("client_secret", config.client_secret.reveal())
        .append_pair("refresh_token", config.refresh_token.reveal())
        .finish();
    let request = Request::post(format!("{}/oauth/v2/token", config.accounts_url))
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(ACCEPT, "application/json")
        .header(CONNECTION, "close")
        .body(whole(form.into_bytes()))
        .map_err(|_| NoToken::Refused)?;
    let now = clock.now();
    let answer = web.call(request, PATIENCE).await.map_err(|broken| {
        NoToken::Broken(match broken {
            Broken::Unreached => "accounts_unreachable",
            Broken::Cut | Broken::Late | Broken::TooLong => "accounts_cut_off",
        })
    })?;
    match answer.status {
        429 => return Err(NoToken::Slow(answer.retry_after)),
        500.. => return Err(NoToken::Broken("accounts_error")),
        _ => {}
    }
    let said: Said =
        serde_json::from_slice(&answer.body).map_err(|_| NoToken::Broken("accounts_unreadable"))?;
    match said {
        Said {
            access_token: Some(token),
            expires_in,
            error: None,
        } if sound(&token) => Ok(Kept {
            token,
            until: now.plus_seconds(expires_in.unwrap_or(LIFE_S).min(LIFE_S) - MARGIN_S),
        }),
        // "Access Denied": too many tokens in ten minutes.
        Said {
            error: Some(error), ..
        } if error.eq_ignore_ascii_case("access_denied")
            || error.eq_ignore_ascii_case("access denied") =>
        {
            Err(NoToken::Slow(None))
        }
        Said { .. } => Err(NoToken::Refused),
    }
}

/// It will stand in a header.
fn sound(token: &str) -> bool {
    !token.is_empty() && token.len() <= 4096 && token.chars().all(|c| c.is_ascii_graphic())
}
