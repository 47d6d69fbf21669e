//! Whose drafts these are: a hash, so that the storage names nobody.

use js_sys::{Promise, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// 128 bits tell people apart.
const BYTES: u32 = 16;

#[wasm_bindgen]
extern "C" {
    type Crypto;
    type Subtle;

    #[wasm_bindgen(thread_local_v2, js_name = crypto)]
    static CRYPTO: Crypto;
    /// Missing on pages that were not loaded securely.
    #[wasm_bindgen(method, getter)]
    fn subtle(this: &Crypto) -> Option<Subtle>;
    #[wasm_bindgen(method, catch)]
    fn digest(this: &Subtle, algorithm: &str, data: &Uint8Array) -> Result<Promise, JsValue>;
}

/// SHA-256 of (group, shop, user), shortened, in hexadecimal.
pub async fn owner(who: &str) -> Option<Rc<str>> {
    let subtle = CRYPTO.with(Crypto::subtle)?;
    let digest = subtle
        .digest("SHA-256", &Uint8Array::from(who.as_bytes()))
        .ok()?;
    let digest = Uint8Array::new(&JsFuture::from(digest).await.ok()?);
    let mut text = String::new();
    for byte in digest.slice(0, BYTES).to_vec() {
        for half in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(half.into(), 16));
        }
    }
    Some(Rc::from(text))
}
