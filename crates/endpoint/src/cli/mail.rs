//! `partner-endpoint mail …`: the words only.

use crate::config::{RawAttachments, RawMail, RawStore};
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct MailArgs {
    #[command(subcommand)]
    pub command: MailCommand,
}

/// The settings that `serve` has, from the same file.
#[derive(Args, Debug)]
pub struct MailSettings {
    /// TOML file with settings, the same as for `serve`.
    #[arg(long, env = "PARTNER_ENDPOINT_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub store: RawStore,
    #[command(flatten)]
    pub attachments: RawAttachments,
    #[command(flatten)]
    pub mail: RawMail,
}

#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Take one mail from standard input. Exit code 0: taken, or known already; 75: not now, try again;
    /// 65: set aside, the reason is on standard error.
    Ingest {
        /// Maildir in whose folder .set-aside a mail that is set aside is kept, with its reason beside it.
        /// Default: `mail_maildir`; without one it is not kept.
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
        #[command(flatten)]
        settings: Box<MailSettings>,
    },
    /// Mails that wait for somebody, newest first, tab-separated: unverified senders, and what was set aside.
    /// Notices that could not be sent come last.
    List {
        #[command(flatten)]
        settings: Box<MailSettings>,
    },
    /// One mail of an unverified sender, as text.
    Show {
        /// Its number in the list.
        mail: i64,
        #[command(flatten)]
        settings: Box<MailSettings>,
    },
    /// Say whose a mail is: it becomes a ticket of this shop's user, or an answer of theirs.
    Assign {
        /// Its number in the list.
        mail: i64,
        /// The shop's id.
        #[arg(long)]
        shop: String,
        /// The address of a user whom the shop knows.
        #[arg(long, value_name = "EMAIL")]
        user: String,
        /// The shop's ticket that it belongs to. Default: it is a new one.
        #[arg(long, value_name = "REFERENCE")]
        ticket: Option<String>,
        #[command(flatten)]
        settings: Box<MailSettings>,
    },
}
