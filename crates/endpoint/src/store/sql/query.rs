//! Questions, asked of whichever database there is.

use super::connection::{Connection, Executor};
use super::dialect;
use super::row::Row;
use super::value::{self, Value};
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Error, Postgres, Sqlite};
use std::borrow::Cow;

/// A question with its values. Texts are ours from end to end: they are constants, or were put together from
/// constants by [`QueryBuilder`]; what others say goes in as a value.
#[derive(Debug)]
pub(in crate::store) struct Query<'q> {
    sql: Cow<'static, str>,
    values: Vec<Value<'q>>,
}

/// Begins a question. Its values are `?` in order, or `?1`, `?2` where one is needed twice.
pub(in crate::store) const fn query<'q>(sql: &'static str) -> Query<'q> {
    Query {
        sql: Cow::Borrowed(sql),
        values: Vec::new(),
    }
}

impl<'q> Query<'q> {
    pub(in crate::store) fn bind(mut self, value: impl Into<Value<'q>>) -> Self {
        self.values.push(value.into());
        self
    }

    /// How many rows it changed.
    pub(in crate::store) async fn execute(self, on: impl Into<Executor<'_>>) -> Result<u64, Error> {
        match self.connection(on).await? {
            Connection::Sqlite(mut connection) => {
                let done = self.for_sqlite()?.execute(&mut *connection).await?;
                Ok(done.rows_affected())
            }
            Connection::Postgres(mut connection) => {
                let done = self.for_postgres()?.execute(connection.inner()).await?;
                connection.done().await?;
                Ok(done.rows_affected())
            }
        }
    }

    pub(in crate::store) async fn fetch_all(
        self,
        on: impl Into<Executor<'_>>,
    ) -> Result<Vec<Row>, Error> {
        match self.connection(on).await? {
            Connection::Sqlite(mut connection) => {
                let rows = self.for_sqlite()?.fetch_all(&mut *connection).await?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Connection::Postgres(mut connection) => {
                let rows = self.for_postgres()?.fetch_all(connection.inner()).await?;
                connection.done().await?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    pub(in crate::store) async fn fetch_optional(
        self,
        on: impl Into<Executor<'_>>,
    ) -> Result<Option<Row>, Error> {
        match self.connection(on).await? {
            Connection::Sqlite(mut connection) => {
                let row = self.for_sqlite()?.fetch_optional(&mut *connection).await?;
                Ok(row.map(Row::Sqlite))
            }
            Connection::Postgres(mut connection) => {
                let query = self.for_postgres()?;
                let row = query.fetch_optional(connection.inner()).await?;
                connection.done().await?;
                Ok(row.map(Row::Postgres))
            }
        }
    }

    pub(in crate::store) async fn fetch_one(
        self,
        on: impl Into<Executor<'_>>,
    ) -> Result<Row, Error> {
        self.fetch_optional(on).await?.ok_or(Error::RowNotFound)
    }

    async fn connection<'e>(&self, on: impl Into<Executor<'e>>) -> Result<Connection<'e>, Error> {
        let connection = on.into().connection().await?;
        #[cfg(test)]
        let connection = {
            let mut connection = connection;
            super::plans::note(&self.sql, &self.values, &mut connection).await?;
            connection
        };
        Ok(connection)
    }

    fn for_sqlite(self) -> Result<sqlx::query::Query<'q, Sqlite, SqliteArguments>, Error> {
        let values = value::for_sqlite(self.values)?;
        Ok(sqlx::query_with(AssertSqlSafe(self.sql), values))
    }

    fn for_postgres(self) -> Result<sqlx::query::Query<'q, Postgres, PgArguments>, Error> {
        let values = value::for_postgres(self.values)?;
        let sql = dialect::for_postgres(&self.sql);
        Ok(sqlx::query_with(AssertSqlSafe(sql), values))
    }
}

/// A question whose parts depend on what is asked.
#[derive(Debug)]
pub(in crate::store) struct QueryBuilder {
    sql: String,
    values: Vec<Value<'static>>,
}

impl QueryBuilder {
    pub(in crate::store) fn new(start: &'static str) -> Self {
        Self {
            sql: start.to_owned(),
            values: Vec::new(),
        }
    }

    pub(in crate::store) fn push(&mut self, part: &'static str) -> &mut Self {
        self.sql.push_str(part);
        self
    }

    pub(in crate::store) fn push_bind(&mut self, value: impl Into<Value<'static>>) -> &mut Self {
        self.sql.push('?');
        self.values.push(value.into());
        self
    }

    pub(in crate::store) fn build(self) -> Query<'static> {
        Query {
            sql: self.sql.into(),
            values: self.values,
        }
    }

    #[cfg(test)]
    pub(in crate::store) fn sql(&self) -> &str {
        &self.sql
    }
}
