//! Programs built once into the cache folder, keyed by version: from the crate registry, or of our own.
//! Must never use one of another version than asked for: wasm-bindgen's has to equal Cargo.lock's.

use std::hash::{DefaultHasher, Hasher};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::files;
use crate::process::{self, step};

/// No build of a tool takes longer on two slow cores.
const LIMIT: Duration = Duration::from_secs(25 * 60);

/// A program with its version.
pub(crate) struct Tool {
    /// The crate's name.
    pub(crate) package: &'static str,
    /// The executables that we use.
    pub(crate) programs: &'static [&'static str],
    pub(crate) version: String,
    /// Whether the crate's own lock file is tried before or after fresh versions.
    locked_first: bool,
    /// Where its source is; nothing: in the crate registry.
    source: Option<PathBuf>,
    options: &'static [&'static str],
    /// A lighter build than the crate's own: these programs run for seconds.
    profile: &'static [(&'static str, &'static str)],
}

/// wasm-bindgen and its test runner, in the version of `Cargo.lock`.
pub(crate) fn wasm_bindgen() -> Result<Tool> {
    Ok(Tool {
        package: "wasm-bindgen-cli",
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        version: locked_version("wasm-bindgen")?,
        locked_first: false,
        source: None,
        // Without TLS: the runner speaks to a WebDriver on this machine only.
        options: &["--no-default-features"],
        profile: &[
            ("LTO", "false"),
            ("CODEGEN_UNITS", "256"),
            ("OPT_LEVEL", "1"),
        ],
    })
}

/// Trunk. A fixed version: later ones want a newer compiler than some machines have.
pub(crate) fn trunk() -> Tool {
    Tool {
        package: "trunk",
        programs: &["trunk"],
        version: "0.21.14".to_owned(),
        locked_first: true,
        source: None,
        options: &["--no-default-features"],
        profile: &[
            ("LTO", "false"),
            ("CODEGEN_UNITS", "256"),
            ("OPT_LEVEL", "0"),
            ("PANIC", "unwind"),
        ],
    }
}

/// Our own little program around a JavaScript compiler: too heavy for xtask itself.
pub(crate) fn minify() -> Result<Tool> {
    let source = files::root().join("xtask/minify");
    let mut hasher = DefaultHasher::new();
    for part in ["Cargo.toml", "Cargo.lock", "src/main.rs"] {
        hasher.write(files::read(&source.join(part))?.as_bytes());
    }
    Ok(Tool {
        package: "partner-desk-minify",
        programs: &["partner-desk-minify"],
        version: format!("{:016x}", hasher.finish()),
        locked_first: true,
        source: Some(source),
        options: &[],
        profile: &[
            ("LTO", "false"),
            ("CODEGEN_UNITS", "256"),
            ("OPT_LEVEL", "0"),
        ],
    })
}

impl Tool {
    /// The folder of its executables.
    pub(crate) fn folder(&self) -> PathBuf {
        self.home().join("bin")
    }

    /// The path of one of its executables.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.folder()
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    pub(crate) fn is_installed(&self) -> bool {
        self.programs
            .iter()
            .all(|name| self.program(name).is_file())
    }

    /// Builds it into the cache unless it is there.
    pub(crate) fn ensure(&self) -> Result<()> {
        if self.is_installed() {
            return Ok(());
        }
        let _lock = files::lock(&files::cache().join(format!("{}.lock", self.package)))?;
        if self.is_installed() {
            return Ok(());
        }
        step(
            &format!(
                "{} {} into {} (some minutes, once)",
                self.package,
                self.version,
                self.home().display()
            ),
            || {
                self.install(self.locked_first).or_else(|error| {
                    println!("    another try, since: {error:#}");
                    self.install(!self.locked_first)
                })
            },
        )
    }

    fn install(&self, locked: bool) -> Result<()> {
        let mut command: Command = process::cargo();
        command.args(["install", "--force"]);
        match &self.source {
            Some(source) => command.arg("--path").arg(source),
            None => command.args([self.package, "--version", &self.version]),
        };
        command
            .args(self.options)
            .args(locked.then_some("--locked"))
            .arg("--root")
            .arg(self.home());
        // A folder of its own: another run's build of the checkout must not be waited for.
        command.env("CARGO_TARGET_DIR", self.home().join("build"));
        for (key, value) in self.profile {
            command.env(format!("CARGO_PROFILE_RELEASE_{key}"), value);
        }
        process::run_shown_within(&mut command, LIMIT)?;
        std::fs::remove_dir_all(self.home().join("build"))
            .context("cannot remove the tool's build folder")
    }

    fn home(&self) -> PathBuf {
        files::cache().join("tools").join(format!(
            "{}-{}",
            self.package.trim_end_matches("-cli"),
            self.version
        ))
    }
}

/// The version of a crate in `Cargo.lock`.
pub(crate) fn locked_version(name: &str) -> Result<String> {
    let lock: toml::Table = files::read(&files::root().join("Cargo.lock"))?
        .parse()
        .context("cannot read Cargo.lock")?;
    lock.get("package")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .find(|package| package.get("name").and_then(toml::Value::as_str) == Some(name))
        .and_then(|package| package.get("version")?.as_str().map(str::to_owned))
        .with_context(|| format!("Cargo.lock names no {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wasm_bindgen_version_comes_from_the_lock_file() {
        assert!(
            locked_version("wasm-bindgen")
                .expect("locked")
                .starts_with("0.2.")
        );
        assert!(locked_version("no-such-crate").is_err());
    }
}
