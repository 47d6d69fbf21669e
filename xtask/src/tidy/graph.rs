//! Which crates end up in what. Must never let a server's crate into the widget, nor the reverse.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::machine::wasm::TARGET;
use crate::process::{capture, cargo};

/// A crate whose dependencies are looked at.
pub(super) struct Graph {
    pub(super) name: &'static str,
    package: &'static str,
    target: Option<&'static str>,
    /// What is behind this crate is not looked at.
    leave_out: Option<&'static str>,
    rule: Rule,
}

enum Rule {
    /// Nothing but these.
    Only(&'static [&'static str]),
    /// None of these.
    Never(&'static [&'static str]),
}

impl Graph {
    pub(super) const ALL: [Self; 3] = [
        Self {
            name: "rules depend on nothing but serde and thiserror",
            package: "partner-rules",
            target: None,
            leave_out: None,
            rule: Rule::Only(&["partner-rules", "serde", "serde_core", "thiserror"]),
        },
        Self {
            name: "the widget contains nothing of a server, no regex, no JSON parser, no IDNA",
            package: "partner-desk",
            target: Some(TARGET),
            // Yew itself brings gloo with a JSON parser. Nothing calls it, so the linker drops it.
            leave_out: Some("gloo"),
            rule: Rule::Never(&[
                "tokio",
                "axum",
                "sqlx",
                "sqlx-core",
                "reqwest",
                "hyper",
                "serde_json",
                "regex",
                "regex-lite",
                "idna",
                "partner-endpoint",
            ]),
        },
        Self {
            name: "the endpoint contains nothing of a page",
            package: "partner-endpoint",
            target: None,
            leave_out: None,
            rule: Rule::Never(&["yew", "web-sys", "gloo-net", "partner-desk"]),
        },
    ];

    /// Asks cargo, and gives the crates that should not be there.
    pub(super) fn problems(&self) -> Result<Vec<String>> {
        let mut tree = cargo();
        // Procedural macros run in the compiler and leave nothing of themselves behind.
        tree.args([
            "tree",
            "--package",
            self.package,
            "--edges",
            "normal,no-proc-macro",
            "--prefix",
            "none",
        ]);
        if let Some(target) = self.target {
            tree.args(["--target", target]);
        }
        if let Some(package) = self.leave_out {
            tree.args(["--prune", package]);
        }
        Ok(self.wrong(&capture(&mut tree)?))
    }

    fn wrong(&self, tree: &str) -> Vec<String> {
        let crates: BTreeSet<&str> = tree
            .lines()
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        let wrong = crates.into_iter().filter(|name| match self.rule {
            Rule::Only(allowed) => !allowed.contains(name),
            Rule::Never(forbidden) => forbidden.contains(name),
        });
        wrong
            .map(|name| {
                format!(
                    "{name}: see `cargo tree --package {} --invert {name}`",
                    self.package
                )
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crate_that_does_not_belong_is_found() {
        let found = |tree: &str| Graph::ALL.map(|graph| graph.wrong(tree).len());
        assert_eq!(found("partner-rules v0.1.0\nserde v1.0.0\n"), [0, 0, 0]);
        assert_eq!(found("serde_json v1.0.0\n"), [1, 1, 0]);
        assert_eq!(found("yew v0.23.0 (*)\n"), [1, 0, 1]);
    }
}
