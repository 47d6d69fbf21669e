//! `cargo xtask setup`: all that the other commands would install when they need it.

use std::process::ExitCode;

use anyhow::Result;

use crate::machine::browser::Chromium;
use crate::machine::wasm::Toolchain;
use crate::machine::{cxx, engines, fonts, languages, node, python, tools};

/// Installs everything; the slow parts say what they do.
pub(crate) fn run() -> Result<ExitCode> {
    Toolchain::ensure()?;
    tools::wasm_bindgen()?.ensure()?;
    tools::trunk().ensure()?;
    tools::minify()?.ensure()?;
    Chromium::ensure()?;
    engines::ensure()?;
    fonts::ensure()?;
    languages::ensure()?;
    node::ensure()?;
    python::ensure()?;
    cxx::ensure()?;
    println!("everything is installed; `cargo xtask doctor` shows where");
    Ok(ExitCode::SUCCESS)
}
