//! `partner-endpoint feedback …`: what visitors said, while the endpoint runs or not. Files are written where
//! they were asked for, and never over others. Removing is in `delete.rs`; everything else only reads.

use super::delete::delete;
use super::{FeedbackError, Kept, Summary, escape, number, reference};
use crate::cli::{FeedbackArgs, FeedbackCommand};
use crate::config::{self, Attachments};
use crate::files::{Files, kind, poured};
use crate::store::Store;
use partner_rules::wire::Attachment;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

const PAGE: u32 = 500;

pub(super) type Out<'a> = &'a mut (dyn Write + Send);

/// Does what was asked.
pub async fn run(arguments: FeedbackArgs, out: Out<'_>) -> Result<(), FeedbackError> {
    let database = config::database(&arguments.place.store(), false)?;
    if let Some(file) = database.missing() {
        return Err(FeedbackError::NoDatabase(file.to_owned()));
    }
    let store = Store::open(&database).await?;
    let attachments = Attachments::read(&arguments.place.attachments)?;
    let files = Files::new(database.beside(), &attachments).map_err(at(database.beside()))?;
    let done = match &arguments.command {
        FeedbackCommand::List => list(&store, out).await,
        FeedbackCommand::Delete { references } => delete(&store, &files, references, out).await,
        FeedbackCommand::Show { reference, save } => {
            let save = save.as_deref().map(|folder| (folder, &files));
            show(&store, reference, save, out).await
        }
    };
    store.close().await;
    done
}

/// The number in a reference that an operator typed.
pub(super) fn named(reference: &str) -> Result<i64, FeedbackError> {
    number(reference).ok_or_else(|| FeedbackError::Reference(escape::line(reference)))
}

async fn list(store: &Store, out: Out<'_>) -> Result<(), FeedbackError> {
    writeln!(
        out,
        "reference\ttime\tlang\tversion\tname\temail\tsubject\tscreenshots"
    )?;
    let mut before = i64::MAX;
    loop {
        let page = store.feedback_before(before, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        before = last.id;
        for summary in &page {
            writeln!(out, "{}", columns(summary))?;
        }
    }
}

fn columns(summary: &Summary) -> String {
    let version = summary.version.as_deref().unwrap_or_default();
    [
        reference(summary.id),
        summary.created_at.rfc3339(),
        escape::line(&summary.lang),
        escape::line(version),
        escape::line(&summary.name),
        escape::line(&summary.email),
        escape::line(&summary.subject),
        summary.screenshots.to_string(),
    ]
    .join("\t")
}

async fn show(
    store: &Store,
    wanted: &str,
    save: Option<(&Path, &Files)>,
    out: Out<'_>,
) -> Result<(), FeedbackError> {
    let id = named(wanted)?;
    let kept = store.feedback(id).await?;
    let kept = kept.ok_or_else(|| FeedbackError::Unknown(reference(id)))?;
    write!(out, "{}", sheet(&kept))?;
    let Some((folder, files)) = save else {
        return Ok(());
    };
    for (screenshot, place) in kept.screenshots.iter().zip(1_u32..) {
        let name = format!(
            "{}-{place}.{}",
            reference(id),
            kind::ending(&screenshot.content_type)
        );
        let saved = folder.join(name);
        copy(files, &saved, screenshot).await?;
        writeln!(out, "saved\t{}", saved.display())?;
    }
    Ok(())
}

/// All of it. What has one line comes first; what was written freely is indented.
fn sheet(kept: &Kept) -> String {
    let said = &kept.feedback;
    let optional = |text: &Option<String>| escape::line(text.as_deref().unwrap_or_default());
    let mut sheet = String::new();
    for (name, value) in [
        ("reference", reference(kept.id)),
        ("time", kept.created_at.rfc3339()),
        ("lang", escape::line(&said.lang)),
        ("version", optional(&said.version)),
        ("name", escape::line(&said.name)),
        ("email", escape::line(&said.email)),
        ("page", optional(&said.page_url)),
        ("subject", escape::line(&said.subject)),
    ] {
        sheet.push_str(&format_line(&[name, &value]));
    }
    if let Some(text) = &said.description {
        sheet.push_str("description\n");
        sheet.push_str(&escape::indented(text));
    }
    for screenshot in &kept.screenshots {
        sheet.push_str(&format_line(&[
            "screenshot",
            &escape::line(&screenshot.name),
            &screenshot.content_type,
            &screenshot.size.to_string(),
            &screenshot.sha256,
        ]));
    }
    sheet
}

fn format_line(columns: &[&str]) -> String {
    columns.join("\t") + "\n"
}

/// Copies a file to where none is, and removes the copy again if it is not what was sent.
async fn copy(files: &Files, to: &Path, expected: &Attachment) -> Result<(), FeedbackError> {
    let from = files.path(&expected.id);
    let source = files.open(&expected.id).await.map_err(at(&from))?;
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder).map_err(at(folder))?;
    }
    let mut copy = match tokio::fs::File::create_new(to).await {
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {
            return Err(FeedbackError::Exists(to.to_owned()));
        }
        other => other.map_err(at(to))?,
    };
    let poured = poured(source, &mut copy).await.map_err(at(to));
    if matches!(&poured, Ok((_, sha256)) if *sha256 == expected.sha256) {
        return Ok(());
    }
    drop(copy);
    std::fs::remove_file(to).map_err(at(to))?;
    poured.and(Err(FeedbackError::Damaged(from)))
}

fn at(path: &Path) -> impl Fn(io::Error) -> FeedbackError {
    let path: PathBuf = path.to_owned();
    move |cause| FeedbackError::Disk {
        path: path.clone(),
        cause,
    }
}
