//! The channel in the serving program: what runs beside the calls, and what `/metrics` says of it.

use super::{Office, maildir, notice};
use crate::app::App;
use crate::store::{Store, StoreError};
use std::fmt::Write;
use tokio::task::JoinSet;

/// Everything that runs, until it is dropped. Nothing, if mail is off.
pub fn start(app: &App) -> JoinSet<()> {
    let mut running = JoinSet::new();
    if let Some(office) = Office::of(app) {
        running.spawn(maildir::watch(office.clone()));
        running.spawn(notice::deliver(office));
    }
    running
}

/// Mails and notices by what became of them, in Prometheus' text format. Counted in the database, since mails
/// also come by a program of their own.
pub async fn metrics(store: &Store) -> Result<String, StoreError> {
    let mut text = String::new();
    text.push_str("# HELP partner_endpoint_mails_total Mails by what became of them.\n");
    text.push_str("# TYPE partner_endpoint_mails_total counter\n");
    for (became, count) in store.mail_counts().await? {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "partner_endpoint_mails_total{{became=\"{}\"}} {count}",
            became.code()
        );
    }
    text.push_str("# HELP partner_endpoint_mail_notices Notices by state.\n");
    text.push_str("# TYPE partner_endpoint_mail_notices gauge\n");
    for (state, count) in store.notice_counts().await? {
        let _ = writeln!(
            text,
            "partner_endpoint_mail_notices{{state=\"{}\"}} {count}",
            state.code()
        );
    }
    Ok(text)
}
