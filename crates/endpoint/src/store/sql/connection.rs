//! Where a question is asked: of those who read, of the one who writes, or within a transaction.

use sqlx::Error;
use sqlx::pool::MaybePoolConnection;
use sqlx::postgres::{PgConnection, PgPool, Postgres};
use sqlx::sqlite::{Sqlite, SqlitePool};

/// One after the other, over all programs on these tables, as with SQLite: what a transaction has read stays true
/// until it ends, and numbers are given in the order of the commits. The lock is let go with the transaction,
/// after what it wrote can be seen.
pub(in crate::store) const TURN: &str =
    "BEGIN; SELECT pg_advisory_xact_lock(1886613099, hashtext(current_schema()))";
/// The same for one who brings the database up to date, after others that may be at it: that takes as long as it takes.
/// A table that somebody else reads, as for a backup, is not waited for in this way: everybody would wait behind.
const UPGRADE: &str = "BEGIN; SET LOCAL lock_timeout = '10min';
    SELECT pg_advisory_xact_lock(1886613099, hashtext(current_schema())); SET LOCAL lock_timeout = '5s'";
/// As of one instant, and nothing is written.
const INSTANT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Those who read.
#[derive(Clone, Debug)]
pub(in crate::store) enum Readers {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// The one who writes.
#[derive(Clone, Debug)]
pub(in crate::store) enum Writer {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// Undone when it is let go without [`commit`](Transaction::commit).
#[derive(Debug)]
pub(in crate::store) enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Readers {
    /// What is read until it ends is as of one instant.
    pub(in crate::store) async fn begin(&self) -> Result<Transaction, Error> {
        Ok(match self {
            Self::Sqlite(pool) => Transaction::Sqlite(pool.begin().await?),
            Self::Postgres(pool) => Transaction::Postgres(pool.begin_with(INSTANT).await?),
        })
    }

    pub(in crate::store) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// How SQLite goes about answering a question: for tests, which want it to read no more than it has to.
    #[cfg(test)]
    pub(in crate::store) async fn plan(&self, sql: &str) -> Vec<String> {
        let Self::Sqlite(pool) = self else {
            panic!("plans are SQLite's");
        };
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await;
        let rows = rows.expect("a plan");
        let steps = rows.iter().map(|row| sqlx::Row::try_get(row, "detail"));
        steps.collect::<Result<_, _>>().expect("text")
    }
}

impl Writer {
    /// Holds the write lock from its start, so that what it reads stays true.
    pub(in crate::store) async fn begin(&self) -> Result<Transaction, Error> {
        Ok(match self {
            Self::Sqlite(pool) => Transaction::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Transaction::Postgres(pool.begin_with(TURN).await?),
        })
    }

    /// For taking a piece of work, and nothing else. On a server this waits for nobody who writes: it may change only
    /// columns that say who is at it, in rows found by `/* claim */`, so that none is taken twice.
    pub(in crate::store) async fn claim(&self) -> Result<Transaction, Error> {
        Ok(match self {
            Self::Sqlite(pool) => Transaction::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Transaction::Postgres(pool.begin_with("BEGIN").await?),
        })
    }

    /// As [`begin`](Self::begin), with more patience.
    pub(in crate::store) async fn begin_upgrade(&self) -> Result<Transaction, Error> {
        Ok(match self {
            Self::Sqlite(pool) => Transaction::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Transaction::Postgres(pool.begin_with(UPGRADE).await?),
        })
    }

    pub(in crate::store) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Transaction {
    pub(in crate::store) async fn commit(self) -> Result<(), Error> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(transaction) => transaction.commit().await,
        }
    }

    pub(in crate::store) async fn rollback(self) -> Result<(), Error> {
        match self {
            Self::Sqlite(transaction) => transaction.rollback().await,
            Self::Postgres(transaction) => transaction.rollback().await,
        }
    }
}

/// Whoever is asked.
#[derive(Debug)]
pub(in crate::store) enum Executor<'e> {
    Readers(&'e Readers),
    Writer(&'e Writer),
    Transaction(&'e mut Transaction),
}

impl<'e> From<&'e Readers> for Executor<'e> {
    fn from(readers: &'e Readers) -> Self {
        Self::Readers(readers)
    }
}

impl<'e> From<&'e Writer> for Executor<'e> {
    fn from(writer: &'e Writer) -> Self {
        Self::Writer(writer)
    }
}

impl<'e> From<&'e mut Transaction> for Executor<'e> {
    fn from(transaction: &'e mut Transaction) -> Self {
        Self::Transaction(transaction)
    }
}

/// A connection for one question.
pub(super) enum Connection<'e> {
    Sqlite(MaybePoolConnection<'e, Sqlite>),
    Postgres(Lease<'e>),
}

/// A connection to PostgreSQL for one question; [`done`](Lease::done) afterwards, or it is undone.
pub(super) enum Lease<'e> {
    Plain(MaybePoolConnection<'e, Postgres>),
    /// A single change waits for its turn like any transaction.
    Turn(sqlx::Transaction<'static, Postgres>),
}

impl<'e> Executor<'e> {
    pub(super) async fn connection(self) -> Result<Connection<'e>, Error> {
        Ok(match self {
            Self::Readers(Readers::Sqlite(pool)) | Self::Writer(Writer::Sqlite(pool)) => {
                Connection::Sqlite(pool.acquire().await?.into())
            }
            Self::Transaction(Transaction::Sqlite(transaction)) => {
                Connection::Sqlite(MaybePoolConnection::Connection(&mut **transaction))
            }
            Self::Readers(Readers::Postgres(pool)) => {
                Connection::Postgres(Lease::Plain(pool.acquire().await?.into()))
            }
            Self::Writer(Writer::Postgres(pool)) => {
                Connection::Postgres(Lease::Turn(pool.begin_with(TURN).await?))
            }
            Self::Transaction(Transaction::Postgres(transaction)) => Connection::Postgres(
                Lease::Plain(MaybePoolConnection::Connection(&mut **transaction)),
            ),
        })
    }
}

impl Lease<'_> {
    pub(super) fn inner(&mut self) -> &mut PgConnection {
        match self {
            Self::Plain(connection) => connection,
            Self::Turn(transaction) => transaction,
        }
    }

    pub(super) async fn done(self) -> Result<(), Error> {
        match self {
            Self::Plain(_) => Ok(()),
            Self::Turn(transaction) => transaction.commit().await,
        }
    }
}
