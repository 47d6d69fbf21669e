//! What is written about the code is true, and short enough to be read.

use std::collections::BTreeSet;

use super::tree::Tree;

const MAP: &str = "ARCHITECTURE.md";
const README_LINES: usize = 120;

/// The map names every part, and every path in it exists.
pub(super) fn map_is_true(tree: &Tree) -> Vec<String> {
    let Some(map) = tree.get(MAP) else {
        return vec![format!("{MAP} is missing")];
    };
    let mut problems = Vec::new();
    for part in parts(tree) {
        if !map.text.contains(&part) {
            problems.push(format!("{MAP}: does not name `{part}`"));
        }
    }
    for (index, line) in map.text.lines().enumerate() {
        for path in paths(line).filter(|path| !tree.has(path)) {
            problems.push(format!("{MAP}:{}: `{path}` does not exist", index + 1));
        }
    }
    problems
}

/// People read the first page, and the list of changes.
pub(super) fn readme_and_changelog(tree: &Tree) -> Vec<String> {
    let mut problems = Vec::new();
    if let Some(readme) = tree
        .get("README.md")
        .filter(|readme| readme.text.lines().count() > README_LINES)
    {
        let lines = readme.text.lines().count();
        problems.push(format!(
            "README.md: {lines} lines, {README_LINES} are enough: move some to docs/"
        ));
    }
    if tree.get("CHANGELOG.md").is_none() {
        problems.push("CHANGELOG.md is missing".to_owned());
    }
    problems
}

/// `//!` on the first line of each module.
pub(super) fn modules_have_headers(tree: &Tree) -> Vec<String> {
    let missing = |text: &str| {
        !text
            .lines()
            .find(|line| !line.is_empty())
            .is_some_and(|line| line.starts_with("//!"))
    };
    // A module of tests says enough by its name.
    let modules = tree.files.iter().filter(|file| {
        file.path.ends_with(".rs") && !file.path.ends_with("/tests.rs") && missing(&file.text)
    });
    modules
        .map(|file| {
            format!(
                "{}:1: begin with `//!`: what this is, and what it must never do",
                file.path
            )
        })
        .collect()
}

/// A checkout works in any folder, for anybody.
pub(super) fn no_machine_paths(tree: &Tree) -> Vec<String> {
    // In two pieces each, so that this file does not find itself.
    let folders = ["work", "root", "home", "Users"].map(|name| format!("/{name}/"));
    let mut problems = Vec::new();
    for file in &tree.files {
        for (index, line) in file.text.lines().enumerate() {
            // In an address such a folder is somebody's page, not a machine's.
            let in_path = |folder: &String| {
                line.match_indices(folder.as_str()).any(|(at, _)| {
                    !line.get(..at).is_some_and(|before| {
                        before.ends_with(|c: char| c.is_alphanumeric() || "-.}/_".contains(c))
                    })
                })
            };
            if let Some(folder) = folders.iter().find(|folder| in_path(folder)) {
                problems.push(format!(
                    "{}:{}: a path of one machine ({folder}…)",
                    file.path,
                    index + 1
                ));
            }
        }
    }
    problems
}

/// Everybody's registry is their own setting.
pub(super) fn locks_name_no_host(tree: &Tree) -> Vec<String> {
    let locks = tree
        .files
        .iter()
        .filter(|file| file.path.ends_with("package-lock.json"));
    locks
        .filter(|file| file.text.contains("\"resolved\""))
        .map(|file| {
            format!(
                "{}: made without omit-lockfile-registry-resolved, see tests/e2e/.npmrc",
                file.path
            )
        })
        .collect()
}

/// Folders of the widget and of the crates.
fn parts(tree: &Tree) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    for file in tree.under(&["src/", "crates/"]) {
        let mut steps = file.path.split('/');
        if let (Some(first), Some(second), Some(_)) = (steps.next(), steps.next(), steps.next()) {
            parts.insert(if first == "crates" {
                format!("crates/{second}")
            } else {
                format!("{second}/")
            });
        }
    }
    parts
}

/// Words in backquotes that look like paths of this repository: a slash in them, a known folder first.
fn paths(line: &str) -> impl Iterator<Item = &str> {
    const FOLDERS: [&str; 9] = [
        "src/",
        "crates/",
        "static/",
        "tests/",
        "xtask/",
        "docs/",
        "packages/",
        ".ci/",
        ".cargo/",
    ];
    line.split('`').skip(1).step_by(2).filter(|word| {
        FOLDERS.iter().any(|folder| word.starts_with(folder))
            && !word.contains(['*', '{', '<', ' ', '…'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn map_that_forgets_or_invents_is_found() {
        let tree = Tree::sample([
            (
                "ARCHITECTURE.md",
                "`src/state/` and `src/gone.rs`, `crates/rules`, `src/*.rs`",
            ),
            ("src/state/mod.rs", ""),
            ("src/views/mod.rs", ""),
            ("crates/rules/src/lib.rs", ""),
        ]);
        assert_eq!(
            map_is_true(&tree),
            [
                "ARCHITECTURE.md: does not name `views/`",
                "ARCHITECTURE.md:1: `src/gone.rs` does not exist"
            ]
        );
        assert_eq!(map_is_true(&Tree::default()).len(), 1);
    }

    #[test]
    fn long_readme_and_missing_changelog_are_found() {
        let long = "x\n".repeat(README_LINES + 1);
        assert_eq!(
            readme_and_changelog(&Tree::sample([("README.md", &long)])).len(),
            2
        );
        let short = "x\n".repeat(README_LINES);
        assert!(
            readme_and_changelog(&Tree::sample([("README.md", &short), ("CHANGELOG.md", "")]))
                .is_empty()
        );
    }

    #[test]
    fn module_without_a_header_is_found() {
        let tree = Tree::sample([
            ("src/a.rs", "use b;"),
            ("src/c.rs", "//! C.\n"),
            ("src/d.rs", ""),
        ]);
        assert_eq!(modules_have_headers(&tree).len(), 2);
    }

    #[test]
    fn machine_path_is_found_and_address_is_not() {
        let bad = format!("cd /{}/x", "home");
        let good = format!("https://example.org/{}/x and $HOME/{}/y", "home", "work");
        assert_eq!(
            no_machine_paths(&Tree::sample([("a.md", &bad), ("b.md", &good)])).len(),
            1
        );
    }

    #[test]
    fn lock_with_a_host_is_found() {
        let tree = Tree::sample([(
            "tests/e2e/package-lock.json",
            "{\"resolved\": \"https://x\"}",
        )]);
        assert_eq!(locks_name_no_host(&tree).len(), 1);
    }
}
