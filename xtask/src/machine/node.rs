//! Node.js and the packages of the end-to-end tests.
//! Must never be needed by `serve` or `build`, and must never let a package download a browser.

use std::path::{Path, PathBuf};

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

/// Whether the packages of the end-to-end tests are installed as locked.
pub(crate) fn has_packages() -> bool {
    are_in(&folder())
}

/// Installs the packages of the end-to-end tests exactly as locked.
pub(crate) fn ensure() -> Result<()> {
    ensure_in(&folder(), "the end-to-end tests")
}

/// Installs the packages of a folder exactly as its lock file has them.
pub(crate) fn ensure_in(folder: &Path, whose: &str) -> Result<()> {
    if version().is_none() && apt::available() {
        apt::install(&["nodejs", "npm"])?;
    }
    if version().is_none() {
        bail!("{whose} need Node.js 20 or later with npm: install them and start again");
    }
    let _lock = files::lock(&files::target().join("partner-desk/node.lock"))?;
    if are_in(folder) {
        return Ok(());
    }
    step(&format!("Node packages of {whose}"), || {
        let mut npm = command(which("npm").unwrap_or_else(|| "npm".into()));
        npm.current_dir(folder)
            .args(["ci", "--no-audit", "--no-fund"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .stdout(std::io::stderr());
        run(&mut npm)?;
        files::write(&note(folder), files::read(&locked(folder))?)
    })
}

fn are_in(folder: &Path) -> bool {
    let wanted = files::read(&locked(folder));
    wanted.is_ok_and(|wanted| files::read(&note(folder)).is_ok_and(|note| note == wanted))
}

fn locked(folder: &Path) -> PathBuf {
    folder.join("package-lock.json")
}

/// A copy of the lock file that the installed packages came from.
fn note(folder: &Path) -> PathBuf {
    folder.join("node_modules/.installed-from.json")
}
