//! `cargo xtask seed-data` fills a database; `cargo xtask scale` measures calls at ten thousand and at a million tickets.
//! Must never fill a database that has something in it, nor leave behind what it measured on.

mod endpoint;
mod http;
mod measure;
mod report;
mod token;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::files;
use crate::machine::postgres::Server;
use crate::process::{cargo, command, run as run_command, step};
use endpoint::Endpoint;
use report::Table;

/// Of every shop's key, HS256: made-up data have nothing to hide.
const SECRET: &str = "made-up-data-have-nothing-to-hide";
/// As `docs/scale.md` says them.
const SIZES: [u32; 2] = [10_000, 1_000_000];
const SHOPS: u32 = 1_000;
/// Calls of each kind at each size. The hundredth part of it is what p99 is read from.
const ROUNDS: u32 = 2_000;

/// What is to be made up, and where.
pub(crate) struct Seeding {
    pub(crate) shops: Option<u32>,
    pub(crate) tickets: Option<u32>,
    pub(crate) seed: Option<u32>,
    pub(crate) data: Option<PathBuf>,
    pub(crate) database: Option<String>,
}

pub(crate) fn seed_data(seeding: &Seeding) -> Result<ExitCode> {
    build()?;
    let mut made = seeder();
    for (name, number) in [
        ("--shops", seeding.shops),
        ("--tickets", seeding.tickets),
        ("--seed", seeding.seed),
    ] {
        made.args(
            number
                .iter()
                .flat_map(|number| [name.to_owned(), number.to_string()]),
        );
    }
    made.args(
        seeding
            .data
            .iter()
            .flat_map(|data| [Path::new("--data"), data]),
    );
    made.args(
        seeding
            .database
            .iter()
            .flat_map(|url| ["--database", url.as_str()]),
    );
    run_command(&mut made)?;
    Ok(ExitCode::SUCCESS)
}

/// Measures on both stores, one after the other; `sizes` and `rounds` other than usual leave the documents alone.
pub(crate) fn run(large: Option<u32>, rounds: Option<u32>, only: Option<&str>) -> Result<ExitCode> {
    let stores: &[&str] = match only {
        None => &["SQLite", "PostgreSQL"],
        Some("sqlite") => &["SQLite"],
        Some("postgres") => &["PostgreSQL"],
        Some(other) => bail!("`--store {other}`: sqlite or postgres"),
    };
    build()?;
    let [small, usual] = SIZES;
    let sizes = [small, large.unwrap_or(usual)];
    let mut tables = Vec::new();
    for store in stores {
        let server = match *store {
            "PostgreSQL" => Some(Server::durable()?),
            _ => None,
        };
        let table = on_store(store, server.as_ref(), sizes, rounds.unwrap_or(ROUNDS))?;
        print!("{}", table.shown());
        tables.push(table);
    }
    if sizes == SIZES && rounds.is_none() {
        report::write(&tables)?;
    }
    let missed = tables.iter().filter(|table| !table.holds()).count();
    match missed {
        0 => Ok(ExitCode::SUCCESS),
        _ => bail!("p99 has grown more than twofold"),
    }
}

/// Fills two databases of a store and measures on both in turns.
fn on_store(store: &str, server: Option<&Server>, sizes: [u32; 2], rounds: u32) -> Result<Table> {
    let folder = std::env::temp_dir().join(format!("partner-desk-scale-{}", std::process::id()));
    files::remove(&folder)?;
    let mut endpoints = Vec::new();
    let mut bytes = Vec::new();
    for tickets in sizes {
        let data = folder.join(tickets.to_string());
        std::fs::create_dir_all(&data)?;
        let database = server
            .map(|server| server.schema(&format!("of_{tickets}")))
            .transpose()?;
        step(&format!("{store}: {tickets} tickets"), || {
            let mut made = seeder();
            made.args([
                "--shops",
                &SHOPS.to_string(),
                "--tickets",
                &tickets.to_string(),
                "--data",
            ]);
            made.arg(&data);
            made.args(database.iter().flat_map(|url| ["--database", url.as_str()]));
            run_command(&mut made)
        })?;
        bytes.push(match server {
            None => std::fs::metadata(data.join("endpoint.sqlite"))?.len(),
            Some(server) => server.bytes(&format!("of_{tickets}"))?,
        });
        endpoints.push(Endpoint::start(
            &program("partner-endpoint"),
            &data,
            database.as_deref(),
        )?);
    }
    let measured = step(&format!("{store}: {rounds} rounds"), || {
        measure::in_turns(&mut endpoints, sizes, rounds)
    });
    drop(endpoints);
    files::remove(&folder)?;
    Ok(Table {
        store: store.to_owned(),
        sizes,
        bytes,
        rows: measured?,
        rounds,
    })
}

/// The endpoint as it is released, and the program that makes up data.
fn build() -> Result<()> {
    step("endpoint, for release", || {
        let words = "build --release -p partner-endpoint --features seeding --bin partner-endpoint --example seed_data";
        run_command(cargo().args(words.split(' ')))
    })
}

fn seeder() -> std::process::Command {
    let mut seeder = command(program("examples/seed_data"));
    seeder.env("PARTNER_SEED_SECRET", SECRET);
    seeder
}

fn program(name: &str) -> PathBuf {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    files::target().join("release").join(file)
}
