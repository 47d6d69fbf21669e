//! What can go wrong with the store, told apart by what the caller can do about it.

/// Opening failed; the program cannot start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the data folder cannot be made: {0}")]
    Folder(#[source] std::io::Error),
    #[error("the database cannot be opened: {0}")]
    Open(#[source] sqlx::Error),
    #[error(
        "the database was written by a newer version of this program (its migration {0} is not known here)"
    )]
    Newer(i64),
    #[error("the file is no database of this program: {0}")]
    Foreign(#[source] sqlx::Error),
    #[error("the database is in {0}; it has to be made with ENCODING 'UTF8'")]
    Encoding(String),
    #[error("the database cannot be brought up to date: {0}")]
    Migrate(#[source] sqlx::migrate::MigrateError),
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database did not answer or refused: full, locked, read-only, damaged. May pass.
    #[error("the store is not available")]
    Unavailable(#[source] sqlx::Error),
    /// A row holds what this program did not write.
    #[error("a row cannot be understood: {0}")]
    Damaged(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(cause: sqlx::Error) -> Self {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "the library's list of errors is open"
        )]
        match cause {
            sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::ColumnNotFound(_)
            | sqlx::Error::ColumnIndexOutOfBounds { .. }
            | sqlx::Error::Decode(_)
            | sqlx::Error::TypeNotFound { .. } => Self::Damaged(cause.to_string()),
            other => Self::Unavailable(other),
        }
    }
}
