//! `cargo xtask chaos`: many short stories of faults between clients and an endpoint, each from a seed.
//! Must never draw, judge or count anything itself: `tests/e2e/chaos/run.mjs` does.

use std::process::ExitCode;

use anyhow::Result;

use crate::build;
use crate::machine::browser::Chromium;
use crate::machine::node;
use crate::process::command;
use crate::serve;

/// The command; its last line is `N passed, N failed`. The options are run.mjs's own.
pub(crate) fn run(options: &[(&str, Option<u32>)], browser: bool) -> Result<ExitCode> {
    serve::endpoint()?;
    node::ensure()?;
    // Held while the widget is read: it must not be swapped for another in the middle of a story.
    let _built = browser.then(build::ensure).transpose()?;
    let mut chaos = command("node");
    chaos
        .current_dir(node::folder())
        .arg("chaos/run.mjs")
        .env("PARTNER_DESK_ENDPOINT_BIN", serve::endpoint_program());
    for (name, number) in options {
        if let Some(number) = number {
            chaos.arg(format!("{name}={number}"));
        }
    }
    if browser {
        chaos
            .arg("--browser")
            .env("PARTNER_DESK_SITE", build::site())
            .env("PARTNER_DESK_CHROMIUM", Chromium::ensure()?.browser);
    }
    Ok(if chaos.status()?.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
