//! One version, in `Cargo.toml`; everything that is published gets it from there.

use super::tree::Tree;

/// What the build fills in, and what has to stand there for it.
const FILLED_IN: [(&str, &str); 3] = [
    ("static/partner-desk.js", "const VERSION = 'dev';"),
    ("static/partner-desk.js", "const HASH = '';"),
    ("packages/npm/package.json", "\"version\": \"0.0.0\""),
];

/// No member of the workspace has a version of its own, and no file has one that the build would fill in.
pub(super) fn are_one(tree: &Tree) -> Vec<String> {
    let manifests = tree.under(&["crates/", "xtask/Cargo.toml"]).filter(|file| {
        file.path.ends_with("/Cargo.toml") && !file.text.contains("version.workspace = true")
    });
    let mut problems: Vec<String> = manifests
        .map(|file| format!("{}: write `version.workspace = true`", file.path))
        .collect();
    for (path, line) in FILLED_IN {
        if tree
            .get(path)
            .is_some_and(|file| file.text.matches(line).count() != 1)
        {
            problems.push(format!(
                "{path}: must have `{line}` once: the build fills it in"
            ));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_written_by_hand_is_found() {
        let tree = Tree::sample([
            ("crates/rules/Cargo.toml", "version = \"0.1.0\""),
            ("xtask/Cargo.toml", "version.workspace = true"),
            ("packages/npm/package.json", "{\"version\": \"0.1.0\"}"),
            (
                "static/partner-desk.js",
                "const VERSION = 'dev';\nconst HASH = '';",
            ),
        ]);
        assert_eq!(are_one(&tree).len(), 2);
    }
}
