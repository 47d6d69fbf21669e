//! SHELL: where state meets the browser. The runner keeps what is under way in line with what the
//! state says should be; answers come back as actions.

mod access;
mod connect;
mod conversation;
mod errand;
mod feedback;
mod guide;
mod keep;
mod later;
mod listing;
mod news;
mod query;
mod route;
mod served;
mod submit;
mod task;
mod time;
pub mod upload;
mod verify;
mod wait;

use crate::platform::blobs::Blobs;
use crate::platform::bridge::Bridge;
use crate::platform::clock::Clock;
use crate::platform::endpoint::Endpoint;
use crate::platform::key::new_key;
use crate::platform::tabs::Listener;
use crate::platform::token::Tokens;
use crate::platform::vault::Vault;
use crate::state::files::Picked;
use crate::state::requests::Load;
use crate::state::transition::ConversingAction;
use crate::state::{Action, Effect, State, Verification, pending};
use served::Served;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use task::Task;
use web_sys::File;
use yew::Callback;

/// What every effect needs.
#[derive(Clone)]
pub(crate) struct Shell {
    bridge: Bridge,
    tokens: Tokens,
    clock: Clock,
    dispatch: Callback<Action>,
    vault: Vault,
    /// The bytes of what was attached.
    blobs: Blobs,
    /// The last writing found no room.
    was_full: Rc<Cell<bool>>,
    served: Served,
    /// Somebody has moved focus on before what is shown now was drawn.
    moved_on: Rc<Cell<bool>>,
    /// How far the request on screen was scrolled when somebody came to it, in px.
    begun: Rc<Cell<i32>>,
    /// By it other tabs are told what has changed.
    tabs: Rc<RefCell<Weak<Listener>>>,
    known: news::Known,
}

impl Shell {
    fn endpoint(&self, state: &State) -> Option<Endpoint> {
        Some(self.endpoint_at(state.connected()?.base.clone()))
    }

    fn endpoint_at(&self, base: Rc<str>) -> Endpoint {
        self.endpoint_for(base, self.tokens.identity())
    }

    /// For whoever was signed in when something began: it gets nobody else's token.
    fn endpoint_for(&self, base: Rc<str>, identity: u32) -> Endpoint {
        Endpoint {
            base,
            tokens: self.tokens.clone(),
            identity,
        }
    }

    fn tell(&self, owner: &str) {
        if let Some(tabs) = self.tabs.borrow().upgrade() {
            tabs.tell_written(owner);
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
            vault: Vault::default(),
            blobs: Blobs::default(),
            was_full: Rc::default(),
            served: Served::default(),
            moved_on: Rc::default(),
            begun: Rc::default(),
            tabs: Rc::default(),
            known: news::Known::default(),
        };
        Self {
            shell,
            running: Vec::new(),
        }
    }

    /// Takes files in, and keeps them in the browser if that is wanted.
    pub fn pick(&self, files: Vec<File>, state: &State) -> Vec<Picked> {
        let picked = self.shell.blobs.take(files);
        for file in &picked {
            keep::file(&self.shell, &file.id, state);
        }
        picked
    }

    /// The element goes while somebody is being signed out: what was kept goes all the same.
    pub fn leave(&self, state: &State) {
        keep::purge(&self.shell, state.owner.as_ref(), true);
        keep::left(&self.shell, 0, state.outbox.unsent());
    }

    /// Starts what is new, drops (and so cancels) what is no longer wanted.
    pub fn sync(&mut self, state: &State, moved_on: bool) {
        self.shell.moved_on.set(moved_on);
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
        Effect::MakeReplyKey => {
            let made = ConversingAction::KeyMade(new_key());
            shell.dispatch.emit(Action::Conversing(made));
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
        Effect::Submit { attempt } => submit::submit(shell, attempt, state),
        Effect::Upload { attempt } => upload::upload(shell, attempt, state),
        Effect::LookAlike { attempt } => match shell.endpoint(state) {
            Some(endpoint) => listing::alike(shell, endpoint, attempt, &state.alike.org_id),
            None => Task::done(),
        },
        Effect::ReadUsual { attempt } => match (&state.alike.usual, shell.endpoint(state)) {
            (Some(usual), Some(endpoint)) => {
                listing::usual(shell, endpoint, attempt, &usual.reference)
            }
            (Some(_) | None, _) => Task::done(),
        },
        Effect::Pause { attempt } => later::pause(shell, attempt, state),
        Effect::Watch => later::watch(shell),
        Effect::ReadKept { attempt } => keep::read(shell, attempt, state),
        Effect::Listen { .. } => keep::listen(shell, state),
        Effect::Leave { attempt } => later::leave(shell, attempt),
        Effect::LoadRequests { attempt } => match (&state.requests.load, shell.endpoint(state)) {
            (Load::Wanted { cursor, .. }, Some(endpoint)) => listing::list(
                shell,
                endpoint,
                attempt,
                cursor.as_deref(),
                &state.requests.filter,
            ),
            (Load::Idle | Load::Wanted { .. } | Load::Ready | Load::Failed { .. }, _) => {
                Task::done()
            }
        },
        Effect::LoadDetail { attempt } => match (state.detail.fetching(), shell.endpoint(state)) {
            (Some((_, reference)), Some(endpoint)) => {
                conversation::detail(shell, endpoint, attempt, reference)
            }
            (Some(_) | None, _) => Task::done(),
        },
        Effect::FetchFile { attempt } => match shell.endpoint(state) {
            Some(endpoint) => conversation::file(shell, endpoint, attempt, state),
            None => Task::done(),
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
        Effect::Look => news::look(shell),
        Effect::Hear { .. } => news::hear(shell, state),
        Effect::Follow { .. } => match shell.endpoint(state) {
            Some(endpoint) => news::follow(shell, endpoint, state),
            None => Task::done(),
        },
        Effect::AskNews { .. } => match (&state.news.asking, shell.endpoint(state)) {
            (Some(asking), Some(endpoint)) => news::ask(shell, endpoint, asking),
            (Some(_) | None, _) => Task::done(),
        },
        Effect::MarkSeen { .. } => match (&state.news.seen, shell.endpoint(state)) {
            (Some(seen), Some(endpoint)) => news::mark(shell, endpoint, seen),
            (Some(_) | None, _) => Task::done(),
        },
        Effect::SendFeedback { attempt } => feedback::send(shell, attempt, state),
        Effect::LoadGuide { attempt } => guide::load(shell, attempt, state),
        Effect::Errand { number } => errand::run(shell, number, state),
        Effect::Wait { attempt } => match &state.retry {
            Some(retry) => wait::wait(shell, attempt, retry.seconds),
            None => Task::done(),
        },
        Effect::AskTime { attempt } => match shell.endpoint(state) {
            Some(endpoint) => time::ask(shell, endpoint, attempt),
            None => Task::done(),
        },
        Effect::KeepTime => time::keep(shell),
    }
}
