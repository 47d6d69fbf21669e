//! `cargo xtask size`: what a page has to load, in bytes, against `budgets.toml`.
//! Must never measure anything but the files that are served.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::{build, files};

/// Bytes of one file, or of several together.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bytes {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Sizes by name.
pub(crate) struct Table {
    rows: Vec<(String, Bytes)>,
}

/// One budget and whether it is kept.
pub(crate) struct Verdict {
    pub(crate) text: String,
    pub(crate) kept: bool,
}

/// The command.
pub(crate) fn run() -> Result<ExitCode> {
    let _built = build::ensure()?;
    let table = Table::measure(&build::site())?;
    print!("{table}");
    let verdicts = table.against(&budgets()?)?;
    for verdict in &verdicts {
        println!(
            "{} {}",
            if verdict.kept { "ok  " } else { "OVER" },
            verdict.text
        );
    }
    Ok(if verdicts.iter().all(|verdict| verdict.kept) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The table `[brotli]` of `budgets.toml`: name → bytes.
pub(crate) fn budgets() -> Result<BTreeMap<String, u64>> {
    let file: toml::Table = files::read(&files::root().join("budgets.toml"))?
        .parse()
        .context("cannot read budgets.toml")?;
    let Some(brotli) = file.get("brotli").and_then(toml::Value::as_table) else {
        bail!("budgets.toml has no table [brotli]")
    };
    brotli
        .iter()
        .map(|(name, bytes)| {
            let bytes = bytes
                .as_integer()
                .and_then(|bytes| u64::try_from(bytes).ok());
            Ok((
                name.clone(),
                bytes.with_context(|| format!("budgets.toml: {name} is no number of bytes"))?,
            ))
        })
        .collect()
}

impl Table {
    /// Measures a built site.
    pub(crate) fn measure(site: &Path) -> Result<Self> {
        let mut rows = vec![(
            "loader".to_owned(),
            Bytes::of(&site.join("partner-desk.js"))?,
        )];
        let glue = Bytes::of(&site.join("app/app.js"))?;
        let wasm = Bytes::of(&site.join("app/app_bg.wasm"))?;
        let styles = Bytes::of(&site.join("app/app.css"))?;
        let locales = each(&site.join("app/locales"), "json")?;
        rows.extend([
            ("glue".to_owned(), glue),
            ("wasm".to_owned(), wasm),
            ("styles".to_owned(), styles),
        ]);
        // Fetched when somebody looks for help, never on opening.
        let help = each(&site.join("app/help"), "json")?;
        let largest = locales
            .iter()
            .map(|(_, bytes)| *bytes)
            .max_by_key(|bytes| bytes.brotli)
            .unwrap_or_default();
        rows.extend(
            locales
                .into_iter()
                .map(|(name, bytes)| (format!("locale-{name}"), bytes)),
        );
        rows.extend(
            help.into_iter()
                .map(|(name, bytes)| (format!("help-{name}"), bytes)),
        );
        rows.push((
            "first-open".to_owned(),
            [glue, wasm, styles, largest]
                .into_iter()
                .fold(Bytes::default(), Bytes::plus),
        ));
        Ok(Self { rows })
    }

    /// Each budget against its row.
    pub(crate) fn against(&self, budgets: &BTreeMap<String, u64>) -> Result<Vec<Verdict>> {
        budgets
            .iter()
            .map(|(name, budget)| {
                let Some((_, bytes)) = self.rows.iter().find(|(row, _)| row == name) else {
                    bail!("budgets.toml: nothing that is measured is called {name}")
                };
                let text = format!("{name}: {} of {budget} bytes (brotli)", bytes.brotli);
                Ok(Verdict {
                    text,
                    kept: bytes.brotli <= *budget,
                })
            })
            .collect()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<14} {:>9} {:>9} {:>9}",
            "bytes", "raw", "gzip", "brotli"
        )?;
        for (name, bytes) in &self.rows {
            writeln!(
                f,
                "{name:<14} {:>9} {:>9} {:>9}",
                bytes.raw, bytes.gzip, bytes.brotli
            )?;
        }
        Ok(())
    }
}

impl Bytes {
    fn of(path: &Path) -> Result<Self> {
        let length = |ending: &str| {
            let path = format!("{}{ending}", path.display());
            std::fs::metadata(&path)
                .map(|found| found.len())
                .with_context(|| format!("{path} is missing"))
        };
        Ok(Self {
            raw: length("")?,
            gzip: length(".gz")?,
            brotli: length(".br")?,
        })
    }

    fn plus(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }
}

fn each(folder: &Path, ending: &str) -> Result<Vec<(String, Bytes)>> {
    files::walk(folder, &[])?
        .iter()
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .map(|path| {
            Ok((
                path.file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                Bytes::of(path)?,
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(brotli: u64) -> Table {
        Table {
            rows: vec![(
                "loader".to_owned(),
                Bytes {
                    raw: 9,
                    gzip: 8,
                    brotli,
                },
            )],
        }
    }

    #[test]
    fn one_byte_over_the_budget_is_over() {
        let budgets = BTreeMap::from([("loader".to_owned(), 100)]);
        for (bytes, kept) in [(100, true), (101, false)] {
            let verdicts = table(bytes).against(&budgets).expect("measured");
            assert_eq!(
                verdicts
                    .iter()
                    .map(|verdict| verdict.kept)
                    .collect::<Vec<_>>(),
                [kept]
            );
        }
    }

    #[test]
    fn budget_for_nothing_is_an_error() {
        assert!(
            table(1)
                .against(&BTreeMap::from([("laoder".to_owned(), 100)]))
                .is_err()
        );
    }
}
