//! `partner-endpoint people …`: the words only.

use super::PlaceArgs;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct PeopleArgs {
    #[command(flatten)]
    pub place: PlaceArgs,
    #[command(subcommand)]
    pub command: PeopleCommand,
}

#[derive(Debug, Subcommand)]
pub enum PeopleCommand {
    /// Copy all that is kept of a person in a shop to a folder: JSON and files.
    Export {
        #[command(flatten)]
        whose: WhoseArgs,
        /// Made if missing; must be empty.
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
    /// Remove all that is kept of a person in a shop, for good and without asking. Their tickets go as a whole.
    Erase {
        #[command(flatten)]
        whose: WhoseArgs,
    },
}

#[derive(Args, Debug)]
pub struct WhoseArgs {
    /// The shop that knows the person.
    #[arg(long, value_name = "ID")]
    pub shop: String,
    /// The person's e-mail address.
    #[arg(long, value_name = "EMAIL")]
    pub address: String,
}
