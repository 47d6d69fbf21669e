//! A fingerprint of everything that the built widget depends on: same fingerprint, nothing to do.
//! Must never leave out an input; one too many only costs a build.

use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use anyhow::Result;

use crate::files;

/// Files and folders of the checkout that end up in the site, or say how. What packs them is an input as well.
const INPUTS: [&str; 13] = [
    "Cargo.lock",
    "Cargo.toml",
    ".cargo/config.toml",
    "Trunk.toml",
    "build.rs",
    "index.html",
    "src",
    "static",
    "crates/rules",
    "xtask/place.sh",
    "xtask/src/widget",
    "xtask/src/build.rs",
    "xtask/src/machine/sources.rs",
];

/// The fingerprint of the site's inputs and of `how` (compiler, tools, options).
pub(crate) fn of(root: &Path, how: &str) -> Result<String> {
    over(root, &INPUTS, how)
}

/// The fingerprint of any files and folders, and of `how` they are used.
pub(crate) fn over(root: &Path, inputs: &[&str], how: &str) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    hasher.write(how.as_bytes());
    for input in inputs {
        for path in files::walk(&root.join(input), &[])? {
            let content = files::bytes(&path)?;
            hasher.write(files::below(&path, root).as_bytes());
            hasher.write_usize(content.len());
            hasher.write(&content);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_of_an_input_shows() {
        let root = std::env::temp_dir().join(format!("partner-desk-stamp-{}", std::process::id()));
        let source = root.join("src/lib.rs");
        let mut seen = Vec::new();
        for (content, how) in [("a", "x"), ("b", "x"), ("b", "y")] {
            files::write(&source, content).expect("written");
            seen.push(of(&root, how).expect("stamp"));
        }
        files::write(&root.join("static/new.css"), "").expect("written");
        seen.push(of(&root, "y").expect("stamp"));
        assert_eq!(of(&root, "y").expect("stamp"), *seen.last().expect("last"));
        seen.dedup();
        assert_eq!(seen.len(), 4);
        std::fs::remove_dir_all(root).expect("removed");
    }
}
