//! Waiting as long as the endpoint asked for.

use super::Shell;
use super::task::{Task, cancellable};
use crate::state::Action;
use gloo_timers::future::TimeoutFuture;

/// Nobody waits longer than a day; a timer of the browser could not, either.
const LONGEST_S: u32 = 86_400;

pub(super) fn wait(shell: &Shell, attempt: u32, seconds: u32) -> Task {
    let shell = shell.clone();
    let ms = seconds.min(LONGEST_S) * 1000;
    let at_ms = shell.clock.now_ms() + i64::from(ms);
    shell.dispatch.emit(Action::Waiting { attempt, at_ms });
    cancellable(|signal| async move {
        TimeoutFuture::new(ms).await;
        if !signal.aborted() {
            shell.dispatch.emit(Action::Waited { attempt });
        }
    })
}
