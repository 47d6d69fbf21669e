//! The fuzz targets, as `fuzz/Cargo.toml` lists them, with what is said about each under
//! `[package.metadata.targets]`. Must never know a target that the manifest does not.

use std::path::PathBuf;

use anyhow::{Context, Result};
use toml::{Table, Value};

use crate::files;

/// Longer than what people type; parsers of whole files say otherwise.
const MAX_LEN: i64 = 400;

pub(super) struct Target {
    pub(super) name: String,
    /// The longest input, in bytes.
    pub(super) max_len: i64,
    /// The folder with inputs to begin with.
    pub(super) seeds: PathBuf,
}

/// The workspace of the targets.
pub(super) fn folder() -> PathBuf {
    files::root().join("fuzz")
}

/// All of them, in the order of the manifest.
pub(super) fn all() -> Result<Vec<Target>> {
    let manifest: Table = files::read(&folder().join("Cargo.toml"))?
        .parse()
        .context("cannot read fuzz/Cargo.toml")?;
    let said = |name: &str, what: &str| -> Option<&Value> {
        let targets = manifest.get("package")?.get("metadata")?.get("targets")?;
        targets.get(name)?.get(what)
    };
    let bins = manifest.get("bin").and_then(Value::as_array);
    let mut found = Vec::new();
    for bin in bins.into_iter().flatten() {
        let name = bin
            .get("name")
            .and_then(Value::as_str)
            .context("a target without a name")?;
        let elsewhere = said(name, "seeds").and_then(Value::as_str);
        found.push(Target {
            name: name.to_owned(),
            max_len: said(name, "max-len")
                .and_then(Value::as_integer)
                .unwrap_or(MAX_LEN),
            seeds: match elsewhere {
                Some(path) => folder().join(path),
                None => folder().join("seeds").join(name),
            },
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_a_program_and_something_to_begin_with() {
        let all = all().expect("manifest");
        assert!(!all.is_empty());
        for target in &all {
            let program = folder().join("targets").join(format!("{}.rs", target.name));
            assert!(program.is_file(), "{}", program.display());
            let seeds = files::walk(&target.seeds, &[]).expect("listed");
            assert!(!seeds.is_empty(), "{} has no seeds", target.name);
        }
        let programs = files::walk(&folder().join("targets"), &[]).expect("listed");
        assert_eq!(
            programs.len(),
            all.len(),
            "fuzz/Cargo.toml names every target"
        );
    }
}
