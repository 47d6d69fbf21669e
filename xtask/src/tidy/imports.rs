//! Who may import whom. Must never allow an arrow that points back.

use super::code::is_word;
use super::tree::Tree;

const CLOCKS_AND_CO: [&str; 19] = [
    "Instant",
    "SystemTime",
    "rand",
    "getrandom",
    "uuid",
    "net",
    "fs",
    "env",
    "thread",
    "process",
    "yew",
    "web_sys",
    "js_sys",
    "gloo",
    "wasm_bindgen",
    "axum",
    "tokio",
    "sqlx",
    "reqwest",
];
const BROWSER: [&str; 6] = [
    "yew",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "gloo_net",
    "gloo_timers",
];

/// Same input, same verdict: what the rules need to know comes in as an argument.
pub(super) fn rules_are_pure(tree: &Tree) -> Vec<String> {
    named(
        tree,
        &["crates/rules/src/"],
        &CLOCKS_AND_CO,
        "pass it in as data instead",
    )
}

/// The core is tested without a browser.
pub(super) fn core_knows_no_browser(tree: &Tree) -> Vec<String> {
    let mut problems = named(
        tree,
        &CORE,
        &BROWSER,
        "the core knows no browser, move this to effects/ or platform/",
    );
    for (file, code) in tree.rust(&CORE) {
        for (line, text) in code.use_lines() {
            if words(text).any(|word| word.starts_with("gloo_") && !BROWSER.contains(&word)) {
                problems.push(format!(
                    "{}:{line}: imports gloo: move this to effects/ or platform/",
                    file.path
                ));
            }
        }
    }
    problems
}

/// Props in, callbacks out.
pub(super) fn views_know_no_shell(tree: &Tree) -> Vec<String> {
    let mend = "take it as a prop, or give it out by a callback";
    named(
        tree,
        &["src/views/", "src/components/"],
        &["effects", "platform"],
        mend,
    )
}

const CORE: [&str; 4] = ["src/state/", "src/state.rs", "src/i18n/", "src/i18n.rs"];

/// Lines that import one of the names, or use it in a path.
fn named(tree: &Tree, folders: &[&str], names: &[&str], mend: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for (file, code) in tree.rust(folders) {
        for name in names {
            let mut lines = code.lines_with(name, "::");
            let imported = code
                .use_lines()
                .into_iter()
                .filter(|(_, text)| words(text).any(|word| word == *name));
            lines.extend(imported.map(|(line, _)| line));
            lines.sort_unstable();
            lines.dedup();
            problems.extend(
                lines
                    .iter()
                    .map(|line| format!("{}:{line}: `{name}`: {mend}", file.path)),
            );
        }
    }
    problems
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_word(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_in_the_rules_is_found() {
        let tree = Tree::sample([
            (
                "crates/rules/src/a.rs",
                "fn a() { std::time::Instant::now(); }",
            ),
            (
                "crates/rules/src/b.rs",
                "use std::{\n    collections::BTreeMap,\n    time::SystemTime,\n};",
            ),
            (
                "crates/rules/src/c.rs",
                "// Instant::now()\nuse std::time::Duration;\nfn environment() {}",
            ),
        ]);
        let problems = rules_are_pure(&tree);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(
            problems
                .iter()
                .any(|problem| problem.starts_with("crates/rules/src/b.rs:3"))
        );
    }

    #[test]
    fn browser_in_the_core_is_found() {
        let tree = Tree::sample([
            ("src/state/a.rs", "use yew::prelude::*;"),
            ("src/i18n/b.rs", "fn b() -> web_sys::Window {}"),
            ("src/i18n/c.rs", "use gloo_utils::window;"),
            ("src/effects/d.rs", "use yew::prelude::*;"),
        ]);
        assert_eq!(core_knows_no_browser(&tree).len(), 3);
    }

    #[test]
    fn shell_in_a_view_is_found_in_every_spelling() {
        for text in [
            "use crate::effects::Runner;",
            "use crate::{i18n, platform};",
            "fn a() { crate::platform::clock::now() }",
            "use super::super::effects;",
        ] {
            assert_eq!(
                views_know_no_shell(&Tree::sample([("src/views/a.rs", text)])).len(),
                1,
                "{text}"
            );
        }
        let fine = "use yew::functional::use_state; // crate::effects\nfn effects_up() {}";
        assert!(views_know_no_shell(&Tree::sample([("src/components/a.rs", fine)])).is_empty());
    }
}
