//! `cargo xtask seed-data`: fills an empty database with made-up data of any size. No part of the released program.

use anyhow::{Context, bail};
use clap::Parser;
use partner_endpoint::clock::{Clock, SystemClock, Timestamp};
use partner_endpoint::config::{self, RawStore};
use partner_endpoint::store::Store;
use partner_endpoint::store::seed::Seed;

/// Made-up shops, users, accounts and tickets, for measurements.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    store: RawStore,
    #[arg(long, default_value_t = 1000)]
    shops: u32,
    #[arg(long, default_value_t = 1_000_000)]
    tickets: u32,
    /// Another number makes other data of the same kind.
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// When the last ticket was filed (RFC 3339). Default: now
    #[arg(long)]
    now: Option<String>,
    /// HS256 secret of the shops' keys; a key's kid is its shop's id.
    #[arg(long, env = "PARTNER_SEED_SECRET")]
    secret: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let now = match &arguments.now {
        None => SystemClock.now(),
        Some(text) => {
            Timestamp::parse(text).context("`--now` is an instant as RFC 3339 writes it")?
        }
    };
    if !(1..100_000).contains(&arguments.shops) || arguments.tickets == 0 {
        bail!("1 to 99999 shops, and at least one ticket");
    }
    let policy = config::load_policy(arguments.store.policy.as_deref())?;
    let store = Store::open(&config::database(&arguments.store, false)?).await?;
    let seed = Seed {
        shops: arguments.shops,
        tickets: arguments.tickets,
        seed: arguments.seed,
        now,
        secret: arguments.secret,
    };
    let steps = |made| {
        if made % 200_000 == 0 {
            println!("{made} tickets");
        }
    };
    let made = store.seed(&seed, policy.rules(), steps).await;
    store.close().await;
    made?;
    println!("{} tickets of {} shops", seed.tickets, seed.shops);
    Ok(())
}
