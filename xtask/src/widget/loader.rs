//! What loader and glue cannot know when they are written: the version, and the hashes of the app's files.
//! Must never change the files that it hashes.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use crate::files;

/// English is compiled in, so nobody fetches it, and a hash is a sign that somebody should.
const COMPILED_IN: &str = "locales/en.json";

/// Fetched together with the glue, which comes by `import()` and so without a hash.
const FETCHED_FIRST: &str = "app_bg.wasm";

/// Fills in both lines of the loader in `site`, and gives the glue the hashes of what is fetched after it;
/// what is hashed is final by now, while both scripts may still be made smaller.
pub(crate) fn fill(site: &Path, version: &str) -> Result<()> {
    let app = site.join("app");
    let glue = app.join("app.js");
    let later = serde_json::to_string(&hashes(&app, is_fetched_later)?)?;
    let text = files::read(&glue)?;
    let moving = files::read(&files::root().join("static/moving.js"))?;
    files::write(
        &glue,
        format!("{text}\nexport const hashes = {later};\n{moving}"),
    )?;

    let path = site.join("partner-desk.js");
    let hash = sha256(&files::bytes(&app.join(FETCHED_FIRST))?);
    let text = files::read(&path)?;
    let text = filled(&text, "VERSION", "'dev'", &format!("'{version}'"))?;
    files::write(&path, filled(&text, "HASH", "''", &format!("'{hash}'"))?)
}

/// Writes `demo/release.json`, by which the demo's configurator knows what to show: version and integrity of
/// the loader as it is served, and as `dist` copies it. So it comes after everything that changes the loader.
pub(crate) fn release(site: &Path, version: &str) -> Result<()> {
    let integrity = sha384(&files::bytes(&site.join("partner-desk.js"))?);
    let release = serde_json::json!({"version": version, "integrity": integrity});
    files::write(&site.join("demo/release.json"), format!("{release}\n"))
}

/// `sha256-…`, as an `integrity` takes it.
pub(crate) fn sha256(content: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}

/// `sha384-…`, as an `integrity` takes it.
pub(crate) fn sha384(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

/// The loader's text with `const NAME = placeholder;` filled in.
fn filled(text: &str, name: &str, placeholder: &str, value: &str) -> Result<String> {
    let line = format!("const {name} = {placeholder};");
    if text.matches(&line).count() != 1 {
        bail!("static/partner-desk.js must have exactly one line `{line}`")
    }
    Ok(text.replace(&line, &format!("const {name} = {value};")))
}

/// File name below `app/` → hash, of those that are `wanted`.
fn hashes(app: &Path, wanted: impl Fn(&str) -> bool) -> Result<BTreeMap<String, String>> {
    let mut hashes = BTreeMap::new();
    for path in files::walk(app, &[])? {
        let name = files::below(&path, app);
        if wanted(&name) {
            hashes.insert(name, sha256(&files::bytes(&path)?));
        }
    }
    Ok(hashes)
}

/// Fetched when the glue is there.
fn is_fetched_later(name: &str) -> bool {
    name == "app.css"
        || name != COMPILED_IN && (name.starts_with("locales/") || name.starts_with("help/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standard() {
        // FIPS 180-2, appendix B.1 and D.1, in base64.
        assert_eq!(
            sha256(b"abc"),
            "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
        );
        assert_eq!(
            sha384(b"abc"),
            "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn"
        );
    }

    #[test]
    fn both_lines_are_filled_in_with_what_the_loader_fetches() {
        let site = std::env::temp_dir().join(format!("partner-desk-fill-{}", std::process::id()));
        let loader = site.join("partner-desk.js");
        files::write(&loader, "const VERSION = 'dev';\nconst HASH = '';\n").expect("written");
        for name in [
            "app/app.js",
            "app/app.css",
            "app/app_bg.wasm",
            "app/locales/de.json",
            "app/locales/en.json",
            "app/help/de.json",
        ] {
            files::write(&site.join(name), "abc").expect("written");
        }
        fill(&site, "1.2.3").expect("filled");
        let hash = sha256(b"abc");
        assert_eq!(
            files::read(&loader).expect("read"),
            format!("const VERSION = '1.2.3';\nconst HASH = '{hash}';\n")
        );
        let glue = files::read(&site.join("app/app.js")).expect("read");
        assert!(glue.starts_with(&format!(
            "abc\nexport const hashes = {{\"app.css\":\"{hash}\",\"help/de.json\":\"{hash}\",\"locales/de.json\":\"{hash}\"}};\n"
        )));
        assert!(glue.contains("export function movable("));
        release(&site, "1.2.3").expect("written");
        let release = files::read(&site.join("demo/release.json")).expect("read");
        let integrity = sha384(&files::bytes(&loader).expect("read"));
        assert_eq!(
            release,
            format!("{{\"integrity\":\"{integrity}\",\"version\":\"1.2.3\"}}\n")
        );
        // The lines are gone: a second time is an error, and so is a loader without them.
        assert!(fill(&site, "1.2.3").is_err());
        std::fs::remove_dir_all(site).expect("removed");
    }
}
