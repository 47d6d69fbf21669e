//! `cargo xtask fuzz`: every parser of foreign bytes against what no person would type, for a while each.
//! Must never take a target that ran nothing for a good one.

mod target;

use std::collections::VecDeque;
use std::fs::File;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::check::count::Count;
use crate::machine::cxx;
use crate::process::{cargo, command, run as run_command, run_shown_within, step};
use crate::{files, process};
use target::Target;

/// For reading what was kept, and for the last input.
const GRACE: Duration = Duration::from_secs(180);
/// An input that takes longer is a finding.
const INPUT_S: u32 = 20;

/// The command: a line per target, and `N passed, N failed` at the end.
pub(crate) fn run(seconds: u32, only: Option<&str>) -> Result<ExitCode> {
    let all = target::all()?;
    let names: Vec<String> = all.iter().map(|target| target.name.clone()).collect();
    let chosen: VecDeque<Target> = all
        .into_iter()
        .filter(|target| only.is_none_or(|only| only == target.name))
        .collect();
    if chosen.is_empty() {
        bail!("no such target, there are: {}", names.join(", "));
    }
    cxx::ensure()?;
    step("fuzz targets", build)?;
    let programs = programs()?;
    let queue = Mutex::new(chosen);
    let count = Mutex::new(Count::default());
    let next = || {
        queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front()
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(target) = next() {
                    let one = fuzz(&target, &programs, seconds).unwrap_or_else(|error| {
                        Count::could_not_run(format!("{}: {error:#}", target.name))
                    });
                    count
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .add(one);
                }
            });
        }
    });
    let count = count.into_inner().unwrap_or_else(PoisonError::into_inner);
    for failure in &count.failures {
        println!("FAILED {failure}");
    }
    println!("{} passed, {} failed", count.passed, count.failed);
    Ok(if count.failed == 0 && count.passed > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// All of them at once. In their folder: only there does cargo read the flags for coverage, which flags of
/// the environment would displace.
fn build() -> Result<()> {
    let mut build = cargo();
    build
        .current_dir(target::folder())
        .args(["build", "--release", "--bins", "--locked", "--target-dir"])
        .arg(target::folder().join("target"));
    for name in [
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_BUILD_RUSTFLAGS",
        "CARGO_BUILD_TARGET",
    ] {
        build.env_remove(name);
    }
    run_command(&mut build)
}

/// The folder of the built targets.
fn programs() -> Result<std::path::PathBuf> {
    let about = process::capture(command("rustc").arg("-vV"))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc names no host")?;
    Ok(target::folder().join("target").join(host).join("release"))
}

fn fuzz(target: &Target, programs: &std::path::Path, seconds: u32) -> Result<Count> {
    let corpus = files::cache().join("fuzz").join(&target.name);
    let artifacts = target::folder().join("artifacts").join(&target.name);
    for folder in [&corpus, &artifacts] {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let before = files::walk(&artifacts, &[])?;
    let log = artifacts.with_extension("log");
    let mut fuzzer =
        command(programs.join(format!("{}{}", target.name, std::env::consts::EXE_SUFFIX)));
    fuzzer
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={}", target.max_len))
        .arg(format!("-timeout={INPUT_S}"))
        .arg(format!(
            "-dict={}",
            target::folder().join("words.dict").display()
        ))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .arg("-print_final_stats=1")
        .arg(&corpus)
        .arg(&target.seeds)
        .stderr(File::create(&log).context("cannot make the log")?);
    let ended = run_shown_within(&mut fuzzer, GRACE + Duration::from_secs(u64::from(seconds)));
    let runs = executed(&String::from_utf8_lossy(&files::bytes(&log)?));
    let kept = files::walk(&corpus, &[])?.len();
    let mut findings = files::walk(&artifacts, &[])?;
    findings.retain(|finding| !before.contains(finding));
    println!(
        "{:<14} {runs:>10} runs, {} findings, {kept} inputs kept",
        target.name,
        findings.len()
    );
    let name = &target.name;
    let mut count = Count::default();
    for finding in &findings {
        count.add(Count::could_not_run(format!(
            "{name}: {}",
            finding.display()
        )));
    }
    if count.failed == 0 {
        match ended {
            Err(error) => bail!("{error:#}, see {}", log.display()),
            Ok(()) if runs == 0 => bail!("ran nothing, see {}", log.display()),
            Ok(()) => count.passed = 1,
        }
    }
    Ok(count)
}

/// How many inputs were tried, as the fuzzer says at its end.
fn executed(log: &str) -> u64 {
    log.lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))
        .and_then(|number| number.trim().parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_read_from_the_log() {
        let log = "INFO: seed\nDone 7 runs\nstat::number_of_executed_units: 1234\nstat::x: 5\n";
        assert_eq!(executed(log), 1234);
        assert_eq!(executed("no statistics"), 0);
    }
}
