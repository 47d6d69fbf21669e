//! A stand-in for `wasm-bindgen` that adds the options which Trunk has no setting for.
//! Must never change anything else of a call.
//!
//! Trunk takes the `wasm-bindgen` that it finds on PATH. A copy of this program under that name
//! comes first there and calls the real one, whose path is in the environment.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::files;

const NAME: &str = "wasm-bindgen";
const REAL: &str = "PARTNER_DESK_WASM_BINDGEN";
/// Function names are for debugging; a panic must be noticed (`set_on_abort`); the loader says
/// where the module is.
const ADDED: [&str; 4] = [
    "--remove-name-section",
    "--remove-producers-section",
    "--force-enable-abort-handler",
    "--omit-default-module-path",
];

/// Does the stand-in's work if this program was started under its name.
pub(crate) fn stand_in() -> Option<ExitCode> {
    let name = PathBuf::from(std::env::args_os().next()?);
    if name.file_stem()? != NAME {
        return None;
    }
    let given: Vec<String> = std::env::args().skip(1).collect();
    let status = Command::new(std::env::var_os(REAL)?)
        .args(with_added(given))
        .status();
    Some(match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: cannot start wasm-bindgen: {error}");
            ExitCode::FAILURE
        }
    })
}

/// Lays the stand-in into a folder of its own and gives that folder, to be put first on PATH.
pub(crate) fn install(real: &Path, trunk: &mut Command) -> Result<PathBuf> {
    let folder = files::target().join("partner-desk/bin");
    std::fs::create_dir_all(&folder).context("cannot make the stand-in's folder")?;
    let own = std::env::current_exe().context("cannot find this program")?;
    let copy = folder.join(format!("{NAME}{}", std::env::consts::EXE_SUFFIX));
    std::fs::copy(own, copy).context("cannot copy this program")?;
    trunk.env(REAL, real);
    Ok(folder)
}

fn with_added(mut given: Vec<String>) -> Vec<String> {
    // Only a call that writes files takes them; Trunk also asks for the version.
    if given.iter().any(|word| word.starts_with("--out-dir")) {
        given.extend(ADDED.map(str::to_owned));
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_call_that_writes_files_gets_the_options() {
        assert_eq!(with_added(vec!["--version".to_owned()]), ["--version"]);
        assert_eq!(
            with_added(vec!["--out-dir=x".to_owned()]).len(),
            1 + ADDED.len()
        );
    }
}
