//! What every request to the desk passes besides the layers of all listeners: its name, where it comes from,
//! and what its answers allow a browser. Refusals become pages here.

use super::view::refusal;
use super::visit::chosen_lang;
use crate::app::App;
use crate::loopback::is_loopback_authority;
use crate::problem::{ApiError, ProblemCode, Refusal};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// No script, nothing from elsewhere, forms to ourselves.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);
const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    ),
    (
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    ),
];
const FETCH_SITE: &str = "sec-fetch-site";
const FETCH_MODE: &str = "sec-fetch-mode";

/// Called by programs with a token, never by pages: cookies do not count there.
pub(super) fn is_api(path: &str) -> bool {
    path == "/agent" || path.starts_with("/agent/")
}

/// The desk answers to the name that the operator gave it, or else to those of this machine: a foreign name
/// that points here (DNS rebinding) gets nothing.
pub(super) async fn own_name(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let ours = |authority: &str| match &app.config.desk.origin {
        None => is_loopback_authority(authority),
        Some(origin) => origin
            .split_once("://")
            .is_some_and(|(_, own)| own.eq_ignore_ascii_case(without_default(origin, authority))),
    };
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let named = hosts
        .next()
        .and_then(|value| value.to_str().ok())
        .is_some_and(ours);
    let absolute = request
        .uri()
        .authority()
        .is_none_or(|authority| ours(authority.as_str()));
    if named && absolute && hosts.next().is_none() {
        next.run(request).await
    } else {
        ApiError::new(ProblemCode::HostNotAllowed).into_response()
    }
}

/// Proxies may name the port that goes without saying.
fn without_default<'a>(origin: &str, authority: &'a str) -> &'a str {
    let port = if origin.starts_with("https:") {
        ":443"
    } else {
        ":80"
    };
    authority.strip_suffix(port).unwrap_or(authority)
}

/// Takes forms from the desk's own pages only. Browsers say where a request comes from (`Sec-Fetch-Site`);
/// those that do not say it say the page's origin. Other sites may lead here by a link, and by nothing else.
pub(super) async fn same_origin(request: Request, next: Next) -> Response {
    if is_api(request.uri().path()) || comes_from_us(request.method(), request.headers()) {
        next.run(request).await
    } else {
        ApiError::new(ProblemCode::OriginNotAllowed).into_response()
    }
}

fn comes_from_us(method: &Method, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text(FETCH_SITE);
    if matches!(*method, Method::GET | Method::HEAD) {
        let led_here = text(FETCH_MODE) == Some("navigate");
        return match site {
            None | Some("same-origin" | "none") => true,
            Some(_) => led_here,
        };
    }
    let origin = text("origin");
    // Our pages name no referrer, so browsers call their origin `null`: it proves nothing either way.
    let named = origin.filter(|origin| *origin != "null");
    let own = named.map(|origin| {
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        authority.is_some() && authority == text("host")
    });
    match (site, own) {
        (Some("same-origin"), own) => own.unwrap_or(true),
        (Some(_), _) => false,
        (None, own) => own.unwrap_or(false),
    }
}

/// Whether the browser was led here from elsewhere: it keeps the session's cookie back then.
pub(super) fn was_led_here(headers: &HeaderMap) -> bool {
    let site = headers
        .get(FETCH_SITE)
        .and_then(|value| value.to_str().ok());
    matches!(site, Some("cross-site" | "same-site"))
}

/// Makes pages of refusals and says what browsers may do with answers.
pub(super) async fn sealed(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let api = is_api(request.uri().path());
    let lang = chosen_lang(&app, request.headers());
    let mut response = next.run(request).await;
    if !api && let Some(refused) = response.extensions().get::<Refusal>() {
        response = refusal::page(lang, refused.code, response);
    }
    let headers = response.headers_mut();
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(POLICY);
    for (name, value) in HEADERS {
        headers.insert(name, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static("desk.example"));
        for (name, value) in lines {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn forms_come_from_our_own_pages_only() {
        for (lines, expected) in [
            (vec![("sec-fetch-site", "same-origin")], true),
            (
                vec![("sec-fetch-site", "same-origin"), ("origin", "null")],
                true,
            ),
            (
                vec![
                    ("sec-fetch-site", "same-origin"),
                    ("origin", "https://desk.example"),
                ],
                true,
            ),
            (vec![("origin", "https://desk.example")], true),
            (vec![], false),
            (vec![("origin", "null")], false),
            (vec![("origin", "https://evil.example")], false),
            (vec![("origin", "https://desk.example.evil.example")], false),
            (vec![("sec-fetch-site", "cross-site")], false),
            (vec![("sec-fetch-site", "same-site")], false),
            (vec![("sec-fetch-site", "none")], false),
            (
                vec![
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "https://desk.example"),
                ],
                false,
            ),
            (
                vec![
                    ("sec-fetch-site", "same-origin"),
                    ("origin", "https://evil.example"),
                ],
                false,
            ),
        ] {
            let headers = headers(&lines);
            for method in [Method::POST, Method::PUT, Method::DELETE] {
                assert_eq!(comes_from_us(&method, &headers), expected, "{lines:?}");
            }
        }
    }

    #[test]
    fn other_sites_lead_here_by_links_only() {
        for (lines, expected) in [
            (vec![], true),
            (vec![("sec-fetch-site", "none")], true),
            (vec![("sec-fetch-site", "same-origin")], true),
            (
                vec![
                    ("sec-fetch-site", "cross-site"),
                    ("sec-fetch-mode", "navigate"),
                ],
                true,
            ),
            (
                vec![
                    ("sec-fetch-site", "cross-site"),
                    ("sec-fetch-mode", "no-cors"),
                ],
                false,
            ),
            (
                vec![("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors")],
                false,
            ),
        ] {
            let headers = headers(&lines);
            assert_eq!(comes_from_us(&Method::GET, &headers), expected, "{lines:?}");
        }
    }
}
