//! Which tables there are, of which columns, and in which order they can be filled.

use super::CopyError;
use sqlx::postgres::{PgRow, Postgres};
use sqlx::{Row, Transaction};
use std::collections::BTreeMap;

/// Names are those of our migrations.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    /// The column whose numbers the database gives.
    pub(super) counted: Option<String>,
    /// What rows of this one point to.
    needs: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// Columns hold nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Text,
    Bytes,
}

const COLUMNS: &str =
    "SELECT table_name::text, column_name::text, data_type::text, is_identity = 'YES' AS counted
     FROM information_schema.columns WHERE table_schema = current_schema() AND is_generated = 'NEVER'
        AND table_name <> '_sqlx_migrations' ORDER BY table_name, ordinal_position";
const NEEDS: &str =
    "SELECT rows.relname::text AS table_name, others.relname::text AS needs FROM pg_constraint
     JOIN pg_class AS rows ON rows.oid = conrelid JOIN pg_class AS others ON others.oid = confrelid
     WHERE contype = 'f' AND connamespace = current_schema()::regnamespace";

/// Every table after those that its rows point to.
pub(super) async fn tables(
    target: &mut Transaction<'static, Postgres>,
) -> Result<Vec<Table>, CopyError> {
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for row in sqlx::query(COLUMNS).fetch_all(&mut **target).await? {
        let name: String = row.try_get("table_name")?;
        let table = tables.entry(name.clone()).or_insert(Table {
            name,
            columns: Vec::new(),
            counted: None,
            needs: Vec::new(),
        });
        let column = column(&row)?;
        if row.try_get("counted")? {
            table.counted = Some(column.name.clone());
        }
        table.columns.push(column);
    }
    for row in sqlx::query(NEEDS).fetch_all(&mut **target).await? {
        let name: String = row.try_get("table_name")?;
        if let Some(table) = tables.get_mut(&name) {
            table.needs.push(row.try_get("needs")?);
        }
    }
    ordered(tables.into_values().collect())
}

fn column(row: &PgRow) -> Result<Column, CopyError> {
    let name: String = row.try_get("column_name")?;
    let kind: String = row.try_get("data_type")?;
    let kind = match kind.as_str() {
        "bigint" => Kind::Number,
        "text" => Kind::Text,
        "bytea" => Kind::Bytes,
        _ => return Err(CopyError::Shape(name)),
    };
    Ok(Column { name, kind })
}

fn ordered(mut left: Vec<Table>) -> Result<Vec<Table>, CopyError> {
    let mut done: Vec<Table> = Vec::new();
    while !left.is_empty() {
        let known = |name: &String| done.iter().any(|table| &table.name == name);
        let ready = |table: &Table| {
            let mut needs = table.needs.iter();
            needs.all(|name| name == &table.name || known(name))
        };
        let next = left.iter().position(ready);
        let Some(next) = next else {
            return Err(CopyError::Shape("a circle of tables".to_owned()));
        };
        done.push(left.remove(next));
    }
    Ok(done)
}
