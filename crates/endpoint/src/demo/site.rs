//! The built site as files: precompressed where a `.br` or `.gz` stands beside a file.

use crate::layers::envelope::SiteFile;
use crate::routes;
use axum::Router;
use axum::handler::HandlerWithoutStateExt;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::map_response;
use axum::response::Response;
use std::path::Path;
use tower_http::services::ServeDir;

/// `/` is `index.html`; what is not there is an API answer like any other.
pub fn files(folder: &Path) -> Router {
    let files = ServeDir::new(folder)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(routes::not_found.into_service());
    Router::new()
        .fallback_service(files)
        .layer(map_response(dress))
}

/// Always asked for again, so that a new build shows; an unchanged file costs a 304.
async fn dress(mut response: Response) -> Response {
    let is_file = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    if !is_file {
        return response;
    }
    response.extensions_mut().insert(SiteFile);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let text = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .filter(|kind| kind.starts_with("text/") && !kind.contains("charset"));
    if let Some(Ok(with_charset)) =
        text.map(|kind| HeaderValue::from_str(&format!("{kind}; charset=utf-8")))
    {
        headers.insert(header::CONTENT_TYPE, with_charset);
    }
    response
}
