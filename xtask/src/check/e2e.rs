//! End to end: the built widget in a real browser, with the real endpoint; and what it weighs.

use std::path::Path;

use anyhow::{Context, Result};

use super::Kind;
use super::count::Count;
use super::results::Results;
use crate::machine::browser::Chromium;
use crate::machine::postgres::Server;
use crate::machine::{engines, languages, node};
use crate::process::{cargo, command, run as run_command, shown, step};
use crate::{build, dist, files, openapi, serve, size};

/// The project whose endpoints need a database server.
const INSTANCES: &str = "instances";

/// One check for each number of `budgets.toml`.
pub(super) fn sizes() -> Result<Count> {
    let _built = build::ensure()?;
    let mut count = Count::default();
    let table = size::Table::measure(&build::site())?;
    print!("{table}");
    for verdict in table.against(&size::budgets()?)? {
        count.add(Count::one(&verdict.text, verdict.kept));
    }
    Ok(count)
}

/// The widget with the demo page, in Chromium; and once more with three instances of the endpoint on one database.
pub(super) fn specs(only: Option<Kind>) -> Result<Count> {
    playwright(only, &["e2e", INSTANCES], None)
}

/// The same with every way of looking at every state, and the conformance report from it.
pub(super) fn accessibility() -> Result<Count> {
    let report = files::root().join("docs/accessibility.md");
    playwright(Some(Kind::E2e), &["e2e"], Some(&report))
}

/// Calls made up from the OpenAPI document.
pub(super) fn document(only: Option<Kind>) -> Result<Count> {
    endpoint(only)?;
    openapi::run(openapi::Effort::BOUNDED)
}

/// Foreign pages with the widget in them, in three engines.
pub(super) fn hosts(only: Option<Kind>) -> Result<Count> {
    engines::ensure()?;
    playwright(only, &["hosts-*"], None)
}

/// What is published, and the servers that the documents show.
pub(super) fn packages(only: Option<Kind>) -> Result<Count> {
    languages::ensure()?;
    let _made = dist::ensure()?;
    playwright(only, &["packages"], None)
}

/// The tests of some of Playwright's projects. With `conformance` in every way of looking, and what came of it is
/// written there.
fn playwright(only: Option<Kind>, projects: &[&str], conformance: Option<&Path>) -> Result<Count> {
    let database = projects.contains(&INSTANCES).then(Server::start);
    let database = database.transpose()?;
    let built = build::ensure()?;
    endpoint(only)?;
    node::ensure()?;
    let chromium = Chromium::ensure()?;
    let results = Results::new("e2e")?;
    let report = results.folder.join("report.json");
    let mut playwright = command("node");
    playwright
        .current_dir(node::folder())
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .args(projects.iter().flat_map(|project| ["--project", project]))
        .env("PARTNER_DESK_ENDPOINT_BIN", serve::endpoint_program())
        .env("PARTNER_DESK_SITE", build::site())
        .env("PARTNER_DESK_CDN", dist::cdn())
        .env("PARTNER_DESK_NPM", dist::npm())
        .env("PARTNER_DESK_CHROMIUM", chromium.browser)
        .env("PARTNER_DESK_RESULTS", &results.folder);
    engines::name_to(&mut playwright);
    if let Some(database) = &database {
        playwright.env("PARTNER_DESK_POSTGRES", database.url());
    }
    if conformance.is_some() {
        playwright.env("PARTNER_DESK_A11Y", "full");
    }
    println!("{}", shown(&playwright));
    let status = playwright.status().context("cannot start Playwright")?;
    drop(built);
    let text = files::read(&report).context("Playwright wrote no report")?;
    let mut count = Count::of_playwright(
        &serde_json::from_str(&text).context("Playwright's report is no JSON")?,
    );
    if !status.success() && count.failed == 0 {
        count.add(Count::could_not_run(format!(
            "Playwright ended with {status}"
        )));
    }
    if let Some(conformance) = conformance {
        let mut writer = command("node");
        writer
            .current_dir(node::folder())
            .arg("a11y-report.mjs")
            .args([&report, conformance]);
        let complete = writer.status()?.success();
        count.add(Count::one("every state and criterion is covered", complete));
    }
    results.end(count.failed == 0);
    Ok(count)
}

/// In a whole run the native tests have built the endpoint already, with all features of the
/// workspace; asking for the same again spares a second build of all that it depends on.
fn endpoint(only: Option<Kind>) -> Result<()> {
    if only.is_some() {
        return serve::endpoint();
    }
    step("endpoint", || {
        run_command(cargo().args(["test", "--workspace", "--no-run", "--quiet"]))
    })
}
