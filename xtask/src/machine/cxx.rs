//! A C++ compiler, for the fuzzer's own code. Must never be needed by anything else.

use anyhow::{Result, bail};

use super::apt;
use crate::process::which;

/// Debian's package.
const PACKAGE: &str = "g++";

/// The compiler that this machine has.
pub(crate) fn find() -> Option<std::path::PathBuf> {
    ["c++", "g++", "clang++"].into_iter().find_map(which)
}

/// There is one, after installing Debian's package where we may.
pub(crate) fn ensure() -> Result<()> {
    if find().is_none() && apt::available() {
        apt::install(&[PACKAGE])?;
    }
    if find().is_none() {
        bail!("fuzzing needs a C++ compiler (g++ or clang++): install it and start again");
    }
    Ok(())
}
