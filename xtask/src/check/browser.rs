//! The widget's tests that need a browser but no endpoint: wasm-bindgen-test, headless.

use anyhow::Result;

use super::count::Count;
use crate::machine::browser::Chromium;
use crate::machine::tools;
use crate::machine::wasm::{TARGET, Toolchain};
use crate::process::{cargo, shown, tee};

pub(super) fn run() -> Result<Count> {
    let toolchain = Toolchain::ensure()?;
    let wasm_bindgen = tools::wasm_bindgen()?;
    wasm_bindgen.ensure()?;
    let chromium = Chromium::ensure()?;
    let mut tests = cargo();
    toolchain.prepare(&mut tests, &[wasm_bindgen.folder()])?;
    tests
        .args([
            "test",
            "--package",
            "partner-desk",
            "--target",
            TARGET,
            "--test",
            "browser",
            "--no-fail-fast",
        ])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            wasm_bindgen.program("wasm-bindgen-test-runner"),
        )
        .env("CHROMEDRIVER", chromium.driver)
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("RUST_BACKTRACE", "0");
    println!("{}", shown(&tests));
    let (status, output) = tee(&mut tests)?;
    Ok(Count::of_libtest(&output, status))
}
