//! Where things are, and small file chores. Must never leave the checkout, except for the cache.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The checkout's root folder.
pub(crate) fn root() -> PathBuf {
    let own = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    own.parent().map(Path::to_owned).unwrap_or(own)
}

/// Cargo's output folder.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// The tools' folder, outside the checkout so that a fresh clone finds them.
pub(crate) fn cache() -> PathBuf {
    let named = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    named("PARTNER_DESK_CACHE")
        .or_else(|| named("XDG_CACHE_HOME").map(|folder| folder.join("partner-desk")))
        .or_else(|| named("HOME").map(|folder| folder.join(".cache/partner-desk")))
        .or_else(|| named("USERPROFILE").map(|folder| folder.join(".cache/partner-desk")))
        .unwrap_or_else(|| std::env::temp_dir().join("partner-desk-cache"))
}

/// An open lock; ends with the value or with the process.
pub(crate) struct Lock {
    #[expect(dead_code, reason = "held, not read: closing the file ends the lock")]
    file: File,
}

/// Waits until nobody else holds `path`, and says so when that is not at once.
pub(crate) fn lock(path: &Path) -> Result<Lock> {
    let file = lock_file(path)?;
    if file.try_lock().is_err() {
        println!("    waiting for another run ({})", path.display());
        file.lock()
            .with_context(|| format!("cannot lock {}", path.display()))?;
    }
    Ok(Lock { file })
}

/// As [`lock`], but any number of readers may hold it together.
pub(crate) fn lock_shared(path: &Path) -> Result<Lock> {
    let file = lock_file(path)?;
    file.lock_shared()
        .with_context(|| format!("cannot lock {}", path.display()))?;
    Ok(Lock { file })
}

/// All files under `path` (or `path` itself), sorted, folders in `skip` left out.
pub(crate) fn walk(path: &Path, skip: &[&str]) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&folder)
            .with_context(|| format!("cannot list {}", folder.display()))?
        {
            let entry = entry?;
            let name = entry.file_name();
            if name.to_str().is_some_and(|name| skip.contains(&name)) {
                continue;
            }
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Reads a text file; an error names it.
pub(crate) fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Reads a file as it is; an error names it.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The path below `folder`, with slashes.
pub(crate) fn below(path: &Path, folder: &Path) -> String {
    let parts = path.strip_prefix(folder).unwrap_or(path).components();
    let names: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    names.join("/")
}

/// Writes a file with its folder; an error names it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    std::fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

/// Puts the finished folder `fresh` in the place of `old`, which is gone afterwards.
pub(crate) fn swap(fresh: &Path, old: &Path) -> Result<()> {
    let aside = fresh.with_extension("old");
    remove(&aside)?;
    if let Some(parent) = old.parent() {
        std::fs::create_dir_all(parent)
            .with_context(|| format!("cannot make {}", parent.display()))?;
    }
    if old.exists() {
        std::fs::rename(old, &aside)
            .with_context(|| format!("cannot move {} away", old.display()))?;
    }
    std::fs::rename(fresh, old)
        .with_context(|| format!("cannot move the new {} in", old.display()))?;
    remove(&aside)
}

/// Removes a folder with all that is in it, if it is there.
pub(crate) fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

fn lock_file(path: &Path) -> Result<File> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .with_context(|| format!("cannot open {}", path.display()))
}
