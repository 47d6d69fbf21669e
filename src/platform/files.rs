//! The files below `app/` that the app fetches by itself, through the loader, with their hashes.

use super::bridge::Bridge;
use crate::state::Fault;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The parsed JSON of a file such as `locales/de.json`; one that does not exist is not asked for.
pub async fn json(bridge: &Bridge, name: &str) -> Result<JsValue, Fault> {
    let known = FILES.iter().find(|(known, _)| *known == name);
    let (_, integrity) = known.ok_or(Fault::NotFound)?;
    JsFuture::from(bridge.file(name, integrity))
        .await
        .map_err(|_| Fault::Unreachable)
}
