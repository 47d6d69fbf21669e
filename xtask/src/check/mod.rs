//! `cargo xtask test`: every kind of test, counted; the last line is `N passed, N failed`.
//! Must never skip: what could not run has failed.

mod browser;
pub(crate) mod count;
mod e2e;
pub(crate) mod results;
mod unit;

use std::process::ExitCode;
use std::str::FromStr;
use std::time::Instant;

use anyhow::{Result, bail};

use count::Count;

/// The kinds that `--only` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Unit,
    Browser,
    E2e,
    Packages,
    Hosts,
    Openapi,
}

impl Kind {
    /// Packages, host pages and calls against the OpenAPI document are end-to-end tests, too.
    fn covers(self, stage: Self) -> bool {
        self == stage
            || (self == Self::E2e && matches!(stage, Self::Packages | Self::Hosts | Self::Openapi))
    }
}

impl FromStr for Kind {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "unit" => Ok(Self::Unit),
            "browser" => Ok(Self::Browser),
            "e2e" => Ok(Self::E2e),
            "packages" => Ok(Self::Packages),
            "hosts" => Ok(Self::Hosts),
            "openapi" => Ok(Self::Openapi),
            other => {
                bail!("`--only {other}`: there are unit, browser, e2e, packages, hosts and openapi")
            }
        }
    }
}

/// One stage: a name and what counts its tests, given what the run is narrowed to.
type Stage = (Kind, &'static str, fn(Option<Kind>) -> Result<Count>);

/// Cheapest first.
const STAGES: [Stage; 11] = [
    (Kind::Unit, "format", |_| unit::format()),
    (Kind::Unit, "tidy", |_| unit::tidy()),
    (Kind::Unit, "clippy", |_| unit::clippy()),
    (Kind::Unit, "native tests", |_| unit::native()),
    (Kind::Unit, "native tests, PostgreSQL", unit::postgres),
    (Kind::Browser, "browser tests", |_| browser::run()),
    (Kind::E2e, "sizes", |_| e2e::sizes()),
    (Kind::Openapi, "openapi", e2e::document),
    (Kind::E2e, "end-to-end tests", e2e::specs),
    (Kind::Packages, "packages", e2e::packages),
    (Kind::Hosts, "host pages", e2e::hosts),
];

/// `cargo xtask a11y`: the end-to-end tests with every state in every way of looking.
pub(crate) fn accessibility() -> Result<ExitCode> {
    let count = e2e::accessibility()?;
    for failure in &count.failures {
        println!("FAILED {failure}");
    }
    println!("{} passed, {} failed", count.passed, count.failed);
    Ok(if count.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Runs the stages, all of them even if one fails.
pub(crate) fn run(only: Option<Kind>) -> Result<ExitCode> {
    let mut rows = Vec::new();
    for (_, name, stage) in STAGES
        .into_iter()
        .filter(|(kind, ..)| only.is_none_or(|only| only.covers(*kind)))
    {
        println!("\n===== {name}");
        let start = Instant::now();
        let count = stage(only)
            .unwrap_or_else(|error| Count::could_not_run(format!("{error:#}")))
            .at_least_one();
        println!(
            "===== {name}: {} passed, {} failed",
            count.passed, count.failed
        );
        rows.push((name, start.elapsed().as_secs_f32(), count));
    }
    let mut all = Count::default();
    println!();
    for (name, seconds, count) in rows {
        println!(
            "{name:<24} {:>5} passed {:>4} failed {seconds:>8.1} s",
            count.passed, count.failed
        );
        all.add(count.within(name));
    }
    for failure in &all.failures {
        println!("FAILED {failure}");
    }
    println!("{} passed, {} failed", all.passed, all.failed);
    Ok(if all.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn end_to_end_includes_packages_and_host_pages_and_not_the_other_way_round() {
        let names = |only: Kind| -> Vec<_> {
            let kept = STAGES.iter().filter(|(kind, ..)| only.covers(*kind));
            kept.map(|(_, name, _)| *name).collect()
        };
        assert_eq!(
            names(Kind::E2e),
            [
                "sizes",
                "openapi",
                "end-to-end tests",
                "packages",
                "host pages"
            ]
        );
        assert_eq!(names(Kind::Packages), ["packages"]);
        assert_eq!(names(Kind::Openapi), ["openapi"]);
        assert_eq!(names(Kind::Hosts), ["host pages"]);
    }
}
