//! Keeping in the browser what the state holds, and hearing what other tabs have changed.

use super::Shell;
use super::task::{Task, cancellable, keeping};
use crate::platform::network::Shown;
use crate::platform::records;
use crate::platform::tabs::{self, Listener};
use crate::platform::vault::Change;
use crate::state::files::FilesAction;
use crate::state::storage::{Kept, Lack, Mirror};
use crate::state::{Action, State};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use yew::platform::spawn_local;

pub(super) fn read(shell: &Shell, attempt: u32, state: &State) -> Task {
    let Some(owner) = state.owner.clone() else {
        return Task::done();
    };
    let shell = shell.clone();
    cancellable(|signal| async move {
        let result = all(&shell, &owner).await;
        if !signal.aborted() {
            shell.dispatch.emit(Action::KeptRead { attempt, result });
        }
    })
}

async fn all(shell: &Shell, owner: &str) -> Result<Box<Kept>, Lack> {
    let now = shell.clock.now();
    let kept = records::kept(shell.vault.read(owner).await?, now);
    let blobs = records::blobs(shell.vault.read_files(owner).await?, now);
    for (id, blob) in blobs.found {
        shell.blobs.put(id, blob);
    }
    let mut kept = kept;
    if let Some(feedback) = &mut kept.found.feedback {
        feedback
            .files
            .retain(|file| shell.blobs.get(&file.id).is_some());
    }
    // What is too old is left for the next time if it cannot be removed.
    if !kept.old.is_empty() {
        let _removed = shell.vault.write(owner, kept.old).await;
    }
    if !blobs.old.is_empty() {
        let _removed = shell.vault.write_files(owner, blobs.old).await;
    }
    Ok(Box::new(kept.found))
}

pub(super) fn write(shell: &Shell, mirror: &Mirror, state: &State) {
    let now = shell.clock.now();
    let mut changes = Vec::new();
    if mirror.draft {
        changes.push(records::draft(state, now));
    }
    for key in &mirror.entries {
        changes.extend(records::entry(state, key, now));
    }
    for reference in &mirror.writings {
        changes.extend(records::writing(state, reference, now));
    }
    if mirror.feedback {
        changes.push(records::feedback(&state.feedback, now));
    }
    send(shell, changes, state);
}

/// Keeps the bytes of a file.
pub(super) fn file(shell: &Shell, id: &Rc<str>, state: &State) {
    let owner = state.owner.clone().filter(|_| state.storage.keeps());
    let (Some(owner), Some(blob)) = (owner, shell.blobs.get(id)) else {
        return;
    };
    let (shell, id) = (shell.clone(), Rc::clone(id));
    spawn_local(async move {
        let write = async |bytes: &JsValue| {
            let change = records::file(&id, bytes, shell.clock.now());
            shell.vault.write_files(&owner, vec![change]).await
        };
        let mut result = write(&blob).await;
        if result == Err(Lack::Refused)
            && let Ok(bytes) = JsFuture::from(blob.array_buffer()).await
        {
            result = write(&bytes).await;
        }
        // Otherwise it is there as long as the page is: what is typed is kept all the same.
        if result.is_ok() {
            shell.dispatch.emit(Action::Files(FilesAction::Kept(id)));
        }
    });
}

/// The bytes of these are not needed any more.
pub(super) fn drop_files(shell: &Shell, ids: &[Rc<str>], state: &State) {
    for id in ids {
        shell.blobs.remove(id);
    }
    let changes: Vec<Change> = ids.iter().map(|id| records::no_file(id)).collect();
    if let Some(owner) = state.owner.clone().filter(|_| state.storage.keeps()) {
        let vault = shell.vault.clone();
        spawn_local(async move {
            // They are removed after a week at the latest.
            let _removed = vault.write_files(&owner, changes).await;
        });
    }
}

pub(super) fn over(shell: &Shell, key: &str, reference: Option<&str>, state: &State) {
    let changes = records::over(key, reference, shell.clock.now());
    send(shell, changes.into(), state);
}

fn send(shell: &Shell, changes: Vec<Change>, state: &State) {
    let Some(owner) = state.owner.clone().filter(|_| state.storage.keeps()) else {
        return;
    };
    let shell = shell.clone();
    spawn_local(async move {
        let result = shell.vault.write(&owner, changes).await;
        if result.is_ok() {
            shell.tell(&owner);
        }
        let was_full = shell.was_full.replace(result == Err(Lack::Full));
        if result != Ok(()) || was_full {
            shell.dispatch.emit(Action::Written(result));
        }
    });
}

/// Nothing of this owner stays; with `tell` in no tab.
pub(super) fn purge(shell: &Shell, owner: Option<&Rc<str>>, tell: bool) {
    let (shell, owner) = (shell.clone(), owner.cloned());
    spawn_local(async move {
        // Where nothing could be kept, nothing is there to be removed.
        let _purged = shell.vault.purge(owner.as_deref()).await;
        if let Some(owner) = owner.filter(|_| tell) {
            tabs::tell_gone(&owner);
        }
    });
}

/// Says that somebody is signed out, once what they had is gone: the page may be left at once.
pub(super) fn left(shell: &Shell, sent: u32, dropped: u32) {
    let (vault, bridge) = (shell.vault.clone(), shell.bridge.clone());
    spawn_local(async move {
        // Writings are done in their order, and this one comes after the removal.
        vault.rest().await;
        bridge.left(sent, dropped);
    });
}

/// Hears from other tabs until the task is dropped.
pub(super) fn listen(shell: &Shell, state: &State) -> Task {
    let Some(owner) = state.owner.clone() else {
        return Task::done();
    };
    let dispatch = shell.dispatch.clone();
    let listener = Listener::new(&owner, move |gone| {
        dispatch.emit(if gone {
            Action::SignedOutElsewhere
        } else {
            Action::KeptElsewhere
        });
    });
    let listener = Rc::new(listener);
    *shell.tabs.borrow_mut() = Rc::downgrade(&listener);
    let dispatch = shell.dispatch.clone();
    // A page that comes back as it was has heard nothing meanwhile.
    let back = Shown::new(move || dispatch.emit(Action::KeptElsewhere));
    keeping((listener, back))
}
