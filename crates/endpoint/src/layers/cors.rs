//! Which pages may read answers. Headers go on every answer to a known origin, refusals and failures
//! too: an answer that a page cannot read is "unknown" to the widget.
//!
//! No cookies, no credentials, no wildcard. Whether the origin is the *token's* shop's is [`Caller`]'s
//! question.
//!
//! [`Caller`]: crate::identity::Caller

use crate::app::App;
use crate::problem::{ApiError, ProblemCode};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

const ALLOWED_METHODS: HeaderValue = HeaderValue::from_static("GET, POST, PUT");
const ALLOWED_HEADERS: HeaderValue = HeaderValue::from_static(
    "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, Upload-Name",
);
const EXPOSED_HEADERS: HeaderValue = HeaderValue::from_static(
    "Retry-After, ETag, Idempotency-Replayed, X-Request-Id, Content-Disposition",
);
/// Ten minutes: what Chromium keeps at most is two hours, and origins may be withdrawn.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");

pub async fn cors(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = match request.headers().get(header::ORIGIN).cloned() {
        None => next.run(request).await,
        Some(origin) => from_page(&app, &origin, request, next).await,
    };
    response
        .headers_mut()
        .append(header::VARY, HeaderValue::from_static("Origin"));
    response
}

async fn from_page(app: &App, origin: &HeaderValue, request: Request, next: Next) -> Response {
    let known = match origin.to_str() {
        Ok(text) => app.origins.known(&app.store, text).await,
        Err(_) => false,
    };
    if !known {
        return ApiError::new(ProblemCode::OriginNotAllowed).into_response();
    }
    let mut response = if is_preflight(&request) {
        preflight()
    } else {
        next.run(request).await
    };
    response
        .headers_mut()
        .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    response
        .headers_mut()
        .insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED_HEADERS);
    response
}

fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

fn preflight() -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, ALLOWED_METHODS);
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS);
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    (StatusCode::NO_CONTENT, headers).into_response()
}
