//! The files below `app/` that the app fetches by itself, through the loader, which knows their hashes.

use super::bridge::Bridge;
use crate::state::Fault;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The parsed JSON of a file such as `locales/de.json`.
pub async fn json(bridge: &Bridge, name: &str) -> Result<JsValue, Fault> {
    JsFuture::from(bridge.file(name))
        .await
        .map_err(|_| Fault::Unreachable)
}
