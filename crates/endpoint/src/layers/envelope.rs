//! Around every request: its id, the headers that every answer has, one line in the log, and a count.
//!
//! The only place that logs requests. Never a path as sent, a query, a header, a body, a name or an
//! address: the route's pattern, codes and numbers.

use crate::app::App;
use crate::problem::Refusal;
use crate::random;
use crate::serve::Peer;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use std::error::Error;
use std::sync::Arc;
use std::time::Instant;
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const NO_ROUTE: &str = "none";
/// Browsers heed it over TLS only, which a proxy in front speaks.
const TWO_YEARS: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Marks an answer as a file of the demo site, which sets its own policies.
#[derive(Clone, Copy, Debug)]
pub struct SiteFile;

pub async fn envelope(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(&app, &request);
    let method = method_name(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or(NO_ROUTE, MatchedPath::as_str)
        .to_owned();

    // Whatever is logged on the way bears the id.
    let span = tracing::info_span!("request", %id);
    let mut response = next.run(request).instrument(span).await;

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

/// A trusted proxy's, if it looks like one: hexadecimal digits and hyphens, as UUIDs and nginx's ids are, so that nobody
/// writes a name into the log. Otherwise a new one.
fn request_id(app: &App, request: &Request) -> String {
    let peer = request.extensions().get::<Peer>();
    let given = request.headers().get(REQUEST_ID);
    let given = given.filter(|_| app.config.proxies.vouches(peer));
    match given.and_then(|id| id.to_str().ok()).filter(|id| is_id(id)) {
        Some(id) => id.to_owned(),
        None => random::bytes::<8>()
            .map(|bytes| random::hex(&bytes))
            .unwrap_or_default(),
    }
}

fn is_id(text: &str) -> bool {
    (16..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
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
