//! `cargo xtask serve`: everything from a fresh clone to a demo page that answers.
//! Must never outlive the endpoint, nor the endpoint us.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::process::{cargo, command, run as run_command, step};
use crate::{build, files};

/// Builds what is needed and becomes the endpoint in demo mode.
pub(crate) fn run(port: u16, data: &Path) -> Result<ExitCode> {
    drop(build::ensure()?);
    endpoint()?;
    let mut endpoint = command(endpoint_program());
    endpoint
        .args(["serve", "--demo", "--listen"])
        .arg(format!("127.0.0.1:{port}"));
    endpoint
        .arg("--site")
        .arg(build::site())
        .arg("--data")
        .arg(data);
    println!("==> endpoint in demo mode (Ctrl-C ends it)");
    become_it(&mut endpoint)
}

/// Builds the endpoint's debug binary.
pub(crate) fn endpoint() -> Result<()> {
    step("endpoint", || {
        run_command(cargo().args(["build", "-p", "partner-endpoint"]))
    })
}

/// Where [`endpoint`] puts it.
pub(crate) fn endpoint_program() -> std::path::PathBuf {
    files::target()
        .join("debug")
        .join(format!("partner-endpoint{}", std::env::consts::EXE_SUFFIX))
}

/// The process is replaced, so that whoever started us signals the endpoint itself.
#[cfg(unix)]
fn become_it(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("cannot start the endpoint")
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> Result<ExitCode> {
    let status = command.status().context("cannot start the endpoint")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
