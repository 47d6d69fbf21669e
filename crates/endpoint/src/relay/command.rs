//! `partner-endpoint relay …`: where tickets are on their way, and what an operator does about it, while the endpoint
//! runs or not.

use super::RelayError;
use crate::cli::{RelayArgs, RelayCommand};
use crate::clock::Timestamp;
use crate::config;
use crate::feedback::escape;
use crate::store::Store;
use crate::store::relay::{Pending, RelayState};
use std::io::Write;

const PAGE: u32 = 500;

type Out<'a> = &'a mut (dyn Write + Send);

/// Does what was asked.
pub async fn run(arguments: RelayArgs, now: Timestamp, out: Out<'_>) -> Result<(), RelayError> {
    let database = config::database(&arguments.place.store(), false)?;
    if let Some(file) = database.missing() {
        return Err(RelayError::NoDatabase(file.to_owned()));
    }
    let store = Store::open(&database).await?;
    let done = dispatch(&store, &arguments.command, now, out).await;
    store.close().await;
    done
}

async fn dispatch(
    store: &Store,
    command: &RelayCommand,
    now: Timestamp,
    out: Out<'_>,
) -> Result<(), RelayError> {
    match command {
        RelayCommand::Status => status(store, now, out).await,
        RelayCommand::Retry { references } if references.is_empty() => {
            let tickets = store.retry_relay(None, now).await?;
            Ok(writeln!(out, "{tickets} tickets are due now")?)
        }
        RelayCommand::Retry { references } => {
            for reference in references {
                let done = store.retry_relay(Some(reference), now).await? == 1;
                told(store, done, reference).await?;
            }
            Ok(())
        }
        RelayCommand::Pause { references } if references.is_empty() => {
            Ok(store.pause_relay(true).await?)
        }
        RelayCommand::Pause { references } => {
            for reference in references {
                let done = store.hold_relay(reference).await?;
                told(store, done, reference).await?;
            }
            Ok(())
        }
        RelayCommand::Resume { references } if references.is_empty() => {
            Ok(store.pause_relay(false).await?)
        }
        RelayCommand::Resume { references } => {
            for reference in references {
                let done = store.release_relay(reference, now).await?;
                told(store, done, reference).await?;
            }
            Ok(())
        }
    }
}

/// Why nothing was done, if nothing was.
async fn told(store: &Store, done: bool, reference: &str) -> Result<(), RelayError> {
    if done {
        return Ok(());
    }
    let shown = escape::line(reference);
    Err(match store.relayed(reference).await? {
        None => RelayError::NotRelayed(shown),
        Some((RelayState::Leased, _)) => RelayError::UnderWay(shown),
        Some((state, _)) => RelayError::Nothing(shown, state.code()),
    })
}

async fn status(store: &Store, now: Timestamp, out: Out<'_>) -> Result<(), RelayError> {
    let control = store.relay_control().await?;
    let word = match (control.on, control.paused, control.slow_until > now) {
        (false, ..) => "off".to_owned(),
        (true, true, _) => "paused".to_owned(),
        (true, false, true) => format!("slow until {}", control.slow_until.rfc3339()),
        (true, false, false) => "running".to_owned(),
    };
    writeln!(out, "relay\t{word}")?;
    for counted in store.relay_counts().await? {
        writeln!(out, "{}\t{}", counted.state.code(), counted.tickets)?;
    }
    writeln!(out, "\nticket\tstate\tattempts\tdue\tproblem\tfields")?;
    let mut after = 0;
    loop {
        let page = store.relay_pending(after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.ticket_id;
        for pending in &page {
            writeln!(out, "{}", columns(pending))?;
        }
    }
}

fn columns(pending: &Pending) -> String {
    let errors = pending.errors.iter();
    let errors: Vec<String> = errors
        .map(|error| {
            format!(
                "{} {}",
                escape::line(&error.field),
                escape::line(&error.code)
            )
        })
        .collect();
    [
        pending.reference.clone(),
        pending.state.code().to_owned(),
        pending.attempts.to_string(),
        pending.next_at.rfc3339(),
        escape::line(pending.problem.as_deref().unwrap_or_default()),
        errors.join(", "),
    ]
    .join("\t")
}
