//! The style sheet and the icon, compiled in.

use crate::app::App;
use crate::random;
use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};

const STYLES: &str = include_str!("../../../../static/desk/desk.css");
const ICON: &str = include_str!("../../../../static/desk/icon.svg");
/// The address changes with the content.
const FOR_EVER: &str = "max-age=31536000, immutable";

pub(super) fn router() -> Router<Arc<App>> {
    let file = |kind: &'static str, content: &'static str| {
        get(move || async move {
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CACHE_CONTROL, FOR_EVER),
            ];
            (headers, content).into_response()
        })
    };
    Router::new()
        .route("/desk.css", file("text/css; charset=utf-8", STYLES))
        .route("/desk.svg", file("image/svg+xml; charset=utf-8", ICON))
}

/// Of both files together, for their addresses.
pub(super) fn version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let digest = Sha256::new().chain_update(STYLES).chain_update(ICON);
        let hex = random::hex(&digest.finalize());
        hex.get(..12).unwrap_or_default().to_owned()
    })
}
