//! Calls with an idempotency key: what they have in common, from reading the request to the answer – what was
//! stored, and the same again.
//!
//! The order of questions matters. A key that stands for this very request is answered with what was stored
//! whatever has changed since – access, policy, data centres, the ticket –, so that nobody is told "refused"
//! about something that exists.

use super::must_be_json;
use super::tickets::key;
use crate::app::App;
use crate::identity::Caller;
use crate::locks::{KeyGuard, KeyLocks};
use crate::problem::{ApiError, ProblemCode};
use crate::store::idempotency::{Bound, Fingerprint, Scope};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// For the first request with the same key. From the wire contract.
const WAIT_FOR_FIRST: Duration = Duration::from_secs(5);

/// The key and the JSON body of a call that needs access. Whoever has none is told so, whatever else is
/// wrong; but a sound request may be one that was stored while there was access, and goes on.
pub(super) fn keyed<B>(
    caller: &Caller,
    headers: &HeaderMap,
    read: impl FnOnce() -> Result<B, ApiError>,
) -> Result<(Scope, B), ApiError> {
    let request = key::read(headers)
        .map_err(ApiError::from)
        .and_then(|key| must_be_json(headers).map(|()| key))
        .and_then(|key| read().map(|body| (key, body)));
    let (key, body) = match (request, caller.must_have_access()) {
        (Ok(request), _) => request,
        (Err(_), Err(denied)) => return Err(denied),
        (Err(refusal), Ok(())) => return Err(refusal),
    };
    let scope = Scope {
        shop_id: caller.shop.id.clone(),
        sub: caller.sub.clone(),
        key,
    };
    Ok((scope, body))
}

/// Waits until no other request with this key runs in this process.
pub(super) async fn turn<'a>(locks: &'a KeyLocks, scope: &Scope) -> Result<KeyGuard<'a>, ApiError> {
    let turn = locks.acquire(scope, WAIT_FOR_FIRST).await;
    turn.ok_or_else(|| ApiError::new(ProblemCode::IdempotencyRunning).retry_after(1))
}

/// SHA-256 over the call and the parsed body: blanks, key order and escapes of the JSON do not matter, and
/// the same key on another call is another request. `call` is method and path.
pub(super) fn fingerprint(call: &str, parsed: &impl Serialize) -> Option<Fingerprint> {
    let json = serde_json::to_vec(parsed).ok()?;
    let call = Sha256::new().chain_update(call).chain_update(b"\n");
    Some(call.chain_update(json).finalize().into())
}

/// The answer for a key that stands for something already. Without a fingerprint the body could not be
/// understood: nothing like it was ever stored.
pub(super) async fn earlier(
    app: &App,
    scope: &Scope,
    fingerprint: Option<&Fingerprint>,
) -> Result<Option<Response>, ApiError> {
    let Some(fingerprint) = fingerprint else {
        return Ok(None);
    };
    let bound = app.store.bound(scope, fingerprint).await?;
    bound.map(replay).transpose()
}

/// 201 with the first answer.
pub(super) fn created(answer: String) -> Response {
    (
        StatusCode::CREATED,
        [(header::CONTENT_TYPE, "application/json")],
        answer,
    )
        .into_response()
}

/// The first answer again, and that it is so; or that the key stands for something else.
pub(super) fn replay(bound: Bound) -> Result<Response, ApiError> {
    match bound {
        Bound::Same(answer) => {
            let mut response = created(answer);
            let replayed = HeaderValue::from_static("true");
            response
                .headers_mut()
                .insert("idempotency-replayed", replayed);
            Ok(response)
        }
        Bound::Other => Err(ProblemCode::IdempotencyMismatch.into()),
    }
}
