//! `cargo xtask screenshots`: pictures of every state of the widget, into `screenshots/`, and whether the kept ones
//! still look like that.
//! Must never list the states itself: `tests/e2e/screenshots.mjs` does.

use std::process::ExitCode;

use anyhow::Result;

use crate::machine::browser::Chromium;
use crate::machine::{fonts, node};
use crate::process::{command, run as run_command, step};
use crate::{build, files, serve};

/// The command; `state` narrows it to states with this in their name, `only_kept` to the kept pictures, which `keep`
/// replaces.
pub(crate) fn run(state: Option<&str>, only_kept: bool, keep: bool) -> Result<ExitCode> {
    let _built = build::ensure()?;
    serve::endpoint()?;
    node::ensure()?;
    let chromium = Chromium::ensure()?;
    fonts::ensure()?;
    let folder = files::root().join("screenshots");
    step("pictures", || {
        run_command(
            command("node")
                .current_dir(node::folder())
                .arg("screenshots.mjs")
                .args(state.map(|text| format!("--state={text}")))
                .args(only_kept.then_some("--only-kept"))
                .args(keep.then_some("--keep"))
                .env("PARTNER_DESK_ENDPOINT_BIN", serve::endpoint_program())
                .env("PARTNER_DESK_SITE", build::site())
                .env("PARTNER_DESK_CHROMIUM", chromium.browser)
                .env("PARTNER_DESK_SCREENSHOTS", &folder),
        )
    })?;
    println!("{}", folder.display());
    Ok(ExitCode::SUCCESS)
}
