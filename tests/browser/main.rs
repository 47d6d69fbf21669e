//! What only a browser can show, without an endpoint: rules compiled for WebAssembly, the
//! browser's `Intl`, locale files, idempotency keys, mounting and taking down, attachments.
#![cfg(target_arch = "wasm32")]

mod attachments;
mod bridge;
mod intl;
mod mounting;
mod rules;
mod upload;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
