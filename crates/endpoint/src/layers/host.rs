//! Demo mode answers under loopback names only: a foreign name that points to this machine (DNS
//! rebinding) must not get a demo token.

use crate::loopback::is_loopback_authority;
use crate::problem::{ApiError, ProblemCode};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

pub async fn host(request: Request, next: Next) -> Response {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let named = hosts
        .next()
        .and_then(|value| value.to_str().ok())
        .is_some_and(is_loopback_authority);
    let absolute = request
        .uri()
        .authority()
        .is_none_or(|authority| is_loopback_authority(authority.as_str()));
    if named && absolute && hosts.next().is_none() {
        next.run(request).await
    } else {
        ApiError::new(ProblemCode::HostNotAllowed).into_response()
    }
}
