//! SHELL: where state meets the browser. The runner keeps what is under way in line with what the
//! state says should be; answers come back as actions.

mod access;
mod connect;
mod errand;
mod guide;
mod listing;
mod submit;
mod task;
pub mod upload;
mod verify;
mod wait;

use crate::platform::bridge::Bridge;
use crate::platform::clock::Clock;
use crate::platform::endpoint::Endpoint;
use crate::platform::key::new_key;
use crate::platform::token::Tokens;
use crate::state::requests::{Detail, Load};
use crate::state::{Action, Effect, State, Submission, Verification, pending};
use std::rc::Rc;
use task::Task;
use yew::Callback;

/// What every effect needs.
#[derive(Clone)]
pub(crate) struct Shell {
    bridge: Bridge,
    tokens: Tokens,
    clock: Clock,
    dispatch: Callback<Action>,
}

impl Shell {
    fn endpoint(&self, state: &State) -> Option<Endpoint> {
        Some(self.endpoint_at(state.connected()?.base.clone()))
    }

    fn endpoint_at(&self, base: Rc<str>) -> Endpoint {
        Endpoint {
            base,
            tokens: self.tokens.clone(),
            identity: self.tokens.identity(),
        }
    }
}

pub struct Runner {
    shell: Shell,
    running: Vec<(Effect, Task)>,
}

impl Runner {
    pub fn new(bridge: Bridge, dispatch: Callback<Action>) -> Self {
        let changed = dispatch.reform(|()| Action::SignedOut);
        let tokens = Tokens::new(bridge.clone(), changed);
        let shell = Shell {
            bridge,
            tokens,
            clock: Clock::default(),
            dispatch,
        };
        Self {
            shell,
            running: Vec::new(),
        }
    }

    /// Starts what is new, drops (and so cancels) what is no longer wanted.
    pub fn sync(&mut self, state: &State) {
        let wanted = pending(state);
        self.running.retain(|(effect, _)| wanted.contains(effect));
        for effect in wanted {
            if !self.running.iter().any(|(known, _)| *known == effect) {
                let task = start(&self.shell, effect, state);
                self.running.push((effect, task));
            }
        }
    }
}

fn start(shell: &Shell, effect: Effect, state: &State) -> Task {
    match effect {
        Effect::Connect { attempt } => connect::connect(shell, attempt, state),
        Effect::MakeKey => {
            shell.dispatch.emit(Action::KeyMade(new_key()));
            Task::done()
        }
        Effect::Verify { attempt } => match (&state.verification, shell.endpoint(state)) {
            (Verification::Wanted { question, .. }, Some(endpoint)) => {
                verify::verify(shell, endpoint, attempt, question)
            }
            (
                Verification::Idle
                | Verification::Wanted { .. }
                | Verification::Known { .. }
                | Verification::Failed { .. },
                _,
            ) => Task::done(),
        },
        Effect::Submit { attempt } => match &state.submission {
            Submission::Sending { parcel, .. } => submit::submit(shell, attempt, parcel),
            Submission::Editing | Submission::Unknown { .. } | Submission::Refused { .. } => {
                Task::done()
            }
        },
        Effect::LoadRequests { attempt } => match (&state.requests.load, shell.endpoint(state)) {
            (Load::Wanted { cursor, .. }, Some(endpoint)) => {
                listing::list(shell, endpoint, attempt, cursor.clone())
            }
            (Load::Idle | Load::Wanted { .. } | Load::Ready | Load::Failed { .. }, _) => {
                Task::done()
            }
        },
        Effect::LoadDetail { attempt } => match (&state.detail, shell.endpoint(state)) {
            (Detail::Wanted { reference, .. }, Some(endpoint)) => {
                listing::detail(shell, endpoint, attempt, reference)
            }
            (
                Detail::Closed | Detail::Wanted { .. } | Detail::Ready(_) | Detail::Failed { .. },
                _,
            ) => Task::done(),
        },
        Effect::LoadAccess { attempt } => match (&state.access.load, shell.endpoint(state)) {
            (Load::Wanted { cursor, .. }, Some(endpoint)) => access::users(
                shell,
                endpoint,
                attempt,
                &state.access.query,
                cursor.clone(),
            ),
            (Load::Idle | Load::Wanted { .. } | Load::Ready | Load::Failed { .. }, _) => {
                Task::done()
            }
        },
        Effect::SetAccess { attempt } => {
            let mut changes = state.access.under_way();
            let change = changes.find(|change| change.attempt == attempt);
            match (change, shell.endpoint(state)) {
                (Some(change), Some(endpoint)) => access::set(shell, endpoint, change),
                (Some(_) | None, _) => Task::done(),
            }
        }
        Effect::LoadAccessLog { attempt } => {
            match (&state.access.log_load, shell.endpoint(state)) {
                (Load::Wanted { cursor, .. }, Some(endpoint)) => {
                    access::log(shell, endpoint, attempt, cursor.clone())
                }
                (Load::Idle | Load::Wanted { .. } | Load::Ready | Load::Failed { .. }, _) => {
                    Task::done()
                }
            }
        }
        Effect::LoadGuide { attempt } => guide::load(shell, attempt, state),
        Effect::Errand { number } => errand::run(shell, number, state),
        Effect::Wait { attempt } => match &state.retry {
            Some(retry) => wait::wait(shell, attempt, retry.seconds),
            None => Task::done(),
        },
        Effect::KeepTime => task::every(30_000, {
            let shell = shell.clone();
            move || {
                shell.dispatch.emit(Action::Tick {
                    now_ms: shell.clock.now_ms(),
                })
            }
        }),
    }
}
