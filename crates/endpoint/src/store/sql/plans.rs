//! What the database is asked, and how it means to go about it: for tests. The plans are those of the very questions
//! that are sent, with their values, on the connection that they are sent on.

use super::connection::Connection;
use super::dialect;
use super::value::{self, Value};
use sqlx::{AssertSqlSafe, Error, Row as _};
use std::cell::RefCell;

thread_local! {
    /// A test has a thread of its own; `None`: nobody listens.
    static ASKED: RefCell<Option<Vec<Asked>>> = const { RefCell::new(None) };
}

/// A question that was sent.
#[derive(Clone, Debug)]
pub(in crate::store) struct Asked {
    pub(in crate::store) sql: String,
    /// The steps, as the database says them.
    pub(in crate::store) plan: Vec<String>,
}

/// What is asked on this thread while something is done.
pub(in crate::store) async fn asked<T>(work: impl Future<Output = T>) -> (T, Vec<Asked>) {
    ASKED.set(Some(Vec::new()));
    let done = work.await;
    (done, ASKED.take().unwrap_or_default())
}

pub(super) async fn note(
    sql: &str,
    values: &[Value<'_>],
    connection: &mut Connection<'_>,
) -> Result<(), Error> {
    if ASKED.with_borrow(Option::is_none) {
        return Ok(());
    }
    let values = values.to_vec();
    let plan: Result<Vec<String>, Error> = match connection {
        Connection::Sqlite(connection) => {
            let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
            let rows = sqlx::query_with(explain, value::for_sqlite(values)?);
            let rows = rows.fetch_all(&mut **connection).await?;
            rows.iter().map(|row| row.try_get("detail")).collect()
        }
        Connection::Postgres(connection) => {
            let explain = AssertSqlSafe(format!("EXPLAIN {}", dialect::for_postgres(sql)));
            let rows = sqlx::query_with(explain, value::for_postgres(values)?);
            let rows = rows.fetch_all(connection.inner()).await?;
            rows.iter().map(|row| row.try_get(0)).collect()
        }
    };
    let (sql, plan) = (sql.to_owned(), plan?);
    ASKED.with_borrow_mut(|asked| asked.as_mut().map(|asked| asked.push(Asked { sql, plan })));
    Ok(())
}
