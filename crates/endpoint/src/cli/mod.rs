//! The command line. What the settings mean is said once, in [`RawConfig`].

mod agents;
mod feedback;
mod mail;
mod people;
mod place;
mod relay;
mod shops;

pub use agents::{AgentTokensCommand, AgentsArgs, AgentsCommand, PasswordSource};
pub use feedback::{FeedbackArgs, FeedbackCommand};
pub use mail::{MailArgs, MailCommand, MailSettings};
pub use people::{PeopleArgs, PeopleCommand, WhoseArgs};
pub use place::PlaceArgs;
pub use relay::{RelayArgs, RelayCommand};
pub use shops::{KeySource, KeysCommand, OriginsCommand, ShopsArgs, ShopsCommand, UsersCommand};

use crate::config::{RawConfig, RawStore};
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// The regional endpoint behind Partner Desk.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer on HTTP; prints `ready http://…/` on a line when it does.
    Serve(Box<ServeArgs>),
    /// The directory of customer accounts.
    #[command(subcommand)]
    Accounts(AccountsCommand),
    /// Copy database and files to an empty folder, while the endpoint runs.
    Backup {
        /// Made if missing; afterwards it is laid out as a data folder.
        folder: PathBuf,
        #[command(flatten)]
        place: PlaceArgs,
    },
    /// Copy a backup to where nothing is yet.
    Restore {
        /// What `backup` made.
        folder: PathBuf,
        #[command(flatten)]
        place: PlaceArgs,
    },
    /// Compare the database with the files: exit code 3 if something is missing or damaged, 4 if there are
    /// only files left over.
    Check(PlaceArgs),
    /// Move a small installation to a server: copy a database that nobody uses to one that is empty; all of it or
    /// nothing. Prints rows and checksums, table by table, and which folder of files goes with it.
    Copy {
        /// `sqlite:` and the name of the file.
        #[arg(long, value_name = "URL")]
        from: String,
        /// `postgres://USER@HOST/NAME`; the password better as PGPASSWORD.
        #[arg(long, value_name = "URL")]
        to: String,
        /// The data folder of the new installation. Default: data
        #[arg(long, env = "PARTNER_ENDPOINT_DATA", value_name = "DIR")]
        data: Option<PathBuf>,
    },
    /// Partner shops: their keys, the origins of their pages, their users.
    Shops(ShopsArgs),
    /// People: copies of what is kept of them, and erasing it.
    People(PeopleArgs),
    /// Support agents: their passwords, their tokens.
    Agents(AgentsArgs),
    /// What visitors say about translations.
    Feedback(FeedbackArgs),
    /// Tickets by e-mail.
    Mail(MailArgs),
    /// Tickets on their way to a Zoho Desk portal.
    Relay(RelayArgs),
    /// The rules as data.
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Print the OpenAPI document of `/v1`.
    Openapi,
}

#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// TOML file with settings under the flags' names, underscores for hyphens.
    #[arg(long, env = "PARTNER_ENDPOINT_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub settings: RawConfig,
}

#[derive(Debug, Subcommand)]
pub enum AccountsCommand {
    /// Read accounts from a CSV file; all of it or nothing.
    #[command(after_help = CSV_HELP)]
    Import {
        /// The CSV file, UTF-8, with a header line.
        file: PathBuf,
        #[command(flatten)]
        store: RawStore,
    },
}

#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Say whether a policy file is sound, or which field is not.
    Check {
        /// The policy file (JSON).
        file: PathBuf,
    },
}

const CSV_HELP: &str = "\
Columns, in any order; those marked * must be there, others may be absent or empty:
  superadmin_email *  the account's SuperAdmin address
  dc *                its data centre: us, in, au, jp, eu, sa, ca, uk
  domains             the customer's domains
  zoid, zgid, zuids   organisation IDs and the IDs of users
  user_emails         addresses of users
  service             a service it subscribes to, with
  user_licences       the number of user licences
  shop                the only partner shop that may find it; empty: every shop

Several values in one cell are separated by spaces or semicolons. Several lines with the same
superadmin_email, dc and shop are one account, one line per service. An account that is in the
directory already is replaced. Bad lines are reported as `line N: column: code`, and then nothing is
imported and the exit code is 1.";
