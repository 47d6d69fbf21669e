//! `cargo xtask screenshots`: pictures of every state of the widget, into `screenshots/`.
//! Must never list the states itself: `tests/e2e/screenshots.mjs` does.

use std::process::ExitCode;

use anyhow::Result;

use crate::machine::browser::Chromium;
use crate::machine::node;
use crate::process::{command, run as run_command, step};
use crate::{build, files, serve};

/// The command; `state` narrows it to states with this in their name.
pub(crate) fn run(state: Option<&str>) -> Result<ExitCode> {
    let _built = build::ensure()?;
    serve::endpoint()?;
    node::ensure()?;
    let chromium = Chromium::ensure()?;
    let folder = files::root().join("screenshots");
    step("pictures", || {
        run_command(
            command("node")
                .current_dir(node::folder())
                .arg("screenshots.mjs")
                .args(state)
                .env("PARTNER_DESK_ENDPOINT_BIN", serve::endpoint_program())
                .env("PARTNER_DESK_SITE", build::site())
                .env("PARTNER_DESK_CHROMIUM", chromium.browser)
                .env("PARTNER_DESK_SCREENSHOTS", &folder),
        )
    })?;
    println!("{}", folder.display());
    Ok(ExitCode::SUCCESS)
}
