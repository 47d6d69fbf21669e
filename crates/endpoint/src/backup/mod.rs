//! `partner-endpoint backup`, `restore` and `check`: database and files together. What is missing or left
//! over goes to standard output, a line each with tabs between the columns.

mod carry;
mod error;

pub use error::BackupError;

use crate::cli::PlaceArgs;
use crate::config::{self, Attachments};
use crate::files::Files;
use crate::store::Database;
use crate::store::archive::Archive;
use carry::{Tally, carry};
use error::at;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A backup is laid out as a data folder is.
const DATABASE: &str = "endpoint.sqlite";
/// While a copy is not whole, its database is not found under its name.
const PART: &str = ".part";

type Out<'a> = &'a mut (dyn Write + Send);

/// How it went, for the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Sound,
    /// Files are missing or not what they were, or the database is damaged.
    Lacking,
    /// Nothing is missing, and there are old files that belong to nothing.
    LeftOver,
}

/// Copies what is kept to an empty folder, while the endpoint runs.
pub async fn backup(place: &PlaceArgs, to: &Path, out: Out<'_>) -> Result<Verdict, BackupError> {
    let database = existing(file(place)?)?;
    let live = Archive::open(&database).await?;
    must_be_empty(to)?;
    private_folder(to)?;
    let target = to.join(DATABASE);
    let (from, to) = (files(place, &database)?, Files::beside(&target));
    let tally = copy(&live, (&from, &to), &target, out).await?;
    live.close().await;
    tally.told("copied", out)
}

/// Copies a backup to where nothing is yet.
pub async fn restore(place: &PlaceArgs, from: &Path, out: Out<'_>) -> Result<Verdict, BackupError> {
    let source = existing(from.join(DATABASE))?;
    let target = file(place)?;
    for ending in ["", "-wal", "-shm"] {
        let mut file = target.clone().into_os_string();
        file.push(ending);
        if Path::new(&file).exists() {
            return Err(BackupError::NotEmpty(file.into()));
        }
    }
    let to = files(place, &target)?;
    if !to.is_empty().await.map_err(at(&to.place()))? {
        return Err(BackupError::NotEmpty(to.place()));
    }
    let archive = Archive::open(&source).await?;
    let flaws = archive.flaws().await?;
    if !flaws.is_empty() {
        return Err(BackupError::Damaged(flaws.join("; ")));
    }
    if let Some(folder) = target.parent() {
        private_folder(folder)?;
    }
    let tally = copy(&archive, (&Files::beside(&source), &to), &target, out).await?;
    archive.close().await;
    tally.told("restored", out)
}

/// Compares rows and files, while the endpoint runs or not.
pub async fn check(place: &PlaceArgs, out: Out<'_>) -> Result<Verdict, BackupError> {
    let database = existing(file(place)?)?;
    let archive = Archive::open(&database).await?;
    let files = files(place, &database)?;
    let flaws = archive.flaws().await?;
    for flaw in &flaws {
        line(out, &["damaged database", flaw])?;
    }
    let mut tally = carry(&archive, &archive, &files, None, out).await?;
    tally.lacking += flaws.len();
    tally.left_over = left_over(&archive, &files, out).await?;
    archive.close().await;
    tally.told("as they should be", out)
}

/// Database first, files after: files are never changed, and those that went since are known by their
/// rows having gone.
async fn copy(
    live: &Archive,
    (from, to): (&Files, &Files),
    target: &Path,
    out: Out<'_>,
) -> Result<Tally, BackupError> {
    let mut part = target.as_os_str().to_owned();
    part.push(PART);
    let part = PathBuf::from(part);
    let name = part
        .to_str()
        .ok_or_else(|| BackupError::Name(part.clone()))?;
    live.copy_to(name).await?;
    let rows = Archive::open(&part).await?;
    private_folder(to.folder())?;
    let tally = carry(&rows, live, from, Some(to), out).await?;
    for id in &tally.gone {
        rows.forget_file(id).await?;
    }
    rows.count_on().await?;
    rows.doubt_relay().await?;
    rows.forget_installation().await?;
    rows.close().await;
    fs::File::open(&part)
        .and_then(|file| file.sync_all())
        .map_err(at(&part))?;
    fs::rename(&part, target).map_err(at(target))?;
    synced(to.folder())?;
    match target.parent() {
        Some(folder) if folder != Path::new("") => synced(folder)?,
        Some(_) | None => synced(Path::new("."))?,
    }
    Ok(tally)
}

/// Files that no row names; how many of them are too old to be still arriving.
async fn left_over(archive: &Archive, files: &Files, out: Out<'_>) -> Result<usize, BackupError> {
    let mut listing = files.list().await.map_err(at(&files.place()))?;
    let mut old = 0;
    loop {
        let page = listing.page().await.map_err(at(&files.place()))?;
        if page.is_empty() {
            return Ok(old);
        }
        let names: Vec<&str> = page.iter().map(|file| file.name.as_str()).collect();
        let strays = archive.without_row(&names).await?;
        for stray in page.iter().filter(|file| strays.contains(&file.name)) {
            let what = if stray.old { "left over" } else { "young" };
            line(out, &[what, &stray.name, &stray.size.to_string()])?;
            old += usize::from(stray.old);
        }
    }
}

fn line(out: Out<'_>, columns: &[&str]) -> Result<(), BackupError> {
    writeln!(out, "{}", columns.join("\t")).map_err(BackupError::Output)
}

/// A server's database is carried by the server's own programs.
fn file(place: &PlaceArgs) -> Result<PathBuf, BackupError> {
    match config::database(&place.store(), false)? {
        Database::File(file) => Ok(file),
        Database::Server(server) => Err(BackupError::Server(server.beside().to_owned())),
    }
}

/// Where the settings say that files are.
fn files(place: &PlaceArgs, database: &Path) -> Result<Files, BackupError> {
    let attachments = Attachments::read(&place.attachments)?;
    Files::new(database, &attachments).map_err(at(database))
}

fn existing(database: PathBuf) -> Result<PathBuf, BackupError> {
    if database.is_file() {
        Ok(database)
    } else {
        Err(BackupError::NoDatabase(database))
    }
}

fn must_be_empty(folder: &Path) -> Result<(), BackupError> {
    if !folder.exists() {
        return Ok(());
    }
    let mut entries = fs::read_dir(folder).map_err(at(folder))?;
    match entries.next() {
        None => Ok(()),
        Some(_) => Err(BackupError::NotEmpty(folder.to_owned())),
    }
}

/// A folder that is made here is for its owner alone: there are secrets in it.
fn private_folder(folder: &Path) -> Result<(), BackupError> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder).map_err(at(folder))
}

/// What was put into the folder is found there after a crash of the machine.
#[cfg(unix)]
fn synced(folder: &Path) -> Result<(), BackupError> {
    fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(at(folder))
}

/// Elsewhere folders cannot be opened.
#[cfg(not(unix))]
fn synced(_folder: &Path) -> Result<(), BackupError> {
    Ok(())
}
