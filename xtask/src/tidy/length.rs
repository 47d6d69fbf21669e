//! Files that one can hold in the head. Above the limit: split by what the parts are for.

use super::tree::Tree;

const LINES: usize = 400;
const ENDINGS: [&str; 4] = [".rs", ".js", ".mjs", ".css"];

/// Tests are lists of cases and may be longer.
pub(super) fn limits(tree: &Tree) -> Vec<String> {
    let is_code = |path: &str| {
        ENDINGS.iter().any(|ending| path.ends_with(ending))
            && !path.starts_with("tests/")
            && !path.contains("/tests/")
            && !path.ends_with("/tests.rs")
    };
    tree.files
        .iter()
        .filter(|file| is_code(&file.path))
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > LINES)
        .map(|(file, lines)| format!("{}: {lines} lines, at most {LINES}: split it", file.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_file_is_found_unless_it_is_a_test() {
        let long = "x\n".repeat(LINES + 1);
        let tree = Tree::sample([
            ("src/a.rs", &long),
            ("tests/b.rs", &long),
            ("crates/rules/tests/c.rs", &long),
        ]);
        assert_eq!(limits(&tree).len(), 1);
    }
}
