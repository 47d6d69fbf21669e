//! Node.js and the packages of the end-to-end tests.
//! Must never be needed by `serve` or `build`, and must never let a package download a browser.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::apt;
use crate::files;
use crate::process::{capture, command, run, step, which};

/// The folder of the end-to-end tests.
pub(crate) fn folder() -> PathBuf {
    files::root().join("tests/e2e")
}

/// The version of Node.js, if both it and npm are there.
pub(crate) fn version() -> Option<String> {
    which("npm")?;
    capture(command("node").arg("--version"))
        .ok()
        .map(|text| text.trim().to_owned())
}

/// Whether the packages of the lock file are installed.
pub(crate) fn has_packages() -> bool {
    let wanted = files::read(&folder().join("package-lock.json"));
    wanted.is_ok_and(|wanted| files::read(&note()).is_ok_and(|note| note == wanted))
}

/// Installs the packages exactly as locked.
pub(crate) fn ensure() -> Result<()> {
    if version().is_none() && apt::available() {
        apt::install(&["nodejs", "npm"])?;
    }
    if version().is_none() {
        bail!(
            "the end-to-end tests need Node.js 20 or later with npm: install them and start again"
        );
    }
    let _lock = files::lock(&files::target().join("partner-desk/node.lock"))?;
    if has_packages() {
        return Ok(());
    }
    step("Node packages of the end-to-end tests", || {
        let mut npm = command(which("npm").unwrap_or_else(|| "npm".into()));
        npm.current_dir(folder())
            .args(["ci", "--no-audit", "--no-fund"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .stdout(std::io::stderr());
        run(&mut npm)?;
        files::write(&note(), files::read(&folder().join("package-lock.json"))?)
    })
}

/// A copy of the lock file that the installed packages came from.
fn note() -> PathBuf {
    folder().join("node_modules/.installed-from.json")
}
