//! `partner-endpoint feedback …`: the words only.

use crate::config::RawStore;
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct FeedbackArgs {
    /// Folder that the endpoint keeps its data in. Default: data
    #[arg(long, env = "PARTNER_ENDPOINT_DATA", value_name = "DIR", global = true)]
    data: Option<PathBuf>,
    /// Database, `sqlite:` and a file. Default: endpoint.sqlite in the data folder
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_DATABASE",
        value_name = "URL",
        global = true
    )]
    database: Option<String>,
    #[command(subcommand)]
    pub command: FeedbackCommand,
}

impl FeedbackArgs {
    pub fn store(&self) -> RawStore {
        RawStore {
            data: self.data.clone(),
            database: self.database.clone(),
            policy: None,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum FeedbackCommand {
    /// All of it, newest first, tab-separated.
    List,
    /// One in full.
    Show {
        /// Such as TF-000001.
        reference: String,
        /// Write the screenshots into this folder, made if missing, under names of ours; never over a file.
        #[arg(long, value_name = "DIR")]
        save: Option<PathBuf>,
    },
}
