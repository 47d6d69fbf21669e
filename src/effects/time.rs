//! Keeping relative times true: as time goes by, and when the browser's clock jumps.

use super::Shell;
use super::task::{Task, cancellable, every};
use crate::platform::endpoint::Endpoint;
use crate::state::Action;
use partner_rules::wire::Session;

const EVERY_MS: u32 = 30_000;

pub(super) fn keep(shell: &Shell) -> Task {
    look(shell);
    let shell = shell.clone();
    every(EVERY_MS, move || look(&shell))
}

fn look(shell: &Shell) {
    let now_ms = shell.clock.now_ms();
    shell.dispatch.emit(Action::Tick { now_ms });
    if shell.clock.jumped() {
        shell.dispatch.emit(Action::ClockDoubted);
    }
}

/// The endpoint says the time with who is signed in. No answer changes nothing.
pub(super) fn ask(shell: &Shell, endpoint: Endpoint, attempt: u32) -> Task {
    let shell = shell.clone();
    cancellable(|signal| async move {
        let answer = endpoint.get::<Session>("/v1/session", &signal).await;
        if let Ok(session) = answer
            && !signal.aborted()
        {
            shell.clock.correct(&session.server_time);
            let now_ms = shell.clock.now_ms();
            shell.dispatch.emit(Action::ClockSet { attempt, now_ms });
        }
    })
}
