//! Client and server are tested with the same cases, so that they cannot disagree about one.

use super::tree::Tree;

const FIXTURES: &str = "crates/rules/fixtures/";
/// Each part with the folders in which its tests are.
const PARTS: [(&str, [&str; 2]); 3] = [
    ("rules", ["crates/rules/src/", "crates/rules/tests/"]),
    ("widget", ["src/", "tests/"]),
    (
        "endpoint",
        ["crates/endpoint/src/", "crates/endpoint/tests/"],
    ),
];

/// Broken policy files: one function loads them, and only the rules' own tests need cases for it.
const OF_RULES_ALONE: [&str; 1] = ["policies.json"];

/// Near-equal subjects: they are pointed out while somebody writes. The endpoint files what it is sent
/// and compares no subjects, so it has nothing to disagree about.
const NOT_OF_THE_ENDPOINT: [&str; 1] = ["subjects.json"];

/// Every case file is named in a test of each part.
pub(super) fn are_shared(tree: &Tree) -> Vec<String> {
    let names = tree
        .under(&[FIXTURES])
        .filter_map(|file| file.path.strip_prefix(FIXTURES))
        .filter(|name| name.ends_with(".json") && !OF_RULES_ALONE.contains(name));
    let mut problems = Vec::new();
    for name in names {
        for (part, folders) in PARTS {
            if part == "endpoint" && NOT_OF_THE_ENDPOINT.contains(&name) {
                continue;
            }
            if !tree.under(&folders).any(|file| file.text.contains(name)) {
                problems.push(format!("{FIXTURES}{name}: no test of the {part} reads it"));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_file_that_one_part_does_not_read_is_found() {
        let tree = Tree::sample([
            ("crates/rules/fixtures/emails.json", "[]"),
            ("crates/rules/tests/emails.rs", "emails.json"),
            ("tests/browser/emails.rs", "emails.json"),
        ]);
        assert_eq!(
            are_shared(&tree),
            ["crates/rules/fixtures/emails.json: no test of the endpoint reads it"]
        );
    }

    #[test]
    fn subjects_are_the_business_of_rules_and_widget() {
        let tree = Tree::sample([
            ("crates/rules/fixtures/subjects.json", "[]"),
            ("crates/rules/tests/similar.rs", "subjects.json"),
        ]);
        assert_eq!(
            are_shared(&tree),
            ["crates/rules/fixtures/subjects.json: no test of the widget reads it"]
        );
    }
}
