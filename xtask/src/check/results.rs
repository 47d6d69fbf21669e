//! A folder of a run's own for reports, traces and pictures. Must never be left behind by a run that passed.

use std::path::PathBuf;

use anyhow::{Context, Result};

pub(crate) struct Results {
    pub(crate) folder: PathBuf,
}

impl Results {
    pub(crate) fn new(of: &str) -> Result<Self> {
        let name = format!("partner-desk-{of}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).context("cannot make the folder of the results")?;
        Ok(Self { folder })
    }

    /// Kept only if there is something to look at.
    pub(crate) fn end(self, passed: bool) {
        if !passed {
            println!(
                "what there is to see of the failures: {}",
                self.folder.display()
            );
        } else if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            println!("cannot remove {}: {error}", self.folder.display());
        }
    }
}
