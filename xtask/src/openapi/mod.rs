//! `cargo xtask openapi`: calls made up from the published OpenAPI document, by a tool that nobody here wrote,
//! against a real endpoint. `tests/openapi/schemathesis.toml` says what is checked and what is not.
//! Must never call an endpoint that it has not started itself.

mod endpoint;
mod http;
mod report;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::check::count::Count;
use crate::check::results::Results;
use crate::machine::python;
use crate::process::{command, run_shown_within, shown};
use crate::{files, serve};
use endpoint::{Endpoint, Filed};

/// Nothing is kept from this user of demo mode.
const FIRST: &str = "superadmin";
const OTHERS: [&str; 2] = ["member", "no-access"];
/// Of one user; a run that hangs is ended.
const LIMIT: std::time::Duration = std::time::Duration::from_secs(20 * 60);

/// How much is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Effort {
    /// For each call of the document, beside all that can be enumerated.
    pub(crate) examples: u32,
    pub(crate) seed: u32,
    /// Every user of demo mode, or the first.
    pub(crate) everybody: bool,
}

impl Effort {
    /// In a test run: the same calls every time, in less than a minute.
    pub(crate) const BOUNDED: Self = Self {
        examples: 20,
        seed: 1,
        everybody: false,
    };

    /// By the command: other calls every time, unless told otherwise.
    pub(crate) fn long(examples: Option<u32>, seed: Option<u32>) -> Self {
        Self {
            examples: examples.unwrap_or(150),
            seed: seed.unwrap_or_else(chance),
            everybody: true,
        }
    }
}

/// The command: the last line is `N passed, N failed`.
pub(crate) fn command_line(effort: Effort) -> Result<ExitCode> {
    serve::endpoint()?;
    let count = run(effort)?.at_least_one();
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

/// Calls the endpoint, which has been built, as one user after the other.
pub(crate) fn run(effort: Effort) -> Result<Count> {
    python::ensure()?;
    let results = Results::new("openapi")?;
    let mut count = Count::default();
    let others = OTHERS.into_iter().filter(|_| effort.everybody);
    for user in std::iter::once(FIRST).chain(others) {
        let folder = results.folder.join(user);
        std::fs::create_dir_all(&folder).context("cannot make the folder of the results")?;
        count.add(
            call(user, effort, &folder)
                .unwrap_or_else(|error| Count::could_not_run(format!("as {user}: {error:#}"))),
        );
    }
    results.end(count.failed == 0);
    Ok(count)
}

/// An endpoint of one's own each: what one user stored changes what another gets.
fn call(user: &str, effort: Effort, folder: &Path) -> Result<Count> {
    let endpoint = Endpoint::start(folder)?;
    let filed = endpoint.file(&endpoint.token(FIRST)?)?;
    let report = folder.join("report.json");
    let mut tool = command(python::schemathesis()?);
    tool.current_dir(folder)
        .arg("--config-file")
        .arg(configured(folder, &filed)?)
        .arg("run")
        .arg(format!("http://{}/v1/openapi.json", endpoint.address))
        .args(["--max-examples", &effort.examples.to_string()])
        .args(["--seed", &effort.seed.to_string()])
        .args(["--report", "json,ndjson", "--report-json-path"])
        .arg(&report)
        .arg("--report-ndjson-path")
        .arg(folder.join("calls.ndjson"))
        .env("DEMO_TOKEN", endpoint.token(user)?);
    println!("as {user}: {}", shown(&tool));
    let ended = run_shown_within(&mut tool, LIMIT);
    let text = files::read(&report).context("the tool wrote no report")?;
    let report = serde_json::from_str(&text).context("the report is no JSON")?;
    let mut count = report::count(&report, user, user == FIRST);
    if let Err(error) = ended
        && count.failed == 0
    {
        count.add(Count::could_not_run(format!("as {user}: {error:#}")));
    }
    println!("as {user}: {} calls", report::calls(&report));
    Ok(count)
}

/// The settings with what was filed in them; the tool itself fills in variables elsewhere, not in its lists.
fn configured(folder: &Path, filed: &Filed) -> Result<PathBuf> {
    let text = files::read(&files::root().join("tests/openapi/schemathesis.toml"))?
        .replace("${REFERENCE}", &filed.reference)
        .replace("${ATTACHMENT}", &filed.attachment);
    let file = folder.join("schemathesis.toml");
    files::write(&file, text)?;
    Ok(file)
}

/// A seed that is another one every time; it is printed with the command.
fn chance() -> u32 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(1, |since| since.subsec_nanos())
}
