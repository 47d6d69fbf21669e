//! The rows of a table: read, written in heaps, and summed up on both sides.

use super::CopyError;
use super::shape::{Column, Kind, Table};
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use sqlx::postgres::{PgArguments, PgRow, Postgres};
use sqlx::sqlite::{Sqlite, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, Error, Row, Transaction};

/// Written at a time: so many rows, or so many bytes of text and files.
const HEAP_ROWS: usize = 500;
const HEAP_BYTES: usize = 4 << 20;

/// What a table holds, whatever the order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) rows: u64,
    /// Of the first half of each row's SHA-256.
    pub(super) hashes: u128,
}

/// The values of one column, of several rows.
enum Values {
    Numbers(Vec<Option<i64>>),
    Texts(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
}

/// A value on its way.
enum Value {
    Number(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

/// Copies a table, and sums up what was read.
pub(super) async fn carry(
    source: &mut Transaction<'static, Sqlite>,
    target: &mut Transaction<'static, Postgres>,
    table: &Table,
) -> Result<Sum, CopyError> {
    let sql = format!("SELECT {} FROM {}", names(table), table.name);
    let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut **source);
    let mut sum = Sum::default();
    let (mut heap, mut count, mut bytes) = (heap(table), 0_usize, 0_usize);
    while let Some(row) = rows.try_next().await? {
        let values = read_sqlite(&row, table)?;
        sum.add(&values);
        bytes += values.iter().map(Value::len).sum::<usize>();
        count += 1;
        for (column, value) in heap.iter_mut().zip(values) {
            column.push(value);
        }
        if count == HEAP_ROWS || bytes >= HEAP_BYTES {
            let full = std::mem::replace(&mut heap, self::heap(table));
            write(target, table, full).await?;
            (count, bytes) = (0, 0);
        }
    }
    if count > 0 {
        write(target, table, heap).await?;
    }
    Ok(sum)
}

/// Sums up what was written.
pub(super) async fn sum(
    target: &mut Transaction<'static, Postgres>,
    table: &Table,
) -> Result<Sum, CopyError> {
    let sql = format!("SELECT {} FROM {}", names(table), table.name);
    let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut **target);
    let mut sum = Sum::default();
    while let Some(row) = rows.try_next().await? {
        sum.add(&read_postgres(&row, table)?);
    }
    Ok(sum)
}

async fn write(
    target: &mut Transaction<'static, Postgres>,
    table: &Table,
    heap: Vec<Values>,
) -> Result<(), CopyError> {
    let lists = table.columns.iter().zip(1_u32..).map(|(column, number)| {
        let kind = match column.kind {
            Kind::Number => "bigint",
            Kind::Text => "text",
            Kind::Bytes => "bytea",
        };
        format!("${number}::{kind}[]")
    });
    let lists = lists.collect::<Vec<_>>().join(", ");
    let (name, names) = (&table.name, names(table));
    let sql = format!("INSERT INTO {name} ({names}) SELECT * FROM unnest({lists})");
    let mut arguments = PgArguments::default();
    for values in heap {
        match values {
            Values::Numbers(list) => arguments.add(list),
            Values::Texts(list) => arguments.add(list),
            Values::Bytes(list) => arguments.add(list),
        }
        .map_err(Error::Encode)?;
    }
    sqlx::query_with(AssertSqlSafe(sql), arguments)
        .execute(&mut **target)
        .await?;
    Ok(())
}

fn names(table: &Table) -> String {
    let names = table.columns.iter().map(|column| column.name.as_str());
    names.collect::<Vec<_>>().join(", ")
}

fn heap(table: &Table) -> Vec<Values> {
    let columns = table.columns.iter().map(|Column { kind, .. }| match kind {
        Kind::Number => Values::Numbers(Vec::new()),
        Kind::Text => Values::Texts(Vec::new()),
        Kind::Bytes => Values::Bytes(Vec::new()),
    });
    columns.collect()
}

/// As it will be on the server: texts there have no NUL, and what a stranger sent with one is kept with the sign for
/// "no such character", as it would be if it came now.
fn read_sqlite(row: &SqliteRow, table: &Table) -> Result<Vec<Value>, Error> {
    let values = table.columns.iter().map(|Column { name, kind }| {
        let name = name.as_str();
        Ok(match kind {
            Kind::Number => Value::Number(row.try_get(name)?),
            Kind::Text => {
                let text: Option<String> = row.try_get(name)?;
                Value::Text(text.map(|text| text.replace('\0', "\u{fffd}")))
            }
            Kind::Bytes => Value::Bytes(row.try_get(name)?),
        })
    });
    values.collect()
}

fn read_postgres(row: &PgRow, table: &Table) -> Result<Vec<Value>, Error> {
    let values = table.columns.iter().map(|Column { name, kind }| {
        let name = name.as_str();
        Ok(match kind {
            Kind::Number => Value::Number(row.try_get(name)?),
            Kind::Text => Value::Text(row.try_get(name)?),
            Kind::Bytes => Value::Bytes(row.try_get(name)?),
        })
    });
    values.collect()
}

impl Sum {
    fn add(&mut self, row: &[Value]) {
        let mut hash = Sha256::new();
        for value in row {
            value.feed(&mut hash);
        }
        let hash = hash.finalize();
        let half = hash.iter().take(16);
        let half = half.fold(0_u128, |sum, byte| (sum << 8) | u128::from(*byte));
        self.rows += 1;
        self.hashes = self.hashes.wrapping_add(half);
    }
}

impl Value {
    fn len(&self) -> usize {
        match self {
            Self::Number(_) => 8,
            Self::Text(text) => text.as_ref().map_or(0, String::len),
            Self::Bytes(bytes) => bytes.as_ref().map_or(0, Vec::len),
        }
    }

    /// Kind and length go first, so that no two rows look alike.
    fn feed(&self, hash: &mut Sha256) {
        let (kind, bytes) = match self {
            Self::Number(number) => (1, number.map(|number| number.to_be_bytes().to_vec())),
            Self::Text(text) => (2, text.as_ref().map(|text| text.as_bytes().to_vec())),
            Self::Bytes(bytes) => (3, bytes.clone()),
        };
        match bytes {
            None => hash.update([0_u8]),
            Some(bytes) => {
                hash.update([kind]);
                hash.update(bytes.len().to_be_bytes());
                hash.update(bytes);
            }
        }
    }
}

impl Values {
    /// A value of the same kind, as rows are read column by column.
    fn push(&mut self, value: Value) {
        match (self, value) {
            (Self::Numbers(list), Value::Number(number)) => list.push(number),
            (Self::Texts(list), Value::Text(text)) => list.push(text),
            (Self::Bytes(list), Value::Bytes(bytes)) => list.push(bytes),
            (Self::Numbers(_) | Self::Texts(_) | Self::Bytes(_), _) => {}
        }
    }
}
