//! The one place that knows how this machine compiles for wasm32.
//! Must never be repeated elsewhere: whoever starts cargo or Trunk for wasm32 asks here first.
//!
//! Rustup's toolchain with the target installed is the usual way. Where Rust's download servers are
//! out of reach, Debian's compiler does it, with the standard library built from its own source.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use anyhow::{Result, bail};

use super::{apt, sources};
use crate::files;
use crate::process::{capture, command, run_within, step, which};

/// The target of the widget.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
/// The download takes seconds where the servers are in reach, and hangs where they are not.
const RUSTUP_LIMIT: Duration = Duration::from_secs(60);
/// After a failed download it is not tried again for this long.
const RUSTUP_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);
/// Debian's compiler lives here, whatever PATH says.
const DEBIAN: &str = "/usr/bin";
const LINKERS: [&str; 9] = [
    "wasm-ld-24",
    "wasm-ld-23",
    "wasm-ld-22",
    "wasm-ld-21",
    "wasm-ld-20",
    "wasm-ld-19",
    "wasm-ld-18",
    "wasm-ld",
    "rust-lld",
];

/// A way to compile for wasm32.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The compiler on PATH has the target.
    Installed,
    /// Debian's compiler; it builds the standard library too unless it is packaged.
    Debian {
        linker: &'static str,
        build_std: bool,
    },
}

impl Toolchain {
    /// What this machine can do now, without installing anything.
    pub(crate) fn find() -> Option<Self> {
        if has_library(&command("rustc")) {
            return Some(Self::Installed);
        }
        let compiler = Path::new(DEBIAN).join("rustc");
        let cargo = Path::new(DEBIAN).join("cargo");
        let linker = LINKERS
            .into_iter()
            .find(|name| Path::new(DEBIAN).join(name).is_file())?;
        if !compiler.is_file() || !cargo.is_file() {
            return None;
        }
        let build_std = !has_library(&command(&compiler));
        if build_std && !library_source(&compiler).is_some_and(|source| source.is_dir()) {
            return None;
        }
        Some(Self::Debian { linker, build_std })
    }

    /// As [`Self::find`], after installing what is missing.
    pub(crate) fn ensure() -> Result<Self> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        if let Err(error) = add_by_rustup() {
            println!("    not by rustup: {error:#}");
        }
        if Self::find().is_none() && apt::available() {
            let linker =
                apt::first_known(&["lld-22", "lld-21", "lld-20", "lld-19", "lld"]).unwrap_or("lld");
            match apt::first_known(&["rustc-web", "libstd-rust-dev-wasm32"]) {
                Some("rustc-web") => {
                    apt::install(&["rustc-web", "cargo-web", "rust-web-src", linker])?
                }
                _ => apt::install(&["rustc", "cargo", "libstd-rust-dev-wasm32", linker])?,
            }
        }
        match Self::find() {
            Some(found) => Ok(found),
            None => bail!("{MISSING}"),
        }
    }

    /// Prepares a command that will, itself or by a cargo it starts, compile for wasm32.
    /// `tools` are folders that go in front of PATH.
    pub(crate) fn prepare(&self, command: &mut Command, tools: &[PathBuf]) -> Result<()> {
        let mut path: Vec<PathBuf> = tools.to_vec();
        sources::shorten(command, &self.rustc());
        if let Self::Debian { linker, build_std } = self {
            path.push(DEBIAN.into());
            command
                .env("RUSTC", self.rustc())
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                .env_remove("RUSTUP_TOOLCHAIN");
            if *build_std {
                command
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort");
            }
        }
        path.extend(std::env::split_paths(
            &std::env::var_os("PATH").unwrap_or_default(),
        ));
        let path: OsString = std::env::join_paths(path)?;
        command.env("PATH", path);
        Ok(())
    }

    fn rustc(&self) -> PathBuf {
        match self {
            Self::Installed => "rustc".into(),
            Self::Debian { .. } => Path::new(DEBIAN).join("rustc"),
        }
    }

    /// One line for people and for the stamp of a build: the way and the compiler's version.
    pub(crate) fn describe(&self) -> String {
        let version = |rustc: PathBuf| {
            capture(command(rustc).arg("-V"))
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        match self {
            Self::Installed => format!("{} with {TARGET}", version(self.rustc())),
            Self::Debian { linker, build_std } => format!(
                "{} from Debian, {linker}, standard library {}",
                version(self.rustc()),
                if *build_std {
                    "built from source"
                } else {
                    "packaged"
                }
            ),
        }
    }
}

/// When `rustup target add` failed last, if that is recent enough not to try it again.
pub(crate) fn rustup_failed_recently() -> bool {
    std::fs::metadata(failure_note())
        .and_then(|note| note.modified())
        .is_ok_and(|at| {
            SystemTime::now()
                .duration_since(at)
                .is_ok_and(|age| age < RUSTUP_PAUSE)
        })
}

fn add_by_rustup() -> Result<()> {
    if which("rustup").is_none() {
        bail!("there is no rustup on PATH");
    }
    if rustup_failed_recently() {
        bail!(
            "it failed within the last day, delete {} to try it again",
            failure_note().display()
        );
    }
    step(
        &format!(
            "rustup target add {TARGET} (at most {} s)",
            RUSTUP_LIMIT.as_secs()
        ),
        || {
            run_within(
                command("rustup").args(["target", "add", TARGET]),
                RUSTUP_LIMIT,
            )
        },
    )
    .inspect_err(|error| {
        // The note only saves time: if it cannot be written, the next run waits once more.
        let _ = files::write(&failure_note(), format!("{error:#}\n"));
    })
}

fn failure_note() -> PathBuf {
    files::cache().join("rustup-target-add-failed")
}

fn has_library(rustc: &Command) -> bool {
    let mut ask = command(rustc.get_program());
    ask.args(["--print", "target-libdir", "--target", TARGET]);
    capture(&mut ask).is_ok_and(|folder| {
        files::walk(Path::new(folder.trim()), &[]).is_ok_and(|found| {
            found.iter().any(|path| {
                path.file_name()
                    .is_some_and(|name| name.to_string_lossy().starts_with("libstd-"))
            })
        })
    })
}

fn library_source(rustc: &Path) -> Option<PathBuf> {
    let root = capture(command(rustc).args(["--print", "sysroot"])).ok()?;
    Some(Path::new(root.trim()).join("lib/rustlib/src/rust/library/std"))
}

const MISSING: &str = "\
nothing on this machine compiles for wasm32-unknown-unknown. Install one of these and start again:
  - with rustup:        rustup target add wasm32-unknown-unknown
  - on Debian 12:       apt-get install rustc-web cargo-web rust-web-src lld-22
  - on later Debians:   apt-get install rustc cargo libstd-rust-dev-wasm32 lld
As root on Debian this command installs the packages by itself.";
