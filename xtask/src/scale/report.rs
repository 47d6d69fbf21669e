//! The table: printed, in `docs/scale.md` between its marks, and in `bench/scale.json`.

use std::fmt::Write;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::measure::Row;
use crate::files;

const DOCUMENT: &str = "docs/scale.md";
const NUMBERS: &str = "bench/scale.json";
/// What is between them is written by this program.
const MARKS: [&str; 2] = ["<!-- measured -->", "<!-- end of measured -->"];
/// From ten thousand tickets to a million, p99 may grow so many times.
const GROWTH_MAX: f64 = 2.0;

pub(super) struct Table {
    pub(super) store: String,
    pub(super) sizes: [u32; 2],
    /// What the database takes at each size.
    pub(super) bytes: Vec<u64>,
    pub(super) rows: Vec<Row>,
    pub(super) rounds: u32,
}

/// Of one kind of call at one size, in milliseconds.
struct Times {
    p50: f64,
    p99: f64,
}

impl Table {
    pub(super) fn holds(&self) -> bool {
        self.lines()
            .iter()
            .all(|(_, _, growth)| *growth <= GROWTH_MAX)
    }

    pub(super) fn shown(&self) -> String {
        let [small, large] = self.sizes;
        let mut text = format!(
            "\n{}, {} calls of each kind at each size; milliseconds\n\n| call | {small}: p50 | p99 | {large}: p50 | p99 | growth of p99 |\n| --- | --- | --- | --- | --- | --- |\n",
            self.store, self.rounds
        );
        for (name, [few, many], growth) in self.lines() {
            // Writing to a text cannot fail.
            let _ = writeln!(
                text,
                "| {name} | {:.2} | {:.2} | {:.2} | {:.2} | {growth:.2} |",
                few.p50, few.p99, many.p50, many.p99
            );
        }
        let sizes: Vec<String> = self
            .bytes
            .iter()
            .map(|bytes| format!("{} MiB", bytes >> 20))
            .collect();
        let _ = writeln!(text, "\nThe database takes {}.", sizes.join(" and "));
        text
    }

    fn json(&self) -> Value {
        let rows: Vec<Value> = self
            .lines()
            .iter()
            .map(|(name, [few, many], growth)| {
                json!({"call": name, "small": {"p50_ms": few.p50, "p99_ms": few.p99},
                    "large": {"p50_ms": many.p50, "p99_ms": many.p99}, "growth_of_p99": growth})
            })
            .collect();
        json!({"store": self.store, "tickets": self.sizes, "bytes": self.bytes, "rounds": self.rounds, "calls": rows})
    }

    fn lines(&self) -> Vec<(&'static str, [Times; 2], f64)> {
        self.rows
            .iter()
            .map(|row| {
                let [few, many] =
                    [0, 1].map(|side| times(row.took.get(side).map_or(&[], Vec::as_slice)));
                let growth = many.p99 / few.p99.max(f64::MIN_POSITIVE);
                (row.kind.name(), [few, many], growth)
            })
            .collect()
    }
}

fn times(took: &[Duration]) -> Times {
    let mut sorted = took.to_vec();
    sorted.sort_unstable();
    let part = |hundredths: usize| {
        let found =
            sorted.get((sorted.len() * hundredths / 100).min(sorted.len().saturating_sub(1)));
        found.map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    Times {
        p50: part(50),
        p99: part(99),
    }
}

/// Into the document and beside it.
pub(super) fn write(tables: &[Table]) -> Result<()> {
    let json: Vec<Value> = tables.iter().map(Table::json).collect();
    let numbers = files::root().join(NUMBERS);
    if let Some(folder) = numbers.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(numbers, format!("{:#}\n", Value::Array(json)))?;
    let document = files::root().join(DOCUMENT);
    let text = files::read(&document)?;
    let shown: String = tables.iter().map(Table::shown).collect();
    let text = between(&text, &shown).context("docs/scale.md has lost its marks")?;
    std::fs::write(document, text)?;
    Ok(())
}

fn between(text: &str, new: &str) -> Option<String> {
    let [start, end] = MARKS;
    let (before, rest) = text.split_once(start)?;
    let (_, after) = rest.split_once(end)?;
    Some(format!(
        "{before}{start}\n{}\n\n{end}{after}",
        new.trim_end()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_hundred_calls_the_slowest_is_the_ninety_ninth_percentile() {
        let took: Vec<Duration> = (0..100).map(Duration::from_millis).collect();
        let Times { p50, p99 } = times(&took);
        assert!((p50 - 50.0).abs() < 0.01 && (p99 - 99.0).abs() < 0.01);
        assert!(times(&[]).p99 < 0.01);
    }

    #[test]
    fn only_what_is_between_the_marks_is_written_anew() {
        let text = "a <!-- measured -->old<!-- end of measured --> b";
        let new = between(text, "new\n").expect("marks");
        assert_eq!(
            new,
            "a <!-- measured -->\nnew\n\n<!-- end of measured --> b"
        );
        assert_eq!(between("none", "new"), None);
    }
}
