//! Chromium and its driver. Must never download a browser: it comes from the system.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::apt;
use crate::process::which;

const BROWSERS: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// A browser and the driver that fits it.
pub(crate) struct Chromium {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

impl Chromium {
    /// What this machine has; `PARTNER_DESK_CHROMIUM` and `CHROMEDRIVER` come first.
    pub(crate) fn find() -> Option<Self> {
        let named = |name: &str| std::env::var(name).ok().and_then(|path| which(&path));
        let browser =
            named("PARTNER_DESK_CHROMIUM").or_else(|| BROWSERS.into_iter().find_map(which))?;
        let driver = named("CHROMEDRIVER").or_else(|| which("chromedriver"))?;
        Some(Self { browser, driver })
    }

    /// As [`Self::find`], after installing Debian's packages where we may.
    pub(crate) fn ensure() -> Result<Self> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        if apt::available() {
            apt::install(&["chromium", "chromium-driver", "fonts-liberation"])?;
        }
        match Self::find() {
            Some(found) => Ok(found),
            None => bail!("{MISSING}"),
        }
    }
}

const MISSING: &str = "\
the browser tests need Chromium and a chromedriver of the same version. Install them and start again:
  - on Debian, Ubuntu:  apt-get install chromium chromium-driver
  - on macOS:           brew install --cask chromium chromedriver
Or name them: PARTNER_DESK_CHROMIUM=/path/to/chromium CHROMEDRIVER=/path/to/chromedriver.
As root on Debian this command installs the packages by itself.";
