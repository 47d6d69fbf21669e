//! The database behind the endpoint's back.

use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::path::Path;

/// Opens the file, and makes it if it is missing.
pub(crate) async fn raw(file: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true);
    SqliteConnection::connect_with(&options)
        .await
        .expect("opened")
}

/// Lets the database do something that it would not do by itself.
pub(crate) async fn sabotage(file: &Path, sql: &'static str) {
    sqlx::raw_sql(sql)
        .execute(&mut raw(file).await)
        .await
        .expect("sabotaged");
}
