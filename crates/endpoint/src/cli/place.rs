//! Where the data are: what every command on an existing database takes. `serve` and `accounts import` take
//! these from [`RawStore`] itself, since they need a policy besides.

use crate::config::{RawAttachments, RawStore};
use clap::Args;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct PlaceArgs {
    /// Folder that the endpoint keeps its data in. Default: data
    #[arg(long, env = "PARTNER_ENDPOINT_DATA", value_name = "DIR", global = true)]
    data: Option<PathBuf>,
    /// Database: `sqlite:` and a file, or `postgres://USER@HOST/NAME`. Default: endpoint.sqlite in the data folder
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_DATABASE",
        value_name = "URL",
        global = true
    )]
    database: Option<String>,
    #[command(flatten)]
    pub attachments: RawAttachments,
}

impl PlaceArgs {
    pub fn store(&self) -> RawStore {
        RawStore {
            data: self.data.clone(),
            database: self.database.clone(),
            policy: None,
        }
    }
}
