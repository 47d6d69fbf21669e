//! `cargo xtask chaos`: many short stories of faults between clients and an endpoint, each from a seed.
//! Must never draw, judge or count anything itself: `tests/e2e/chaos/run.mjs` does.

use std::process::ExitCode;

use anyhow::Result;

use crate::machine::node;
use crate::process::command;
use crate::serve;

/// The command; its last line is `N passed, N failed`. The options are run.mjs's own.
pub(crate) fn run(options: &[(&str, Option<u32>)]) -> Result<ExitCode> {
    serve::endpoint()?;
    node::ensure()?;
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
    Ok(if chaos.status()?.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
