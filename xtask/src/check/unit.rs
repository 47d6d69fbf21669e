//! What needs no browser: format, clippy, tidy, native tests.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Kind;
use super::count::Count;
use crate::build;
use crate::files;
use crate::machine::{objects, postgres::Server};
use crate::process::{capture, cargo, command, shown, tee};
use crate::tidy;

/// Modules of the endpoint's tests that would say the same again: they know nothing but files, or are about what
/// happens between the endpoint and a portal.
const ONCE: [&str; 3] = ["backup::", "crashes::", "relay::cuts::"];

/// Those that are about many instances on one server, and run where there is one.
const ON_A_SERVER: &str = "instances::";

/// Tests of the endpoint wait for disks, connections and clocks more than they compute.
const THREADS: [&str; 2] = ["--test-threads", "4"];

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
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--no-fail-fast", "--"]);
    let (status, output) = tee(tests.args(THREADS).args(["--skip", ON_A_SERVER]))?;
    Ok(Count::of_libtest(&output, status))
}

/// The endpoint's tests with everything on servers: the database, and what is in buckets. Those that would say the
/// same again have run already.
///
/// They wait a lot, and linking the widget takes one core: in a whole run it is built meanwhile.
pub(super) fn postgres(only: Option<Kind>) -> Result<Count> {
    let server = Server::start()?;
    let objects = objects::Server::start()?;
    let programs = endpoint_tests()?;
    let mut tests = over_http(&programs.over_http, &server, &objects);
    let mut plans = within(&programs.within, &server);
    std::thread::scope(|scope| {
        if only.is_none() {
            scope.spawn(|| {
                // Whoever needs it tries again, and says then what is wrong.
                if let Err(error) = build::ensure() {
                    println!("    the widget could not be built ahead: {error:#}");
                }
            });
        }
        let mut count = Count::default();
        for program in [&mut plans, &mut tests] {
            let (status, output) = tee(program)?;
            count.add(Count::of_libtest(&output, status));
        }
        Ok(count)
    })
}

/// With what is in buckets on a server of its own, too.
fn over_http(program: &Path, server: &Server, objects: &objects::Server) -> Command {
    let mut tests = command(program);
    tests
        .current_dir(files::root().join("crates/endpoint"))
        .args(ONCE.iter().flat_map(|module| ["--skip", module]))
        .args(THREADS)
        .env("PARTNER_ENDPOINT_TEST_POSTGRES", server.url())
        .env("PARTNER_ENDPOINT_TEST_S3", objects.url());
    tests
}

/// Those of the store itself that are about either database: how it means to answer.
fn within(program: &Path, server: &Server) -> Command {
    let mut tests = command(program);
    tests
        .current_dir(files::root().join("crates/endpoint"))
        .arg("store::scale::")
        .env("PARTNER_ENDPOINT_TEST_POSTGRES", server.url());
    tests
}

/// The programs with the endpoint's tests.
struct Programs {
    over_http: PathBuf,
    /// Of the library itself.
    within: PathBuf,
}

/// They are built with everything else, as they were for the other store: asked for alone, what they depend on would
/// get other features and be compiled once more.
fn endpoint_tests() -> Result<Programs> {
    let built = capture(cargo().args([
        "test",
        "--workspace",
        "--no-run",
        "--quiet",
        "--message-format=json",
    ]))?;
    let messages: Vec<Value> = built
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let program = |kind: &str, name: &str| {
        let mut programs = messages.iter().filter_map(|message| {
            let target = message.get("target")?;
            let is_it = target.get("name")?.as_str()? == name
                && target.pointer("/kind/0")?.as_str()? == kind;
            let program = message.get("executable")?.as_str()?;
            is_it.then(|| PathBuf::from(program))
        });
        programs
            .next()
            .context("cargo has built no tests of the endpoint")
    };
    Ok(Programs {
        over_http: program("test", "endpoint")?,
        within: program("lib", "partner_endpoint")?,
    })
}

fn one(failure: &str, command: &mut std::process::Command) -> Result<Count> {
    println!("{}", shown(command));
    let (status, _) = tee(command)?;
    Ok(Count::one(failure, status.success()))
}
