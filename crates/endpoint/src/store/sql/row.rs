//! Rows on their way out.

use sqlx::postgres::{PgRow, PgValueRef};
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Error, Postgres, Row as _, Sqlite, Type, TypeInfo, ValueRef};

#[derive(Debug)]
pub(in crate::store) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    pub(in crate::store) fn try_get<'r, T: Column<'r>>(&'r self, column: &str) -> Result<T, Error> {
        match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => {
                T::read(row.try_get_raw(column)?).map_err(|source| Error::ColumnDecode {
                    index: format!("{column:?}"),
                    source,
                })
            }
        }
    }
}

type Unread = Box<dyn std::error::Error + Send + Sync>;

/// What a column can be read as.
pub(in crate::store) trait Column<'r>: Decode<'r, Sqlite> + Type<Sqlite> {
    fn read(value: PgValueRef<'r>) -> Result<Self, Unread>;
}

/// Columns are BIGINT; what an expression makes of them may be shorter, or a truth.
impl<'r> Column<'r> for i64 {
    fn read(value: PgValueRef<'r>) -> Result<Self, Unread> {
        let kind = value.type_info();
        match kind.name() {
            "BOOL" => <bool as Decode<Postgres>>::decode(value).map(Self::from),
            "INT4" => <i32 as Decode<Postgres>>::decode(value).map(Self::from),
            "INT8" => <Self as Decode<Postgres>>::decode(value),
            other => Err(format!("{other} is no whole number").into()),
        }
    }
}

impl<'r> Column<'r> for u32 {
    fn read(value: PgValueRef<'r>) -> Result<Self, Unread> {
        Ok(Self::try_from(i64::read(value)?)?)
    }
}

impl<'r> Column<'r> for bool {
    fn read(value: PgValueRef<'r>) -> Result<Self, Unread> {
        Ok(i64::read(value)? != 0)
    }
}

impl<'r> Column<'r> for &'r str {
    fn read(value: PgValueRef<'r>) -> Result<Self, Unread> {
        <Self as Decode<Postgres>>::decode(value)
    }
}

impl<'r> Column<'r> for String {
    fn read(value: PgValueRef<'r>) -> Result<Self, Unread> {
        <Self as Decode<Postgres>>::decode(value)
    }
}

impl<'r> Column<'r> for Vec<u8> {
    fn read(value: PgValueRef<'r>) -> Result<Self, Unread> {
        <Self as Decode<Postgres>>::decode(value)
    }
}

impl<'r, T: Column<'r>> Column<'r> for Option<T> {
    fn read(value: PgValueRef<'r>) -> Result<Self, Unread> {
        if value.is_null() {
            return Ok(None);
        }
        T::read(value).map(Some)
    }
}
