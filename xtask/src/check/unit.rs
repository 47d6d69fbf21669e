//! What needs no browser: format, clippy, tidy, native tests.

use anyhow::Result;

use super::count::Count;
use crate::machine::postgres::Server;
use crate::process::{cargo, shown, tee};
use crate::tidy;

/// Modules of the endpoint's tests that know nothing but files.
const ABOUT_FILES: [&str; 3] = ["backup::", "crashes::", "rush::"];

pub(super) fn format() -> Result<Count> {
    one(
        "cargo fmt --all wants changes",
        cargo().args(["fmt", "--all", "--check"]),
    )
}

/// Natively: the widget compiles for this machine too, so its code is linted with the rest.
pub(super) fn clippy() -> Result<Count> {
    let mut clippy = cargo();
    clippy.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]);
    one("clippy has complaints", &mut clippy)
}

pub(super) fn tidy() -> Result<Count> {
    let mut count = Count::default();
    for verdict in tidy::check()? {
        verdict.print();
        count.add(Count::one(verdict.name, verdict.problems.is_empty()));
    }
    Ok(count)
}

pub(super) fn native() -> Result<Count> {
    let (status, output) = tee(cargo().args(["test", "--workspace", "--no-fail-fast"]))?;
    Ok(Count::of_libtest(&output, status))
}

/// The endpoint's tests with everything on a server. Those about the file that SQLite keeps everything in have
/// run already.
pub(super) fn postgres() -> Result<Count> {
    let server = Server::start()?;
    let mut tests = cargo();
    tests
        // Of the whole workspace, or dependencies get other features and are compiled once more.
        .args(["test", "--workspace", "--test", "endpoint", "--"])
        .args(ABOUT_FILES.iter().flat_map(|module| ["--skip", module]))
        .env("PARTNER_ENDPOINT_TEST_POSTGRES", server.url());
    let (status, output) = tee(&mut tests)?;
    Ok(Count::of_libtest(&output, status))
}

fn one(failure: &str, command: &mut std::process::Command) -> Result<Count> {
    println!("{}", shown(command));
    let (status, _) = tee(command)?;
    Ok(Count::one(failure, status.success()))
}
