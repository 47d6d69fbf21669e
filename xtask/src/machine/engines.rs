//! The engines of the host pages beside Chromium: Firefox, and WebKitGTK with the screen it draws on.
//! Must never leave one out: a machine that cannot have an engine gets an error that says what to install.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::apt;
use crate::process::which;

/// One program that the host pages need.
pub(crate) struct Program {
    /// Names another one than the system's; `tests/e2e/hosts/engines/programs.mjs` reads it, too.
    pub(crate) variable: &'static str,
    names: &'static [&'static str],
    /// Debian's package.
    pub(crate) package: &'static str,
}

pub(crate) const PROGRAMS: [Program; 3] = [
    Program {
        variable: "PARTNER_DESK_FIREFOX",
        names: &[
            "firefox-esr",
            "firefox",
            "/Applications/Firefox.app/Contents/MacOS/firefox",
        ],
        package: "firefox-esr",
    },
    Program {
        variable: "PARTNER_DESK_WEBKIT_DRIVER",
        names: &["WebKitWebDriver"],
        package: "webkit2gtk-driver",
    },
    Program {
        variable: "PARTNER_DESK_XVFB",
        names: &["Xvfb"],
        package: "xvfb",
    },
];

impl Program {
    /// What this machine has; the variable comes first.
    pub(crate) fn find(&self) -> Option<PathBuf> {
        match std::env::var(self.variable) {
            Ok(path) => which(&path),
            Err(_) => self.names.iter().copied().find_map(which),
        }
    }
}

/// Every program is there, after installing Debian's packages where we may.
pub(crate) fn ensure() -> Result<()> {
    let missing = missing();
    if !missing.is_empty() && apt::available() {
        apt::install(&missing).with_context(|| advice(&missing))?;
    }
    let missing = self::missing();
    if missing.is_empty() {
        return Ok(());
    }
    bail!("{}", advice(&missing))
}

/// Tells the tests where the programs are.
pub(crate) fn name_to(command: &mut Command) {
    for program in &PROGRAMS {
        if let Some(path) = program.find() {
            command.env(program.variable, path);
        }
    }
}

fn missing() -> Vec<&'static str> {
    let absent = PROGRAMS.iter().filter(|program| program.find().is_none());
    absent.map(|program| program.package).collect()
}

fn advice(missing: &[&str]) -> String {
    let packages = missing.join(" ");
    let variables = PROGRAMS.map(|program| program.variable).join(", ");
    format!(
        "the host pages run in Chromium, Firefox and WebKit. Install what is missing and start again:
  - on Debian, Ubuntu:  apt-get install {packages}
  - elsewhere:          Firefox, WebKitGTK's WebKitWebDriver and Xvfb
Or name them: {variables}.
As root on Debian this command installs the packages by itself."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_names_what_is_missing_and_nothing_else() {
        let text = advice(&["xvfb"]);
        assert!(text.contains("apt-get install xvfb\n"), "{text}");
        assert!(!text.contains("firefox-esr"), "{text}");
    }
}
