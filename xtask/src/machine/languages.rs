//! The languages of the servers in `docs/embedding.md`, beside Node.js: tests run each of them.
//! Must never leave one out: a machine that cannot have it gets an error that says what to install.

use anyhow::{Context, Result, bail};

use super::apt;
use crate::process::which;

/// A program, and Debian's package that has it.
pub(crate) struct Language {
    pub(crate) program: &'static str,
    pub(crate) package: &'static str,
}

pub(crate) const LANGUAGES: [Language; 2] = [
    Language {
        program: "python3",
        package: "python3",
    },
    Language {
        program: "php",
        package: "php-cli",
    },
];

/// Every language is there, after installing Debian's packages where we may.
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

fn missing() -> Vec<&'static str> {
    let absent = LANGUAGES
        .iter()
        .filter(|language| which(language.program).is_none());
    absent.map(|language| language.package).collect()
}

fn advice(missing: &[&str]) -> String {
    format!(
        "the servers of docs/embedding.md are tested in their languages. Install what is missing and start again:
  - on Debian, Ubuntu:  apt-get install {}
  - elsewhere:          Python 3, PHP 8 with sodium
As root on Debian this command installs the packages by itself.",
        missing.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_names_what_is_missing_and_nothing_else() {
        let text = advice(&["php-cli"]);
        assert!(text.contains("apt-get install php-cli\n"), "{text}");
        assert!(!text.contains("python3"), "{text}");
    }
}
