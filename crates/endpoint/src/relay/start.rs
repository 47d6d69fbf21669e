//! The relay in the serving program: what runs beside the calls, and what `/metrics` says of it.

use super::Relay;
use crate::app::App;
use crate::store::relay::RelayState;
use crate::store::{Store, StoreError};
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;

/// Between two looks for tickets that are due. A look that finds none only reads.
const LOOK: Duration = Duration::from_secs(1);
/// After the store did not answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Everything that runs, until it is dropped: wherever it is then, the next start goes on from there. Nothing, if the
/// relay is off.
pub fn start(app: &Arc<App>) -> JoinSet<()> {
    let mut running = JoinSet::new();
    if let Some(relay) = &app.relay {
        running.spawn(hand_on(Arc::clone(relay)));
        running.spawn(watch(Arc::clone(relay)));
    }
    running
}

/// As many tickets at a time as the portal may be called for.
async fn hand_on(relay: Arc<Relay>) {
    let places = usize::try_from(relay.config.calls).unwrap_or(1);
    let places = Arc::new(Semaphore::new(places));
    let mut workers = JoinSet::new();
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        while workers.try_join_next().is_some() {}
        match relay.claim().await {
            Ok(Some(job)) => {
                let relay = Arc::clone(&relay);
                workers.spawn(async move { told(relay.work(job).await, place) });
            }
            Ok(None) => tokio::time::sleep(LOOK).await,
            Err(cause) => {
                tracing::warn!(%cause, "tickets could not be handed on; they wait");
                tokio::time::sleep(PATIENCE).await;
            }
        }
    }
}

/// Asks the portal what has changed. A look whether it is time only reads.
async fn watch(relay: Arc<Relay>) {
    loop {
        let pause = match relay.poll().await {
            Ok(()) => LOOK,
            Err(cause) => {
                tracing::warn!(%cause, "what has changed at the portal could not be noted");
                PATIENCE
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// What the store could not write down is found out again when the lease has ended.
fn told(done: Result<(), StoreError>, _place: OwnedSemaphorePermit) {
    if let Err(cause) = done {
        tracing::warn!(%cause, "what became of a ticket could not be written down");
    }
}

/// Tickets by where they are on their way, in Prometheus' text format. Counted in the database, for all programs.
pub async fn metrics(store: &Store) -> Result<String, StoreError> {
    let mut text = String::new();
    text.push_str(
        "# HELP partner_endpoint_relay_tickets Tickets on their way to the portal by state.\n",
    );
    text.push_str("# TYPE partner_endpoint_relay_tickets gauge\n");
    let counts = store.relay_counts().await?;
    for state in RelayState::ALL {
        let counted = counts.iter().find(|counted| counted.state == state);
        let tickets = counted.map_or(0, |counted| counted.tickets);
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "partner_endpoint_relay_tickets{{state=\"{}\"}} {tickets}",
            state.code()
        );
    }
    Ok(text)
}
