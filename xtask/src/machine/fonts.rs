//! Fonts for the languages that a bare machine shows as empty boxes. Pictures need them, no test does.
//! Must never download one: they come from the system.

use anyhow::{Result, bail};

use super::apt;
use crate::process::{capture, command, which};

/// Tells which fonts there are.
const LIST: &str = "fc-list";

/// A family that a package has, so that pictures look the same on every machine that has the package.
pub(crate) struct Font {
    family: &'static str,
    /// Debian's package.
    pub(crate) package: &'static str,
    pub(crate) languages: &'static str,
}

pub(crate) const FONTS: [Font; 2] = [
    Font {
        family: "Noto Sans CJK JP",
        package: "fonts-noto-cjk",
        languages: "Japanese",
    },
    Font {
        family: "Noto Sans Devanagari",
        package: "fonts-noto-core",
        languages: "Arabic, Hindi",
    },
];

impl Font {
    /// Other systems than Linux have fonts for all of these, and nothing that would list them.
    pub(crate) fn is_there(&self) -> bool {
        !cfg!(target_os = "linux")
            || capture(command(LIST).arg(self.family)).is_ok_and(|found| !found.trim().is_empty())
    }
}

/// Every font is there, after installing Debian's packages where we may.
pub(crate) fn ensure() -> Result<()> {
    let missing = missing();
    if !missing.is_empty() && apt::available() {
        apt::install(&missing)?;
    }
    let missing = self::missing();
    if missing.is_empty() {
        return Ok(());
    }
    bail!("{}", advice(&missing))
}

fn missing() -> Vec<&'static str> {
    let absent = FONTS.iter().filter(|font| !font.is_there());
    let mut packages: Vec<_> = absent.map(|font| font.package).collect();
    if !packages.is_empty() && which(LIST).is_none() {
        packages.push("fontconfig");
    }
    packages
}

fn advice(missing: &[&str]) -> String {
    format!(
        "the pictures show Japanese, Arabic and Hindi. Install what is missing and start again:
  - on Debian, Ubuntu:  apt-get install {}
  - elsewhere:          fontconfig, Noto Sans and Noto Sans CJK
As root on Debian this command installs the packages by itself.",
        missing.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_names_what_is_missing_and_nothing_else() {
        let text = advice(&["fonts-noto-cjk"]);
        assert!(text.contains("apt-get install fonts-noto-cjk\n"), "{text}");
        assert!(!text.contains("fonts-noto-core"), "{text}");
    }
}
