//! Around every request: its id, the headers that every answer has, one line in the log, and a count.
//!
//! The only place that logs requests. Never a path as sent, a query, a header, a body, a name or an
//! address: the route's pattern, codes and numbers.

use crate::app::App;
use crate::problem::Refusal;
use crate::random;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const NO_ROUTE: &str = "none";
/// Browsers heed it over TLS only, which a proxy in front speaks.
const TWO_YEARS: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Marks an answer as a file of the demo site, which sets its own policies.
#[derive(Clone, Copy, Debug)]
pub struct SiteFile;

pub async fn envelope(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = random::bytes::<8>()
        .map(|bytes| random::hex(&bytes))
        .unwrap_or_default();
    let method = method_name(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or(NO_ROUTE, MatchedPath::as_str)
        .to_owned();

    let mut response = next.run(request).await;

    let took = started.elapsed();
    let status = response.status().as_u16();
    let refusal = response.extensions_mut().remove::<Refusal>();
    let code = refusal.as_ref().map(|refusal| refusal.code.text());
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    match refusal.and_then(|refusal| refusal.cause) {
        Some(cause) => {
            tracing::error!(%id, method, route, status, code, millis, cause = chain(cause.as_ref()), "answered");
        }
        None => tracing::info!(%id, method, route, status, code, millis, "answered"),
    }
    app.metrics.answered(method, &route, status, took);
    let api = response.extensions().get::<SiteFile>().is_none();
    seal(response.headers_mut(), &id, api);
    if app.demo.is_none() {
        response
            .headers_mut()
            .insert(header::STRICT_TRANSPORT_SECURITY, TWO_YEARS);
    }
    response
}

fn seal(headers: &mut HeaderMap, id: &str, api: bool) {
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, value);
    }
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    if api {
        headers
            .entry(header::CONTENT_SECURITY_POLICY)
            .or_insert(HeaderValue::from_static(
                "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
            ));
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("no-store"));
    }
}

/// Method names are a caller's text as well: only the usual ones are named.
fn method_name(method: &Method) -> &'static str {
    const USUAL: [(&Method, &str); 7] = [
        (&Method::GET, "GET"),
        (&Method::POST, "POST"),
        (&Method::PUT, "PUT"),
        (&Method::HEAD, "HEAD"),
        (&Method::OPTIONS, "OPTIONS"),
        (&Method::DELETE, "DELETE"),
        (&Method::PATCH, "PATCH"),
    ];
    USUAL
        .iter()
        .find(|(usual, _)| *usual == method)
        .map_or("other", |(_, name)| name)
}

/// The cause with its own causes, in one line.
fn chain(cause: &(dyn Error + 'static)) -> String {
    let mut text = cause.to_string();
    let mut next = cause.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
