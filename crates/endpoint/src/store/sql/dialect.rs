//! What PostgreSQL reads differently. Everything else is written so that both understand it; the few functions
//! of SQLite that PostgreSQL lacks are made by its first migration.

/// A hint of ours to SQLite, which has no statistics to plan with; PostgreSQL has.
const HINT: &str = " INDEXED BY ";

/// After a question for the next piece of work, within a [claim](super::Writer::claim): what somebody else is taking at
/// this moment is passed over. With SQLite nobody else is.
const CLAIM: &str = "/* claim */";

/// The same question for PostgreSQL: values are `$1`, and there are no hints.
pub(super) fn for_postgres(sql: &str) -> String {
    let sql = sql.replace(CLAIM, "FOR UPDATE SKIP LOCKED");
    let mut parts = sql.split(HINT);
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.find(|c: char| c.is_whitespace() || c == ')');
        plain.push_str(name.and_then(|end| part.get(end..)).unwrap_or_default());
    }
    numbered(&plain)
}

/// No text of ours has a question mark in it, so each stands for a value.
fn numbered(sql: &str) -> String {
    let mut parts = sql.split('?');
    let mut numbered = parts.next().unwrap_or_default().to_owned();
    for (part, number) in parts.zip(1_u32..) {
        numbered.push('$');
        if !part.starts_with(|c: char| c.is_ascii_digit()) {
            numbered.push_str(&number.to_string());
        }
        numbered.push_str(part);
    }
    numbered
}

#[cfg(test)]
mod tests {
    use super::for_postgres;

    #[test]
    fn values_are_counted_and_hints_left_out() {
        for (ours, theirs) in [
            ("SELECT 1", "SELECT 1"),
            ("a = ? AND b IN (?, ?)", "a = $1 AND b IN ($2, $3)"),
            (
                "a = ?2 AND b = ?1 AND c = ?12",
                "a = $2 AND b = $1 AND c = $12",
            ),
            ("FROM t INDEXED BY i WHERE a = ?", "FROM t WHERE a = $1"),
            ("FROM t INDEXED BY i\n WHERE", "FROM t\n WHERE"),
            (
                "(SELECT 1 FROM t INDEXED BY i) AND ?",
                "(SELECT 1 FROM t) AND $1",
            ),
            ("FROM t INDEXED BY i", "FROM t"),
            (
                "a = (SELECT ? LIMIT 1 /* claim */)",
                "a = (SELECT $1 LIMIT 1 FOR UPDATE SKIP LOCKED)",
            ),
        ] {
            assert_eq!(for_postgres(ours), theirs);
        }
    }
}
