//! What time and the network bring about: the next round of sending, and the end of a sign-out.

use super::Shell;
use super::task::{Task, cancellable, keeping};
use crate::platform::network::Watch;
use crate::state::transition::OutboxAction;
use crate::state::{Action, State};
use gloo_timers::future::TimeoutFuture;

/// `signOut()` waits this long for what is unsent.
const LEAVE_MS: u32 = 3_000;

/// Waits for the next round of sending. Chance takes up to a third off, so that tabs and partners who lost
/// an endpoint together do not come back together.
pub(super) fn pause(shell: &Shell, attempt: u32, state: &State) -> Task {
    let Some(pause) = state.outbox.pause else {
        return Task::done();
    };
    let ms = shortened(pause.ms);
    let at_ms = shell.clock.now_ms() + i64::from(ms);
    let shell = shell.clone();
    let act = move |action| shell.dispatch.emit(Action::Outbox(action));
    act(OutboxAction::Pausing { attempt, at_ms });
    cancellable(|signal| async move {
        TimeoutFuture::new(ms).await;
        if !signal.aborted() {
            act(OutboxAction::Due { attempt });
        }
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between two thirds and all of a number that fits"
)]
fn shortened(ms: u32) -> u32 {
    (f64::from(ms) * (1.0 - js_sys::Math::random() / 3.0)) as u32
}

pub(super) fn watch(shell: &Shell) -> Task {
    let dispatch = shell.dispatch.clone();
    keeping(Watch::new(move || {
        dispatch.emit(Action::Outbox(OutboxAction::Nudged));
    }))
}

pub(super) fn leave(shell: &Shell, attempt: u32) -> Task {
    let dispatch = shell.dispatch.clone();
    cancellable(|signal| async move {
        TimeoutFuture::new(LEAVE_MS).await;
        if !signal.aborted() {
            dispatch.emit(Action::LeaveDue { attempt });
        }
    })
}
