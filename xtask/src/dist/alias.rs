//! `dist/cdn/MAJOR/`: the loader under an address that moves with the versions. Its files do not move.
//! Must never hold files of the app: a loader that somebody has cached would find those of another
//! version, whose hashes are not the ones that it knows.

use std::path::Path;

use anyhow::{Result, bail};

use crate::files;
use crate::widget::compress;

/// How the loader learns where it came from.
const CAME_FROM: &str = "document.currentScript";

/// Makes the folder: the site's loader, which fetches the app of its own version.
pub(super) fn make(site: &Path, alias: &Path, version: &str) -> Result<()> {
    let loader = files::read(&site.join("partner-desk.js"))?;
    files::write(&alias.join("partner-desk.js"), pinned(&loader, version)?)?;
    compress::folder(alias)
}

/// `1` of `1.4.2`.
pub(super) fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or(version)
}

fn pinned(loader: &str, version: &str) -> Result<String> {
    if loader.matches(CAME_FROM).count() != 1 {
        bail!("the loader must have `{CAME_FROM}` exactly once, so that the alias can change it")
    }
    let moved = format!(
        "(e=>e&&{{tagName:e.tagName,src:e.src&&new URL('../{version}/',e.src).href}})({CAME_FROM})"
    );
    Ok(loader.replace(CAME_FROM, &moved))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alias_goes_to_its_own_version() {
        let text = pinned("let{src:e}=document.currentScript||{}", "1.4.2").expect("pinned");
        assert!(text.contains("'../1.4.2/'") && text.ends_with("(document.currentScript)||{}"));
        assert!(pinned("let{src:e}=script", "1.4.2").is_err());
        assert_eq!(major("1.4.2"), "1");
    }
}
