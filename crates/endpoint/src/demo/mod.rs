//! Demo mode: a shop with three users, a directory with two accounts, tokens for the asking, a clock
//! and faults to play with. On loopback only, never beside real shops.

mod controls;
pub mod faults;
mod seed;
pub mod site;
mod tokens;

pub use seed::SHOP_ID;

use crate::agents::{Agent, Secret};
use crate::app::App;
use crate::clock::{AdjustableClock, Clock};
use crate::random::{self, NoRandomness};
use crate::store::agents::tokens::NewToken;
use crate::store::shops::keys::{KeyAlgorithm, KeyRow};
use crate::store::{Store, StoreError};
use axum::Router;
use axum::routing::{get, post};
use faults::Faults;
use std::sync::Arc;

/// Another process on the same file may be younger than this and still sign with its key.
const KEYS_KEPT_S: i64 = 24 * 60 * 60;

pub struct Demo {
    pub clock: Arc<AdjustableClock>,
    pub faults: Faults,
    /// Random per start.
    key: KeyRow,
    agent: Agent,
    /// The agent's, for `/agent`. Random per start.
    agent_token: Secret,
}

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the database holds real shops; demo mode does not touch it")]
    RealShops,
    #[error("the database was made by demo mode and cannot serve real shops")]
    Leftovers,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// Seeds shop, users and directory, and makes this start's signing key.
pub async fn start(store: &Store, clock: Arc<AdjustableClock>) -> Result<Demo, DemoError> {
    let (_, real) = store.count_shops().await?;
    if real > 0 {
        return Err(DemoError::RealShops);
    }
    let now = clock.now();
    seed::shop_and_users(store, now).await?;
    store.replace_accounts(&seed::directory(), now).await?;
    store
        .forget_demo_keys(SHOP_ID, now.plus_seconds(-KEYS_KEPT_S))
        .await?;
    let key = KeyRow {
        kid: format!("demo-{}", random::hex(&random::bytes::<8>()?)),
        shop_id: SHOP_ID.to_owned(),
        algorithm: KeyAlgorithm::Hs256,
        material: random::bytes::<32>()?.to_vec(),
    };
    store.add_key(&key, now).await?;
    let agent = seed::agent(store, now).await?;
    store
        .forget_demo_agent_tokens(now.plus_seconds(-KEYS_KEPT_S))
        .await?;
    let agent_token = Secret::random()?;
    let token = NewToken {
        agent_id: agent.id,
        secret: &agent_token,
        label: "demo",
        // The clock is moved by days, and scripts go on.
        expires_at: None,
    };
    store.add_agent_token(&token, now).await?;
    Ok(Demo {
        clock,
        faults: Faults::default(),
        key,
        agent,
        agent_token,
    })
}

impl Demo {
    /// Whoever asks for it at the desk's door is this one.
    pub fn agent(&self) -> &Agent {
        &self.agent
    }
}

/// A real endpoint must not accept what demo mode signs.
pub async fn refuse_leftovers(store: &Store) -> Result<(), DemoError> {
    match store.count_shops().await? {
        (0, _) => Ok(()),
        _ => Err(DemoError::Leftovers),
    }
}

/// Tokens and controls.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/demo/token", get(tokens::user))
        .route("/demo/agent-token", get(tokens::agent))
        .route("/demo/faults", post(controls::faults))
        .route("/demo/clock", post(controls::clock))
        .route("/demo/reset", post(controls::reset))
}
