//! SQL stays where the database is. Must never be found in a route.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::Tree;

const ENDPOINT: &str = "crates/endpoint/src/";
const STORE: [&str; 2] = ["crates/endpoint/src/store/", "crates/endpoint/src/store.rs"];
const MIGRATIONS: &str = "crates/endpoint/migrations/";
const STATEMENTS: [&str; 10] = [
    "SELECT ",
    "INSERT INTO ",
    "INSERT OR ",
    "UPDATE ",
    "DELETE FROM ",
    "CREATE ",
    "ALTER TABLE ",
    "DROP ",
    "PRAGMA ",
    "WITH ",
];

/// Routes call the store by name.
pub(super) fn only_in_store(tree: &Tree) -> Vec<String> {
    let mut problems = Vec::new();
    for (file, code) in tree.rust(&[ENDPOINT]) {
        if STORE.iter().any(|store| file.path.starts_with(store)) {
            continue;
        }
        let mut lines = code.lines_with("sqlx", "::query");
        let is_sql = |text: &str| {
            STATEMENTS
                .iter()
                .any(|start| text.trim_start().starts_with(start))
        };
        lines.extend(
            code.strings
                .iter()
                .filter(|(_, text)| is_sql(text))
                .map(|(line, _)| *line),
        );
        problems.extend(
            lines
                .iter()
                .map(|line| format!("{}:{line}: SQL: move it to store/", file.path)),
        );
    }
    problems
}

/// The folders under `migrations/` are the databases; files begin with their number.
pub(super) fn same_migrations(tree: &Tree) -> Vec<String> {
    let mut databases: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for file in tree.under(&[MIGRATIONS]) {
        let inner = file.path.strip_prefix(MIGRATIONS).unwrap_or_default();
        if let Some((database, name)) = inner.split_once('/') {
            let digits = name
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(name.len());
            databases
                .entry(database)
                .or_default()
                .insert(name.get(..digits).unwrap_or_default());
        }
    }
    let all: BTreeSet<&str> = databases.values().flatten().copied().collect();
    let mut problems = Vec::new();
    for (database, numbers) in databases {
        problems.extend(all.difference(&numbers).map(|number| {
            format!(
                "{MIGRATIONS}{database}: migration {number} is missing, another database has it"
            )
        }));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sql_in_a_route_is_found() {
        let route = "fn a() { run(\"SELECT 1\"); sqlx::query_as(x); } // UPDATE tickets";
        let tree = Tree::sample([
            ("crates/endpoint/src/routes/a.rs", route),
            ("crates/endpoint/src/store/a.rs", route),
        ]);
        assert_eq!(only_in_store(&tree).len(), 2);
    }

    #[test]
    fn migration_of_one_database_only_is_found() {
        let tree = Tree::sample([
            ("crates/endpoint/migrations/sqlite/0001_start.sql", ""),
            ("crates/endpoint/migrations/sqlite/0002_more.sql", ""),
            ("crates/endpoint/migrations/postgres/0001_begin.sql", ""),
        ]);
        assert_eq!(same_migrations(&tree).len(), 1);
    }
}
