//! What calls with an idempotency key answer: what was stored, and the same again.

use crate::problem::{ApiError, ProblemCode};
use crate::store::idempotency::Bound;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// For the first request with the same key. From the wire contract.
pub(super) const WAIT_FOR_FIRST: Duration = Duration::from_secs(5);

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
