//! Sending one attachment: its bytes by their id, and what became of them as the state takes it.
//! Never decides whether a file may go: the state has started it.

use super::Shell;
use super::task::{Task, cancellable};
use crate::platform::blobs::{Blobs, is_readable};
use crate::platform::clock::instant;
use crate::platform::endpoint::{Bad, Endpoint};
use crate::platform::upload;
use crate::state::files::{Arrival, Attached, Files, FilesAction, Uploaded};
use crate::state::{Action, Fault, State};
use std::rc::Rc;
use web_sys::AbortSignal;
use yew::Callback;

pub(super) fn upload(shell: &Shell, attempt: u32, state: &State) -> Task {
    let mut sending = state.all_files().filter_map(Files::sending);
    let file = sending.find(|(_, sent)| *sent == attempt);
    // A ticket of the outbox may go without a connection; its files go where it goes.
    let waiting = state
        .outbox
        .entries
        .iter()
        .find_map(|entry| entry.bases.first());
    let base = state
        .connected()
        .map(|connected| &connected.base)
        .or(waiting);
    let (Some((file, _)), Some(base)) = (file, base) else {
        return Task::done();
    };
    let (file, endpoint) = (file.clone(), shell.endpoint_at(Rc::clone(base)));
    let (blobs, dispatch) = (shell.blobs.clone(), shell.dispatch.clone());
    let on_progress =
        dispatch.reform(move |bytes| Action::Files(FilesAction::Progress { attempt, bytes }));
    cancellable(|signal| async move {
        let arrival = deliver(&endpoint, &blobs, &file, &signal, &on_progress).await;
        if !signal.aborted() {
            dispatch.emit(Action::Files(FilesAction::Answered { attempt, arrival }));
        }
    })
}

async fn deliver(
    endpoint: &Endpoint,
    blobs: &Blobs,
    file: &Attached,
    signal: &AbortSignal,
    on_progress: &Callback<u64>,
) -> Arrival {
    let Some(blob) = blobs.get(&file.id) else {
        return Arrival::Unreadable;
    };
    match upload::upload(endpoint, &file.name, &blob, signal, on_progress).await {
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
