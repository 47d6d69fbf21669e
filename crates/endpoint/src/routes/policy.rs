//! `GET /v1/policy`: the rules as browsers get them, without thresholds. Needs no token: a page reads
//! it before anybody has signed in.

use super::openapi::Refusals;
use crate::app::App;
use crate::config::Config;
use crate::random;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use partner_rules::wire::PolicyView;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The answer, made once at start.
pub struct PolicyAnswer {
    body: Bytes,
    etag: String,
}

impl PolicyAnswer {
    pub fn new(config: &Config) -> Result<Self, serde_json::Error> {
        let view = PolicyView {
            demo: config.demo.is_some(),
            ..config.policy.view(&config.dcs)
        };
        let body = Bytes::from(serde_json::to_vec(&view)?);
        let etag = format!("\"{}\"", random::hex(&Sha256::digest(&body)));
        Ok(Self { body, etag })
    }
}

/// The rules in force here.
#[utoipa::path(
    get,
    path = "/policy",
    tag = "policy",
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` of an earlier answer")),
    responses((status = 200, body = PolicyView), (status = 304, description = "Unchanged"), Refusals)
)]
pub(super) async fn policy(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let PolicyAnswer { body, etag } = &app.policy_answer;
    let caching = [
        (header::ETAG, etag.as_str()),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    if headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .any(|value| names(value.to_str().unwrap_or_default(), etag))
    {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (
        caching,
        [(header::CONTENT_TYPE, "application/json")],
        body.clone(),
    )
        .into_response()
}

/// Weak comparison (RFC 9110, 8.8.3.2).
fn names(list: &str, etag: &str) -> bool {
    list.split(',')
        .map(str::trim)
        .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == etag)
}
