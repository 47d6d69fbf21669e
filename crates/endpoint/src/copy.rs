//! `partner-endpoint copy`: a small installation moves to a server.

use crate::config::{self, ConfigError, RawStore};
use crate::store::Database;
use crate::store::copy::{CopyError, copy};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("--from is `sqlite:` and the name of a file, --to begins with `postgres://`")]
    Kind,
    #[error("there is no database {}", .0.display())]
    NoDatabase(PathBuf),
    #[error(transparent)]
    Copy(#[from] CopyError),
    #[error("nobody reads what is said: {0}")]
    Output(#[from] io::Error),
}

/// Copies the database; says of each table how much that was, and which folder goes with it.
pub async fn run(
    from: &str,
    to: &str,
    data: Option<PathBuf>,
    out: &mut impl Write,
) -> Result<(), CommandError> {
    let place = |database: &str| {
        let raw = RawStore {
            data: data.clone(),
            database: Some(database.to_owned()),
            policy: None,
        };
        config::database(&raw, false)
    };
    let (Database::File(file), Database::Server(server)) = (place(from)?, place(to)?) else {
        return Err(CommandError::Kind);
    };
    if !file.exists() {
        return Err(CommandError::NoDatabase(file));
    }
    let copied = copy(&file, &server).await?;
    for table in &copied {
        writeln!(out, "{}\t{}\t{}", table.table, table.rows, table.checksum)?;
    }
    let rows: u64 = copied.iter().map(|table| table.rows).sum();
    writeln!(out, "{rows} rows of {} tables copied", copied.len())?;
    let (old, new) = (files(&file), files(server.beside()));
    writeln!(out, "files\t{}\t{}", old.display(), new.display())?;
    Ok(())
}

/// The folder of files beside a database.
fn files(beside: &Path) -> PathBuf {
    let mut name = beside.as_os_str().to_owned();
    name.push("-files");
    name.into()
}
