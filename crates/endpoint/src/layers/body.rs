//! Reads the whole body, within bounds of size and time, before anything answers. The bodies with files are
//! the exception: their handlers read them a piece at a time, and what it leaves is read here.
//!
//! An answer to a half-read request can get lost: the connection is reset and a browser then reports
//! a network error, which the widget must take for "unknown". So refusals wait for the body too.

use crate::app::App;
use crate::problem::{ApiError, ProblemCode};
use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use std::sync::Arc;
use tokio::sync::Mutex;

/// How much of a body that is too large is still read, so that the sender reads the answer.
const DRAIN_MAX_BYTES: usize = 1024 * 1024;

const STREAMED: [&str; 5] = [
    "/v1/uploads",
    "/v1/translation-feedback",
    "/agent/tickets/{reference}/uploads",
    "/tickets/{reference}/reply",
    "/tickets/{reference}/note",
];

/// The body of a request that is not read before it is handled.
pub type Stream = Arc<Mutex<Body>>;

pub fn is_streamed(request: &Request) -> bool {
    let path = request.extensions().get::<MatchedPath>();
    request.method() == Method::POST && path.is_some_and(|path| STREAMED.contains(&path.as_str()))
}

enum Trouble {
    TooLarge { rest_unread: bool },
    Broken,
}

pub async fn body(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if is_streamed(&request) {
        return streamed(&app, request, next).await;
    }
    let (parts, incoming) = request.into_parts();
    let max = app.config.limits.body_max_bytes;
    let announced = parts
        .headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > max) && parts.headers.contains_key(header::EXPECT) {
        // The sender waits for our word before it sends anything.
        return too_large(true);
    }
    match tokio::time::timeout(app.config.limits.body_time, read(incoming, announced, max)).await {
        Ok(Ok(bytes)) => {
            next.run(Request::from_parts(parts, Body::from(bytes)))
                .await
        }
        Ok(Err(Trouble::TooLarge { rest_unread })) => too_large(rest_unread),
        Ok(Err(Trouble::Broken)) => ApiError::new(ProblemCode::MalformedRequest).into_response(),
        Err(_) => closing(ApiError::new(ProblemCode::RequestTimeout).into_response()),
    }
}

/// Hands the body over; a refusal waits until the rest of it has arrived, or a good part of it.
async fn streamed(app: &App, request: Request, next: Next) -> Response {
    let (parts, incoming) = request.into_parts();
    let asks_first = parts.headers.contains_key(header::EXPECT);
    let body: Stream = Arc::new(Mutex::new(incoming));
    let mut request = Request::from_parts(parts, Body::empty());
    request.extensions_mut().insert(Arc::clone(&body));
    let response = next.run(request).await;
    if response.status().is_success() {
        return response;
    }
    if asks_first || response.status() == StatusCode::REQUEST_TIMEOUT {
        return closing(response);
    }
    let mut rest = body.lock().await;
    match tokio::time::timeout(app.config.limits.body_time, drained(&mut rest)).await {
        Ok(true) => response,
        Ok(false) | Err(_) => closing(response),
    }
}

/// Whether the body came to its end within the bound.
async fn drained(body: &mut Body) -> bool {
    let mut seen: usize = 0;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return false };
        seen = seen.saturating_add(frame.data_ref().map_or(0, Bytes::len));
        if seen > DRAIN_MAX_BYTES {
            return false;
        }
    }
    true
}

async fn read(mut incoming: Body, announced: Option<usize>, max: usize) -> Result<Bytes, Trouble> {
    let mut kept = Vec::with_capacity(announced.unwrap_or(0).min(max));
    let mut too_large = announced.is_some_and(|length| length > max);
    let mut seen: usize = 0;
    while let Some(frame) = incoming.frame().await {
        let Ok(data) = frame.map_err(|_| Trouble::Broken)?.into_data() else {
            continue;
        };
        seen = seen.saturating_add(data.len());
        too_large = too_large || seen > max;
        if too_large && seen > DRAIN_MAX_BYTES {
            return Err(Trouble::TooLarge { rest_unread: true });
        }
        if too_large {
            kept = Vec::new();
        } else {
            kept.extend_from_slice(&data);
        }
    }
    if too_large {
        Err(Trouble::TooLarge { rest_unread: false })
    } else {
        Ok(Bytes::from(kept))
    }
}

fn too_large(rest_unread: bool) -> Response {
    let response = ApiError::new(ProblemCode::BodyTooLarge).into_response();
    if rest_unread {
        closing(response)
    } else {
        response
    }
}

fn closing(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
