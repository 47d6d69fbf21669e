//! `manifest.json`: every file of a published version, with its length and its hashes.
//! Must never list itself.

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::files;
use crate::widget::loader::sha384;

/// The manifest of everything in the folder, as text.
pub(super) fn of(folder: &Path, version: &str) -> Result<String> {
    let files: Vec<Value> = files::walk(folder, &[])?
        .iter()
        .map(|path| entry(path, folder))
        .collect::<Result<_>>()?;
    let manifest = json!({"name": "partner-desk", "version": version, "files": files});
    Ok(format!("{}\n", serde_json::to_string_pretty(&manifest)?))
}

/// `sha256` as `sha256sum` prints it, `integrity` as HTML takes it.
fn entry(path: &Path, folder: &Path) -> Result<Value> {
    let content = files::bytes(path)?;
    let hex: String = Sha256::digest(&content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(json!({
        "path": files::below(path, folder),
        "bytes": content.len(),
        "sha256": hex,
        "integrity": sha384(&content),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_listed_with_its_hashes() {
        let folder =
            std::env::temp_dir().join(format!("partner-desk-manifest-{}", std::process::id()));
        files::write(&folder.join("app/a.css"), "abc").expect("written");
        files::write(&folder.join("b.js"), "").expect("written");
        let manifest: Value =
            serde_json::from_str(&of(&folder, "1.2.3").expect("made")).expect("JSON");
        std::fs::remove_dir_all(folder).expect("removed");
        assert_eq!(manifest["version"], "1.2.3");
        assert_eq!(manifest["files"].as_array().map(Vec::len), Some(2));
        let first = &manifest["files"][0];
        assert_eq!(
            (&first["path"], &first["bytes"]),
            (&json!("app/a.css"), &json!(3))
        );
        assert_eq!(
            first["sha256"],
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(first["integrity"], json!(sha384(b"abc")));
    }
}
