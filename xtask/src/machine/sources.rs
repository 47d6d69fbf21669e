//! What a compiler writes into a program about where its sources lay, shortened: the widget shall be the same
//! bytes on every machine, and name no folder of anybody's.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{capture, command};

/// Flags of the compiler that take precedence over all others that cargo knows.
const FLAGS: &str = "CARGO_ENCODED_RUSTFLAGS";
/// Between two of them.
const APART: &str = "\u{1f}";

/// Has what `command` compiles name its sources without the folders they lie in. Whoever sets flags of their
/// own keeps them, and the folders with them.
pub(super) fn shorten(command: &mut Command, rustc: &Path) {
    if [FLAGS, "RUSTFLAGS"].map(std::env::var_os) != [None, None] {
        return;
    }
    let flags: Vec<String> = folders(rustc)
        .iter()
        .map(|folder| format!("--remap-path-prefix={}=", folder.display()))
        .collect();
    command.env(FLAGS, flags.join(APART));
}

/// Of crates, and of the standard library where it is compiled here. Where it is not, its makers have done the same.
fn folders(rustc: &Path) -> Vec<PathBuf> {
    let mut folders = registries();
    let sysroot = capture(command(rustc).args(["--print", "sysroot"])).unwrap_or_default();
    if !sysroot.trim().is_empty() {
        folders.push(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library"));
    }
    folders
}

/// There is one at least by now: this program was compiled from it. In order, so that flags stay the same.
fn registries() -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let entries = home.and_then(|home| std::fs::read_dir(home.join("registry/src")).ok());
    let mut folders: Vec<PathBuf> = entries
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    folders.sort_unstable();
    folders
}
