//! Sending one attachment: its bytes by their id, and what became of them as the state takes it.
//! Never decides whether a file may go: the state has started it.

use crate::platform::blobs::{Blobs, is_readable};
use crate::platform::clock::instant;
use crate::platform::endpoint::{Bad, Endpoint};
use crate::platform::upload::upload;
use crate::state::Fault;
use crate::state::files::{Arrival, Attached, Uploaded};
use std::rc::Rc;
use web_sys::AbortSignal;
use yew::Callback;

pub async fn deliver(
    endpoint: &Endpoint,
    blobs: &Blobs,
    file: &Attached,
    signal: &AbortSignal,
    on_progress: &Callback<u64>,
) -> Arrival {
    let Some(blob) = blobs.get(&file.id) else {
        return Arrival::Unreadable;
    };
    match upload(endpoint, &file.name, &blob, signal, on_progress).await {
        Ok(upload) => Arrival::Uploaded(Uploaded {
            expires_at_ms: instant(&upload.expires_at),
            id: Rc::from(upload.id),
        }),
        // To the browser a file that has changed on the disk is a broken connection.
        Err(bad) if bad.fault == Fault::Unreachable && !is_readable(&blob).await => {
            Arrival::Unreadable
        }
        Err(Bad { fault, violations }) => Arrival::Failed { fault, violations },
    }
}
