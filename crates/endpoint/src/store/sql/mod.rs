//! One way to ask two databases. The texts of the questions are the same for both, as SQLite reads them; what
//! PostgreSQL reads differently is in [`dialect`], and values cross in [`value`] and [`row`]. With SQLite this is
//! the library's own calls and nothing else: same texts, same connections.
//!
//! Never here: what is asked.

mod connection;
mod dialect;
#[cfg(test)]
pub(super) mod plans;
mod query;
mod row;
mod value;

pub(super) use connection::{Executor, Readers, TURN, Transaction, Writer};
pub(super) use query::{QueryBuilder, query};
pub(super) use row::Row;
