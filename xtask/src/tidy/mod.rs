//! `cargo xtask tidy`: the architecture's invariants, one check each (`ARCHITECTURE.md` says why).
//! Must never mend anything itself: a problem says where it is and how to mend it.

mod api;
mod cases;
mod code;
mod documents;
mod drawing;
mod graph;
mod imports;
mod length;
mod links;
mod sentences;
mod sql;
mod tree;
mod versions;

use std::process::ExitCode;

use anyhow::Result;

use graph::Graph;
use tree::Tree;

/// What one check found.
pub(crate) struct Verdict {
    pub(crate) name: &'static str,
    pub(crate) problems: Vec<String>,
}

impl Verdict {
    /// One line, and one for each problem.
    pub(crate) fn print(&self) {
        println!(
            "{} {}",
            if self.problems.is_empty() {
                "ok    "
            } else {
                "FAILED"
            },
            self.name
        );
        for problem in &self.problems {
            println!("         {problem}");
        }
    }
}

/// A check reads the checkout's files and gives its problems.
type Check = (&'static str, fn(&Tree) -> Vec<String>);

const CHECKS: [Check; 19] = [
    (
        "rules know no clock, chance, network or page",
        imports::rules_are_pure,
    ),
    (
        "state and i18n know no browser",
        imports::core_knows_no_browser,
    ),
    (
        "views and components know neither effects nor platform",
        imports::views_know_no_shell,
    ),
    (
        "only embed.rs exports to JavaScript",
        api::exports_only_in_embed,
    ),
    ("no raw HTML and no style attribute", api::no_raw_html),
    (
        "options among nodes keep their place",
        drawing::options_keep_their_place,
    ),
    (
        "loader and styles stay in their own element",
        api::guests_keep_to_themselves,
    ),
    ("SQL only in store and migrations", sql::only_in_store),
    (
        "both databases have the same migrations",
        sql::same_migrations,
    ),
    (
        "no sentence outside the catalogues",
        sentences::in_catalogues,
    ),
    ("ARCHITECTURE.md names what exists", documents::map_is_true),
    (
        "links between documents lead somewhere",
        links::lead_somewhere,
    ),
    (
        "README is short, CHANGELOG exists",
        documents::readme_and_changelog,
    ),
    (
        "the same cases feed rules, widget and endpoint",
        cases::are_shared,
    ),
    (
        "every module says what it is",
        documents::modules_have_headers,
    ),
    ("no file is too long", length::limits),
    ("no path of somebody's machine", documents::no_machine_paths),
    (
        "package locks name no download host",
        documents::locks_name_no_host,
    ),
    ("one version, in Cargo.toml", versions::are_one),
];

/// The command.
pub(crate) fn run() -> Result<ExitCode> {
    let verdicts = check()?;
    verdicts.iter().for_each(Verdict::print);
    let good = verdicts.iter().all(|verdict| verdict.problems.is_empty());
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Every check.
pub(crate) fn check() -> Result<Vec<Verdict>> {
    let tree = Tree::of_checkout()?;
    let mut verdicts: Vec<Verdict> = CHECKS
        .iter()
        .map(|(name, find)| Verdict {
            name,
            problems: find(&tree),
        })
        .collect();
    for graph in Graph::ALL {
        verdicts.push(Verdict {
            name: graph.name,
            problems: graph.problems()?,
        });
    }
    Ok(verdicts)
}
