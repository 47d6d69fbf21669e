//! A fingerprint of everything that the built widget depends on: same fingerprint, nothing to do.
//! Must never leave out an input; one too many only costs a build.

use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use anyhow::{Context, Result};

use crate::files;

/// Files and folders of the checkout that end up in `dist/`, or say how.
const INPUTS: [&str; 9] = [
    "Cargo.lock",
    "Cargo.toml",
    ".cargo/config.toml",
    "Trunk.toml",
    "build.rs",
    "index.html",
    "src",
    "static",
    "crates/rules",
];

/// The fingerprint of the inputs and of `how` (compiler, tools, options).
pub(crate) fn of(root: &Path, how: &str) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    hasher.write(how.as_bytes());
    // What packs the files is an input as well.
    for input in
        INPUTS
            .into_iter()
            .chain(["xtask/place.sh", "xtask/src/widget", "xtask/src/build.rs"])
    {
        for path in files::walk(&root.join(input), &[])? {
            let content =
                std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            hasher.write(
                path.strip_prefix(root)
                    .unwrap_or(&path)
                    .to_string_lossy()
                    .as_bytes(),
            );
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
