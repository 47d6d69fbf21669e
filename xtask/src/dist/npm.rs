//! The npm package: what lies in `packages/npm/`, the app's files, and the loader as a module.
//! Must never hold a second version of the loader: the module is made of the one that pages load.

use std::path::Path;

use anyhow::{Result, bail};

use super::copy;
use crate::build::VERSION;
use crate::files;

/// Where the loader's text goes in `packages/npm/index.js`.
const PLACE: &str = "  // The loader.\n";
/// What is different in a module, and how often it is in the loader: there is no current script, and
/// a bundler must leave the import alone. The names are longer than any that the minifier gives;
/// `packages/npm/index.js` says what they are.
const CHANGES: [(&str, &str); 2] = [
    ("document.currentScript", "partnerDeskScript"),
    ("import(", "importApp("),
];

/// In `packages/npm/package.json`.
const UNVERSIONED: &str = "\"version\": \"0.0.0\"";

/// Makes the folder that `npm pack` takes.
pub(super) fn make(site: &Path, npm: &Path) -> Result<()> {
    let source = files::root().join("packages/npm");
    for path in files::walk(&source, &[])? {
        copy(&path, &npm.join(files::below(&path, &source)))?;
    }
    let app = site.join("app");
    // Servers compress for themselves, and bundlers copy what they are given.
    for path in files::walk(&app, &[])? {
        if !path
            .extension()
            .is_some_and(|ending| ending == "br" || ending == "gz")
        {
            copy(&path, &npm.join("app").join(files::below(&path, &app)))?;
        }
    }
    copy(&site.join("partner-desk.js"), &npm.join("partner-desk.js"))?;
    let loader = files::read(&site.join("partner-desk.js"))?;
    let frame = files::read(&source.join("index.js"))?;
    files::write(&npm.join("index.js"), module(&frame, &loader)?)?;
    files::write(
        &npm.join("package.json"),
        versioned(&files::read(&source.join("package.json"))?)?,
    )
}

fn module(frame: &str, loader: &str) -> Result<String> {
    let mut text = loader.to_owned();
    for (from, to) in CHANGES {
        if text.matches(from).count() != 1 {
            bail!("the loader must have `{from}` exactly once, so that the module can have `{to}`")
        }
        text = text.replace(from, to);
    }
    if frame.matches(PLACE).count() != 1 {
        bail!(
            "packages/npm/index.js must have one line `{}`",
            PLACE.trim()
        )
    }
    Ok(frame.replace(PLACE, &text))
}

/// `package.json` with this version. As text: the order of its conditions means something.
fn versioned(text: &str) -> Result<String> {
    if text.matches(UNVERSIONED).count() != 1 {
        bail!("packages/npm/package.json must have `{UNVERSIONED}`: the build fills it in")
    }
    Ok(text.replace(UNVERSIONED, &format!("\"version\": \"{VERSION}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: &str = "if (page) {\n  // The loader.\n}\n";

    #[test]
    fn module_is_the_loader_with_two_changes() {
        let loader = "f(document.currentScript);\nimport(url);\n";
        assert_eq!(
            module(FRAME, loader).expect("made"),
            "if (page) {\nf(partnerDeskScript);\nimportApp(url);\n}\n"
        );
    }

    #[test]
    fn loader_that_became_another_is_an_error() {
        for loader in ["import(url)", "f(document.currentScript)", ""] {
            assert!(module(FRAME, loader).is_err(), "{loader}");
        }
        assert!(module("", "document.currentScript import(").is_err());
    }

    #[test]
    fn package_gets_the_version() {
        let text = versioned("{\"version\": \"0.0.0\"}").expect("versioned");
        assert_eq!(text, format!("{{\"version\": \"{VERSION}\"}}"));
        assert!(versioned("{\"version\": \"1.0.0\"}").is_err());
    }
}
