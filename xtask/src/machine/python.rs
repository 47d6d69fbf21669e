//! Programs written in Python, in an environment of their own in the cache folder.
//! Must never use the system's packages, nor a version that the list of requirements does not name.

use std::hash::{DefaultHasher, Hasher};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::apt;
use crate::files;
use crate::process::{capture, command, run_within, step, which};

/// Thirty small packages over a slow line.
const LIMIT: Duration = Duration::from_secs(10 * 60);

/// Debian's packages for the interpreter and for environments.
pub(crate) const PACKAGES: [&str; 2] = ["python3", "python3-venv"];

/// The list of exact versions.
fn requirements() -> PathBuf {
    files::root().join("tests/openapi/requirements.txt")
}

/// The tool that calls an endpoint as its OpenAPI document says.
pub(crate) fn schemathesis() -> Result<PathBuf> {
    Ok(home()?.join(if cfg!(windows) {
        "Scripts/st.exe"
    } else {
        "bin/st"
    }))
}

/// Whether the environment has what the list names.
pub(crate) fn is_installed() -> bool {
    let noted = || -> Result<bool> { Ok(files::read(&note()?)? == files::read(&requirements())?) };
    schemathesis().is_ok_and(|program| program.is_file()) && noted().unwrap_or(false)
}

/// Makes the environment unless it is there.
pub(crate) fn ensure() -> Result<()> {
    if is_installed() {
        return Ok(());
    }
    let _lock = files::lock(&files::cache().join("python.lock"))?;
    if is_installed() {
        return Ok(());
    }
    if !can_make() && apt::available() {
        apt::install(&PACKAGES)?;
    }
    if !can_make() {
        bail!("{MISSING}");
    }
    let home = home()?;
    let what = format!("schemathesis into {} (once)", home.display());
    step(&what, || {
        // A half-made one of an earlier run is no environment.
        files::remove(&home)?;
        run_within(command("python3").args(["-m", "venv"]).arg(&home), LIMIT)?;
        let folder = schemathesis()?;
        let python = folder.with_file_name(if cfg!(windows) {
            "python.exe"
        } else {
            "python3"
        });
        let mut pip = command(python);
        pip.args(["-m", "pip", "install", "--quiet", "--no-deps"])
            .args(["--disable-pip-version-check", "--requirement"])
            .arg(requirements());
        run_within(&mut pip, LIMIT).context("cannot install the packages")?;
        files::write(&note()?, files::read(&requirements())?)
    })
}

/// An interpreter from 3.11 on that can make environments: Debian has that in a package of its own.
fn can_make() -> bool {
    which("python3").is_some()
        && capture(command("python3").args(["-c", "import venv, ensurepip, tomllib"])).is_ok()
}

/// Keyed by what is in it.
fn home() -> Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    hasher.write(files::read(&requirements())?.as_bytes());
    let name = format!("schemathesis-{:016x}", hasher.finish());
    Ok(files::cache().join("tools").join(name))
}

/// A copy of the list that the environment was made from.
fn note() -> Result<PathBuf> {
    Ok(home()?.join(".installed-from.txt"))
}

const MISSING: &str = "\
the calls against the OpenAPI document need Python 3.11 or later with venv. Install it and start again:
  - on Debian, Ubuntu:  apt-get install python3 python3-venv
As root on Debian this command installs the packages by itself.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_requirement_has_one_exact_version() {
        let list = files::read(&requirements()).expect("there");
        let named: Vec<_> = list.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(
            named
                .iter()
                .any(|line| line.starts_with("schemathesis==4."))
        );
        for line in named {
            let (name, version) = line.split_once("==").expect(line);
            assert!(
                !name.is_empty() && version.starts_with(|c: char| c.is_ascii_digit()),
                "{line}"
            );
        }
    }
}
