//! `partner-endpoint relay …`: the words only.

use super::PlaceArgs;
use clap::{Args, Subcommand};

#[derive(Args, Debug)]
pub struct RelayArgs {
    #[command(flatten)]
    pub place: PlaceArgs,
    #[command(subcommand)]
    pub command: RelayCommand,
}

#[derive(Debug, Subcommand)]
pub enum RelayCommand {
    /// How many tickets are where, and those that are not done, oldest first, tab-separated.
    Status,
    /// Try again now: also what was refused, once it is mended.
    Retry {
        /// Such as PS-EU-000123. Default: all but those that are held back.
        #[arg(value_name = "REFERENCE")]
        references: Vec<String>,
    },
    /// Hand nothing on; what is under way ends in order.
    Pause {
        /// Only these are held back. Default: everything.
        #[arg(value_name = "REFERENCE")]
        references: Vec<String>,
    },
    /// Go on.
    Resume {
        /// Those that were held back by name. Default: everything else.
        #[arg(value_name = "REFERENCE")]
        references: Vec<String>,
    },
}
