//! Sending one attachment: its bytes by their id, and what became of them as the state takes it.
//! Never decides whether a file may go: the state has started it.

use super::Shell;
use super::route::Route;
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
    let Some((file, route)) = find(shell, attempt, state) else {
        return Task::done();
    };
    let (blobs, dispatch) = (shell.blobs.clone(), shell.dispatch.clone());
    let on_progress =
        dispatch.reform(move |bytes| Action::Files(FilesAction::Progress { attempt, bytes }));
    cancellable(|signal| async move {
        let arrival = along(&route, &blobs, &file, &signal, &on_progress).await;
        if !signal.aborted() {
            dispatch.emit(Action::Files(FilesAction::Answered { attempt, arrival }));
        }
    })
}

/// The file of this attempt, and where it goes: where its ticket goes.
fn find(shell: &Shell, attempt: u32, state: &State) -> Option<(Attached, Route)> {
    let sent = |files: &Files| {
        let (file, sent) = files.sending()?;
        (sent == attempt).then(|| file.clone())
    };
    for entry in &state.outbox.entries {
        if let (Some(file), Some(dc)) = (sent(&entry.files), entry.dc()) {
            return Some((file, Route::new(shell, &entry.bases, dc, state)));
        }
    }
    let written = state.writings.all.iter().map(|writing| &writing.files);
    let mut drafts = std::iter::once(&state.form.files).chain(written);
    let file = drafts.find_map(sent)?;
    let base = std::slice::from_ref(&state.connected()?.base);
    Some((file, Route::new(shell, base, state.options.dc?, state)))
}

async fn along(
    route: &Route,
    blobs: &Blobs,
    file: &Attached,
    signal: &AbortSignal,
    on_progress: &Callback<u64>,
) -> Arrival {
    let mut last = Fault::WrongDataCentre;
    for base in route.bases() {
        match route.serves(base, false).await {
            Ok(true) => {}
            Ok(false) => continue,
            Err(fault) => {
                last = fault;
                continue;
            }
        }
        match deliver(&route.endpoint(base), blobs, file, signal, on_progress).await {
            Arrival::Failed { fault, .. } if fault.passes_on() && !signal.aborted() => last = fault,
            arrival @ (Arrival::Uploaded(_) | Arrival::Failed { .. } | Arrival::Unreadable) => {
                return arrival;
            }
        }
    }
    Arrival::Failed {
        fault: last,
        violations: Vec::new(),
    }
}

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
