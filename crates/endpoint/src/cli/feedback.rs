//! `partner-endpoint feedback …`: the words only.

use super::PlaceArgs;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct FeedbackArgs {
    #[command(flatten)]
    pub place: PlaceArgs,
    #[command(subcommand)]
    pub command: FeedbackCommand,
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
    /// Remove it with its screenshots, for good and without asking: all of these or, if one is unknown, none.
    Delete {
        /// Such as TF-000001.
        #[arg(required = true, value_name = "REFERENCE")]
        references: Vec<String>,
    },
}
