//! `cargo xtask dist`: what is published. `dist/cdn/VERSION/` and its alias for a server of files,
//! `dist/npm/` for `npm pack`.
//! Must never build anything: the files are those of `cargo xtask build`, which the tests run against.

mod alias;
mod manifest;
mod notices;
mod npm;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::build::{self, VERSION};
use crate::files::{self, Lock};
use crate::process::step;
use crate::widget::{loader, stamp};

/// What the packages are made of, besides the site.
const INPUTS: [&str; 3] = ["LICENSE", "packages", "xtask/src/dist"];

/// The command.
pub(crate) fn run() -> Result<ExitCode> {
    let _ready = ensure()?;
    let integrity = loader::sha384(&files::bytes(&cdn().join("partner-desk.js"))?);
    println!(
        "dist/cdn/{VERSION}/ and dist/npm/ are up to date. To embed this very version:\n\n  \
         <script src=\"https://cdn.example/partner-desk/{VERSION}/partner-desk.js\" \
         integrity=\"{integrity}\" crossorigin=\"anonymous\" async></script>\n\n\
         docs/embedding.md says more."
    );
    Ok(ExitCode::SUCCESS)
}

/// The folder of this version for a server of files.
pub(crate) fn cdn() -> PathBuf {
    files::root().join("dist/cdn").join(VERSION)
}

/// The folder under the major version, with the newest loader alone.
fn alias() -> PathBuf {
    files::root().join("dist/cdn").join(alias::major(VERSION))
}

/// The folder that `npm pack` takes.
pub(crate) fn npm() -> PathBuf {
    files::root().join("dist/npm")
}

/// Makes both folders unless nothing has changed. While the answer is held, nobody swaps them.
pub(crate) fn ensure() -> Result<Lock> {
    let _built = build::ensure()?;
    let site = build::site();
    let stamp = stamp::over(&files::root(), &INPUTS, &build::stamp_of_site()?)?;
    if let Some(lock) = fresh(&stamp)? {
        return Ok(lock);
    }
    let alone = files::lock(&lock_file())?;
    step("packages", || {
        let folder = files::target().join("partner-desk");
        let [cdn_fresh, alias_fresh, npm_fresh] =
            ["cdn", "alias", "npm"].map(|name| folder.join(name));
        for fresh in [&cdn_fresh, &alias_fresh, &npm_fresh] {
            files::remove(fresh)?;
        }
        let notices = notices::text()?;
        for folder in [&cdn_fresh, &npm_fresh] {
            files::write(&folder.join("NOTICES.txt"), &notices)?;
            copy(&files::root().join("LICENSE"), &folder.join("LICENSE"))?;
        }
        make_cdn(&site, &cdn_fresh)?;
        alias::make(&site, &alias_fresh, VERSION)?;
        npm::make(&site, &npm_fresh)?;
        // Other versions in dist/cdn/ stay: somebody may want to put them on the server together.
        files::swap(&cdn_fresh, &cdn())?;
        files::swap(&alias_fresh, &alias())?;
        files::swap(&npm_fresh, &npm())?;
        files::write(&stamp_file(), &stamp)
    })?;
    drop(alone);
    files::lock_shared(&lock_file())
}

fn make_cdn(site: &Path, cdn: &Path) -> Result<()> {
    let widget = |path: &Path| {
        let name = files::below(path, site);
        name.starts_with("partner-desk.js") || name.starts_with("app/")
    };
    for path in files::walk(site, &[])?.iter().filter(|path| widget(path)) {
        copy(path, &cdn.join(files::below(path, site)))?;
    }
    files::write(&cdn.join("manifest.json"), manifest::of(cdn, VERSION)?)
}

/// The lock on both folders if they are what the stamp says.
fn fresh(stamp: &str) -> Result<Option<Lock>> {
    let lock = files::lock_shared(&lock_file())?;
    let same = [cdn(), alias(), npm()].iter().all(|folder| folder.is_dir())
        && files::read(&stamp_file()).is_ok_and(|found| found == stamp);
    Ok(same.then_some(lock))
}

fn lock_file() -> PathBuf {
    files::target().join("partner-desk/packages.lock")
}

fn stamp_file() -> PathBuf {
    files::target().join("partner-desk/packages.stamp")
}

/// Copies a file with its folder.
fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    std::fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}
