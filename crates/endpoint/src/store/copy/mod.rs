//! A whole database from a file to a server: every row of every table, in one transaction on either side, compared
//! afterwards. What the tables are is read from the server, which the migrations have just made; a test compares
//! both databases column by column.

mod rows;
mod shape;

use super::sql::Writer;
use super::sqlite::BUSY;
use super::{OpenError, Server, Store, migrations, postgres};
use rows::Sum;
use shape::Table;
use sqlx::postgres::Postgres;
use sqlx::sqlite::{Sqlite, SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, Row, Transaction};
use std::path::Path;

/// What the migrations themselves, or the first start, put in; everything else has to be empty.
const PREPARED: [&str; 2] = ["meta", "relay_control"];

#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(
        "the file's last migration is {0}, this program's is {1}: start this program on it once, and stop it"
    )]
    Version(i64, i64),
    #[error("the destination is not empty: {0} has rows; nothing was written")]
    NotEmpty(String),
    #[error("{0} was not copied as it is ({1} rows there, {2} here); nothing was written")]
    Differs(String, u64, u64),
    #[error("{0} is nothing that can be copied")]
    Shape(String),
    #[error("it could not be copied, and nothing was written: {0}")]
    Database(#[from] sqlx::Error),
}

/// What was copied of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub table: String,
    pub rows: u64,
    /// The same for the same rows in whatever order, in hexadecimal.
    pub checksum: String,
}

/// Copies everything to a database that is empty; all of it, or nothing.
pub async fn copy(from: &Path, to: &Server) -> Result<Vec<Copied>, CopyError> {
    let store = postgres::open(to).await?;
    let copied = copy_into(from, &store).await;
    store.close().await;
    copied
}

async fn copy_into(from: &Path, store: &Store) -> Result<Vec<Copied>, CopyError> {
    let mut source = source(from).await?;
    let Writer::Postgres(pool) = &store.writer else {
        return Err(CopyError::Shape("a file".to_owned()));
    };
    // Nobody else starts, or files a ticket, before this is done.
    let mut target = pool.begin_with(super::sql::TURN).await?;
    let tables = shape::tables(&mut target).await?;
    empty(&mut target, &tables).await?;
    let mut copied = Vec::new();
    for table in &tables {
        let there = rows::carry(&mut source, &mut target, table).await?;
        let here = rows::sum(&mut target, table).await?;
        if there != here {
            let name = table.name.clone();
            return Err(CopyError::Differs(name, there.rows, here.rows));
        }
        count_on(&mut source, &mut target, table).await?;
        copied.push(told(table, &here));
    }
    target.commit().await?;
    Ok(copied)
}

fn told(table: &Table, sum: &Sum) -> Copied {
    Copied {
        table: table.name.clone(),
        rows: sum.rows,
        checksum: format!("{:032x}", sum.hashes),
    }
}

/// The file, which nobody writes to until this is over.
async fn source(file: &Path) -> Result<Transaction<'static, Sqlite>, CopyError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .busy_timeout(BUSY);
    let pool = SqlitePoolOptions::new().max_connections(1);
    let pool = pool.connect_with(options).await.map_err(OpenError::Open)?;
    let mut source = pool.begin_with("BEGIN IMMEDIATE").await?;
    let row = sqlx::query("SELECT coalesce(max(version), 0) AS version FROM _sqlx_migrations")
        .fetch_one(&mut *source)
        .await
        .map_err(OpenError::Foreign)?;
    let version = row.try_get("version").map_err(OpenError::Foreign)?;
    if version != migrations::newest() {
        return Err(CopyError::Version(version, migrations::newest()));
    }
    Ok(source)
}

async fn empty(
    target: &mut Transaction<'static, Postgres>,
    tables: &[Table],
) -> Result<(), CopyError> {
    for Table { name, .. } in tables {
        if PREPARED.contains(&name.as_str()) {
            continue;
        }
        let row = sqlx::query(AssertSqlSafe(format!("SELECT 1 FROM {name} LIMIT 1")))
            .fetch_optional(&mut **target)
            .await?;
        if row.is_some() {
            return Err(CopyError::NotEmpty(name.clone()));
        }
    }
    // What every start makes, and nobody has used: a secret of its own would be another than the file's.
    for name in PREPARED {
        sqlx::query(AssertSqlSafe(format!("DELETE FROM {name}")))
            .execute(&mut **target)
            .await?;
    }
    Ok(())
}

/// The next row gets a number that the file has never given, be it of a row that is gone.
async fn count_on(
    source: &mut Transaction<'static, Sqlite>,
    target: &mut Transaction<'static, Postgres>,
    table: &Table,
) -> Result<(), CopyError> {
    let Some(column) = &table.counted else {
        return Ok(());
    };
    let name = &table.name;
    let sql = format!(
        "SELECT max(coalesce((SELECT max({column}) FROM {name}), 0),
            coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{name}'), 0)) AS last"
    );
    let row = sqlx::query(AssertSqlSafe(sql))
        .fetch_one(&mut **source)
        .await?;
    let last: i64 = row.try_get("last")?;
    if last > 0 {
        sqlx::query("SELECT setval(pg_get_serial_sequence($1, $2), $3)")
            .bind(name)
            .bind(column)
            .bind(last)
            .execute(&mut **target)
            .await?;
    }
    Ok(())
}
