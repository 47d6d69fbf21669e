//! `partner-endpoint mail …`: one mail from a pipe, and what waits for somebody to look at it.

use super::maildir::{bounded, keep_aside, told};
use super::{Fate, MailError, Office, Owner, letter};
use crate::cli::{MailArgs, MailCommand, MailSettings};
use crate::clock::SystemClock;
use crate::config::{self, Attachments, Limits, MailConfig, RawConfig};
use crate::feedback::escape;
use crate::files::Files;
use crate::random;
use crate::store::Store;
use crate::store::mail::MailRow;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

/// Of `sysexits.h`, which mail servers go by: the message is at fault; and: not now.
const DATA_ERROR: u8 = 65;
const TRY_AGAIN: u8 = 75;
const PAGE: u32 = 500;

type Out<'a> = &'a mut (dyn Write + Send);

/// Does what was asked, and gives the exit code.
pub async fn run(
    arguments: MailArgs,
    input: impl Read + Send + 'static,
    out: Out<'_>,
    aside: Out<'_>,
) -> u8 {
    let is_pipe = matches!(arguments.command, MailCommand::Ingest { .. });
    match dispatch(arguments, input, out, aside).await {
        Ok(code) => code,
        Err(cause) => {
            // Where it cannot be said, the code still says it.
            let _ = writeln!(aside, "{cause}");
            if is_pipe { TRY_AGAIN } else { 1 }
        }
    }
}

async fn dispatch(
    arguments: MailArgs,
    input: impl Read + Send + 'static,
    out: Out<'_>,
    aside: Out<'_>,
) -> Result<u8, MailError> {
    match arguments.command {
        MailCommand::Ingest { dir, settings } => {
            let office = Office::open(&settings).await?;
            let dir = dir.or_else(|| office.config.maildir.clone());
            let code = ingest(&office, dir.as_deref(), input, aside).await;
            office.store.close().await;
            code
        }
        MailCommand::List { settings } => {
            let office = Office::open(&settings).await?;
            let done = list(&office, out).await;
            office.store.close().await;
            done.map(|()| 0)
        }
        MailCommand::Show { mail, settings } => {
            let office = Office::open(&settings).await?;
            let done = show(&office, mail, out).await;
            office.store.close().await;
            done.map(|()| 0)
        }
        MailCommand::Assign {
            mail,
            shop,
            user,
            ticket,
            settings,
        } => {
            let office = Office::open(&settings).await?;
            let owner = Owner {
                shop: &shop,
                user: &user,
                ticket: ticket.as_deref(),
            };
            let done = office.assign(mail, owner, None).await;
            office.store.close().await;
            writeln!(out, "{}", done?)?;
            Ok(0)
        }
    }
}

impl Office {
    /// On the database that `serve` works on, by the same settings.
    async fn open(settings: &MailSettings) -> Result<Self, MailError> {
        let flags = RawConfig {
            store: settings.store.clone(),
            attachments: settings.attachments.clone(),
            mail: settings.mail.clone(),
            ..RawConfig::default()
        };
        let raw = config::gather(&flags, settings.config.as_deref())?;
        let database = config::database(&raw.store, raw.demo.unwrap_or(false))?;
        let mail = MailConfig::read(&raw.mail, None)?.ok_or(MailError::Off)?;
        let policy = config::load_policy(raw.store.policy.as_deref())?;
        let limits = Limits::try_from(&raw.limits)?;
        if let Some(file) = database.missing() {
            return Err(MailError::NoDatabase(file.to_owned()));
        }
        let attachments = Attachments::read(&raw.attachments)?;
        let files = Files::new(database.beside(), &attachments)?;
        files.make()?;
        Ok(Self {
            store: Store::open(&database).await?,
            files,
            policy,
            config: mail,
            uploads: limits.uploads,
            messages: limits.messages_per_ticket,
            clock: Arc::new(SystemClock),
        })
    }
}

async fn ingest(
    office: &Office,
    dir: Option<&Path>,
    input: impl Read + Send + 'static,
    aside: Out<'_>,
) -> Result<u8, MailError> {
    let max = office.config.max_bytes;
    let raw = tokio::task::spawn_blocking(move || bounded(input, max))
        .await
        .map_err(std::io::Error::other)??;
    let kept = dir.map(|dir| (dir, raw.clone()));
    let fate = office.ingest(raw).await?;
    told(&fate);
    let Fate::SetAside(reason) = fate else {
        return Ok(0);
    };
    if let Some((dir, raw)) = kept {
        let name = format!(
            "{}.{}.mail",
            office.clock.now().millis(),
            random::hex(&random::bytes::<8>()?)
        );
        keep_aside(dir, &name, &raw, reason).await?;
    }
    writeln!(aside, "set aside: {}", reason.code())?;
    Ok(DATA_ERROR)
}

async fn list(office: &Office, out: Out<'_>) -> Result<(), MailError> {
    writeln!(
        out,
        "mail\ttime\tbecame\treason\tfrom\tname\tsubject\tbytes"
    )?;
    let mut before = i64::MAX;
    loop {
        let page = office.store.mails_left(before, PAGE).await?;
        let Some(last) = page.last() else { break };
        before = last.id;
        for row in &page {
            writeln!(out, "{}", columns(row))?;
        }
    }
    for notice in office.store.undelivered(PAGE).await? {
        let time = notice.created_at.rfc3339();
        writeln!(
            out,
            "notice {}\t{time}\tfailed\t{}\t\t\t{}\t",
            notice.id,
            escape::line(&notice.problem),
            notice.reference
        )?;
    }
    Ok(())
}

fn columns(row: &MailRow) -> String {
    [
        row.id.to_string(),
        row.at.rfc3339(),
        row.became.code().to_owned(),
        escape::line(row.reason.as_deref().unwrap_or_default()),
        escape::line(&row.from_email),
        escape::line(&row.from_name),
        escape::line(&row.subject),
        row.bytes.to_string(),
    ]
    .join("\t")
}

async fn show(office: &Office, mail: i64, out: Out<'_>) -> Result<(), MailError> {
    let kept = office.store.unverified(mail).await?;
    let kept = kept.ok_or(MailError::Unknown(mail))?;
    writeln!(out, "{}", columns(&kept.row))?;
    let (_, read) = office.read(kept.raw).await?;
    match read {
        Ok(letter) => write!(out, "{}", sheet(&letter))?,
        Err(aside) => writeln!(out, "{}", aside.code())?,
    }
    Ok(())
}

/// Indented, so that no line can be taken for one of ours.
fn sheet(letter: &letter::Letter) -> String {
    let mut sheet = escape::indented(&super::filing::whole(letter));
    for enclosure in &letter.enclosures {
        let name = escape::line(&enclosure.name);
        sheet.push_str(&format!("file\t{name}\t{}\n", enclosure.bytes.len()));
    }
    sheet
}
