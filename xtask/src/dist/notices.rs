//! `NOTICES.txt`: the licences of the crates that the WebAssembly file is made of.
//! Must never leave one out: a crate without the text of a licence is an error.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::files;
use crate::machine::wasm::TARGET;
use crate::process::{capture, cargo};

const HEAD: &str = "\
Partner Desk is under the Apache License 2.0, see LICENSE. Its WebAssembly file contains parts of Rust's
standard library (MIT OR Apache-2.0) and of the crates below, under the licences that follow their names.
";
/// For crates without a text of their own.
const APACHE: &str = "Apache License 2.0, the text of which is in LICENSE.";
/// Ours need no notice beside LICENSE.
const OURS: [&str; 2] = ["partner-desk", "partner-rules"];

/// A crate as `cargo metadata` knows it.
struct Crate {
    name: String,
    licence: String,
    folder: std::path::PathBuf,
}

/// The whole text; crates with the same licence text share it.
pub(super) fn text() -> Result<String> {
    let used = used()?;
    let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for found in crates()?.iter().filter(|found| used.contains(&found.name)) {
        let title = format!("{} ({})", found.name, found.licence);
        let text = licence_text(&found.folder, &found.licence).with_context(|| title.clone())?;
        by_text.entry(text).or_default().push(title);
    }
    let parts: Vec<String> = by_text
        .iter()
        .map(|(text, names)| format!("\n----\n\n{}\n\n{text}\n", names.join("\n")))
        .collect();
    Ok(format!("{HEAD}{}", parts.concat()))
}

/// `name version` of every crate that is linked, macros and what they use left out.
fn used() -> Result<BTreeSet<String>> {
    let mut tree = cargo();
    tree.args(["tree", "--package", "partner-desk", "--target", TARGET]);
    tree.args(["--edges", "normal,no-proc-macro", "--prefix", "none"]);
    tree.args(["--format", "{p}"]);
    let words = |line: &str| {
        let mut words = line.split_whitespace();
        let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
        (!OURS.contains(&name)).then(|| format!("{name} {version}"))
    };
    Ok(capture(&mut tree)?.lines().filter_map(words).collect())
}

fn crates() -> Result<Vec<Crate>> {
    let mut metadata = cargo();
    metadata.args(["metadata", "--format-version", "1", "--locked"]);
    metadata.args(["--filter-platform", TARGET]);
    let all: Value = serde_json::from_str(&capture(&mut metadata)?)?;
    let packages = all.get("packages").and_then(Value::as_array);
    packages
        .into_iter()
        .flatten()
        .map(|package| {
            let field = |name: &str| {
                let value = package.get(name).and_then(Value::as_str);
                value.with_context(|| format!("cargo metadata gives a crate without {name}"))
            };
            let manifest = Path::new(field("manifest_path")?);
            Ok(Crate {
                name: format!("{} {}", field("name")?, field("version")?),
                licence: field("license").unwrap_or("see below").to_owned(),
                folder: manifest.parent().unwrap_or(manifest).to_owned(),
            })
        })
        .collect()
}

/// The shortest text that the crate brings: MIT's where there is a choice. Some bring none.
fn licence_text(folder: &Path, licence: &str) -> Result<String> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = files::below(&path, folder).to_uppercase();
        if path.is_file()
            && ["LICEN", "COPYING", "UNLICENSE"]
                .iter()
                .any(|start| name.starts_with(start))
        {
            texts.push(files::read(&path)?.trim().to_owned());
        }
    }
    match texts.into_iter().min_by_key(String::len) {
        Some(text) => Ok(text),
        None if licence.contains("Apache-2.0") => Ok(APACHE.to_owned()),
        None => bail!("its folder has no text of its licence"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortest_licence_is_taken_and_none_at_all_is_an_error() {
        let folder =
            std::env::temp_dir().join(format!("partner-desk-notices-{}", std::process::id()));
        files::write(&folder.join("src/lib.rs"), "").expect("written");
        assert!(licence_text(&folder, "MIT").is_err());
        let shared = licence_text(&folder, "MIT OR Apache-2.0").expect("ours");
        assert_eq!(shared, APACHE);
        files::write(&folder.join("LICENSE-MIT"), "short\n").expect("written");
        files::write(&folder.join("LICENSE-APACHE"), "much longer\n").expect("written");
        let text = licence_text(&folder, "MIT").expect("found");
        std::fs::remove_dir_all(folder).expect("removed");
        assert_eq!(text, "short");
    }
}
