//! Where the database is.

use sqlx::postgres::PgConnectOptions;
use std::fmt;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug)]
pub enum Database {
    /// SQLite.
    File(PathBuf),
    /// PostgreSQL.
    Server(Box<Server>),
}

/// A database on a server, and the folder for what is kept beside it.
#[derive(Clone)]
pub struct Server {
    pub(super) options: PgConnectOptions,
    pub(super) data: PathBuf,
    beside: PathBuf,
}

impl Database {
    /// `url`: `postgres://` or `postgresql://`, as for `psql`. `None`: it cannot be understood. Why is not said,
    /// since the words would be those of the address, and a password may be among them.
    pub fn server(url: &str, data: PathBuf) -> Option<Self> {
        let options: PgConnectOptions = url.parse().ok()?;
        let beside = data.join("endpoint");
        Some(Self::Server(Box::new(Server {
            options: options.application_name("partner-endpoint"),
            data,
            beside,
        })))
    }

    /// What the folder of files is named after.
    pub fn beside(&self) -> &Path {
        match self {
            Self::File(file) => file,
            Self::Server(server) => server.beside(),
        }
    }

    /// The file that would have to be there, and is not.
    pub fn missing(&self) -> Option<&Path> {
        match self {
            Self::File(file) => (!file.exists()).then_some(file),
            Self::Server(_) => None,
        }
    }
}

impl Server {
    /// What the folder of files is named after.
    pub fn beside(&self) -> &Path {
        &self.beside
    }
}

/// Without the password, which the library's own form shows.
impl fmt::Debug for Server {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Server")
            .field("host", &self.options.get_host())
            .field("database", &self.options.get_database())
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}

impl From<&Path> for Database {
    fn from(file: &Path) -> Self {
        Self::File(file.to_owned())
    }
}

impl From<&PathBuf> for Database {
    fn from(file: &PathBuf) -> Self {
        Self::File(file.clone())
    }
}

impl From<&Self> for Database {
    fn from(database: &Self) -> Self {
        database.clone()
    }
}

/// Makes a folder, where it is missing, for nobody but ourselves: what is in it holds secrets of shops and texts
/// of customers. What an operator has made keeps its permissions.
pub(super) fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut folders = std::fs::DirBuilder::new();
    folders.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folders, 0o700);
    folders.create(folder)
}

#[cfg(test)]
mod tests {
    use super::Database;

    #[test]
    fn a_password_is_not_shown() {
        let url = "postgres://ada:secret@db.example/desk?sslmode=verify-full";
        let database = Database::server(url, "data".into()).expect("an address");
        let shown = format!("{database:?}");
        assert!(shown.contains("db.example"), "{shown}");
        assert!(!shown.contains("secret"), "{shown}");
        assert!(Database::server("postgres://[", "data".into()).is_none());
    }
}
