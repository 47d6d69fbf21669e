//! Following what happens at the endpoint: a stream of events, held by one of the visible tabs; where it does
//! not come through, looking now and then.

use super::Shell;
use super::task::{Task, cancellable, keeping, time_limit};
use crate::platform::endpoint::{Endpoint, Parts, read, write};
use crate::platform::network::{Looks, seems_offline};
use crate::platform::news::{Ear, Told};
use crate::platform::stream::{self, Event};
use crate::platform::tabs;
use crate::state::news::{Answered, Asking, NewsAction, Seen};
use crate::state::{Action, State};
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use js_sys::{JSON, Reflect};
use partner_rules::wire::{Receipt, SeenUntil, Session, Unread};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;
use web_sys::{AbortController, AbortSignal};

/// Several changes at once are one question.
const PAUSE_MS: u32 = 300;
/// A stream that works says something at once, and then every 15 seconds.
const FIRST_BYTES_MS: u32 = 10_000;
const SILENCE_MS: u32 = 40_000;
/// Where no stream comes through.
const POLL_MS: u32 = 60_000;
/// After a break: doubled each time, with a part by chance.
const FIRST_PAUSE_MS: u32 = 1_000;
const LONGEST_PAUSE_MS: u32 = 60_000;

/// What the tabs know together.
#[derive(Clone, Default)]
pub(super) struct Known {
    /// The number of the last event that reached this tab.
    last: Rc<RefCell<Option<String>>>,
    ear: Rc<RefCell<Weak<Ear>>>,
}

fn act(shell: &Shell, action: NewsAction) {
    shell.dispatch.emit(Action::News(action));
}

pub(super) fn look(shell: &Shell) -> Task {
    let shell = shell.clone();
    keeping(Looks::new(move |visible| {
        act(&shell, NewsAction::Looked(visible));
    }))
}

pub(super) fn hear(shell: &Shell, state: &State) -> Task {
    // Events of another endpoint or user have other numbers.
    *shell.known.last.borrow_mut() = None;
    let Some(owner) = &state.owner else {
        return Task::done();
    };
    let hearing = shell.clone();
    let ear = Ear::new(owner, move |told| happened(&hearing, told));
    let ear = Rc::new(ear);
    *shell.known.ear.borrow_mut() = Rc::downgrade(&ear);
    keeping(ear)
}

fn happened(shell: &Shell, told: Told) {
    if told.id.is_some() {
        *shell.known.last.borrow_mut() = told.id;
    }
    act(
        shell,
        match told.reference {
            Some(reference) => NewsAction::Happened(Rc::from(reference)),
            None => NewsAction::Missed,
        },
    );
}

pub(super) fn follow(shell: &Shell, endpoint: Endpoint, state: &State) -> Task {
    let (shell, owner) = (shell.clone(), state.owner.clone());
    cancellable(|signal| async move {
        // Held until this tab is hidden or gone; meanwhile the others hear from it.
        let _turn = match &owner {
            Some(owner) => tabs::stay(owner, &signal).await,
            None => None,
        };
        let mut vain = 0_u32;
        while !signal.aborted() {
            let went = once(&shell, &endpoint, owner.as_deref(), &signal).await;
            if signal.aborted() {
                return;
            }
            vain = match went {
                Went::Well => 0,
                Went::Short | Went::Nowhere => vain.saturating_add(1),
            };
            TimeoutFuture::new(pause_ms(vain)).await;
            if went == Went::Nowhere && !signal.aborted() && !seems_offline() {
                // What no stream brings is looked for.
                spread(&shell, owner.as_deref(), Told::default());
            }
        }
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between one and two times a number that fits"
)]
fn pause_ms(vain: u32) -> u32 {
    let factor = 1_u32.checked_shl(vain.min(16)).unwrap_or(u32::MAX);
    let pause = FIRST_PAUSE_MS.saturating_mul(factor).min(LONGEST_PAUSE_MS);
    // The second time at the latest it is a matter of looking now and then.
    let pause = if vain > 2 {
        pause.max(POLL_MS / 2)
    } else {
        pause
    };
    (f64::from(pause) * (1.0 + js_sys::Math::random())) as u32
}

/// How a stream went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Went {
    /// Nothing came.
    Nowhere,
    /// It ended soon after it had begun: another one took its place, or something cuts streams off.
    Short,
    Well,
}

/// One stream, to its end.
async fn once(
    shell: &Shell,
    endpoint: &Endpoint,
    owner: Option<&str>,
    signal: &AbortSignal,
) -> Went {
    let Ok(controller) = AbortController::new() else {
        return Went::Nowhere;
    };
    let ends = Timer::new(controller.clone());
    let _outer = Bound::new(signal, controller.clone());
    ends.set(FIRST_BYTES_MS);
    let last = shell.known.last.borrow().clone();
    let opened = endpoint
        .stream("/v1/events", last.as_deref(), &controller.signal())
        .await;
    let Ok(response) = opened else {
        return Went::Nowhere;
    };
    let beats = Cell::new(0_u32);
    let beat = || {
        beats.set(beats.get().saturating_add(1));
        ends.set(SILENCE_MS);
    };
    stream::read(&response, beat, |event| {
        take(shell, owner, event, last.is_none());
    })
    .await;
    match beats.get() {
        0 => Went::Nowhere,
        1 => Went::Short,
        _ => Went::Well,
    }
}

/// Takes in what the stream says. A number alone says how far it is: by it the next stream goes on. With the
/// first one, what happened between the loading of the page and this stream has come to nobody.
fn take(shell: &Shell, owner: Option<&str>, event: Event, fresh: bool) {
    if !event.name.is_empty() || !event.data.is_empty() {
        spread(shell, owner, told(event));
        return;
    }
    let before = shell.known.last.replace(event.id);
    if fresh && before.is_none() {
        act(shell, NewsAction::Began);
    }
}

/// Takes an event in, and tells the other tabs.
fn spread(shell: &Shell, owner: Option<&str>, told: Told) {
    let ear = shell.known.ear.borrow().upgrade();
    if let (Some(ear), Some(owner)) = (ear, owner) {
        ear.tell(owner, &told);
    }
    happened(shell, told);
}

/// `reset` says that events were missed.
fn told(event: Event) -> Told {
    let reference = JSON::parse(&event.data)
        .ok()
        .and_then(|data| Reflect::get(&data, &"reference".into()).ok())
        .and_then(|reference: JsValue| reference.as_string());
    Told {
        id: event.id,
        reference: reference.filter(|_| event.name != "reset"),
    }
}

/// Ends a request when nothing comes.
struct Timer {
    controller: AbortController,
    running: RefCell<Option<Timeout>>,
}

impl Timer {
    const fn new(controller: AbortController) -> Self {
        Self {
            controller,
            running: RefCell::new(None),
        }
    }

    fn set(&self, ms: u32) {
        let controller = self.controller.clone();
        let timeout = Timeout::new(ms, move || controller.abort());
        *self.running.borrow_mut() = Some(timeout);
    }
}

/// Ends a request with another one.
struct Bound {
    _listener: gloo_events::EventListener,
}

impl Bound {
    fn new(outer: &AbortSignal, controller: AbortController) -> Self {
        Self {
            _listener: gloo_events::EventListener::once(outer, "abort", move |_| {
                controller.abort();
            }),
        }
    }
}

pub(super) fn ask(shell: &Shell, endpoint: Endpoint, asking: &Asking) -> Task {
    let (shell, references) = (shell.clone(), Rc::clone(&asking.references));
    let attempt = asking.attempt;
    cancellable(|signal| async move {
        TimeoutFuture::new(PAUSE_MS).await;
        let mut receipts = Vec::new();
        for reference in &*references {
            let mut path = String::from("/v1/tickets/");
            path.push_str(&String::from(js_sys::encode_uri_component(reference)));
            // One that is out of sight by now is simply not there.
            if let Ok(body) = endpoint.fetch(&path, &signal).await {
                receipts.extend(read::<Receipt>(body));
            }
            if signal.aborted() {
                return;
            }
        }
        let session: Result<Session, _> = endpoint.get("/v1/session", &signal).await;
        if signal.aborted() {
            return;
        }
        if let Ok(session) = &session {
            shell.clock.hear(&session.server_time);
            let now_ms = shell.clock.now_ms();
            shell.dispatch.emit(Action::Tick { now_ms });
        }
        let result = session
            .map(|session| Answered {
                receipts,
                unread: session.unread,
            })
            .map_err(|bad| bad.fault);
        act(&shell, NewsAction::Asked { attempt, result });
    })
}

pub(super) fn mark(shell: &Shell, endpoint: Endpoint, seen: &Seen) -> Task {
    let (shell, seen) = (shell.clone(), seen.clone());
    super::task::lasting(async move {
        let mut path = String::from("/v1/tickets/");
        path.push_str(&String::from(js_sys::encode_uri_component(&seen.reference)));
        path.push_str("/seen");
        let until = SeenUntil {
            until: seen.until.to_string(),
        };
        let answer = match write(&until) {
            Ok(body) => {
                let parts = Parts {
                    body: Some(&body),
                    ..Parts::default()
                };
                endpoint.put(&path, &parts, &time_limit()).await.ok()
            }
            Err(_) => None,
        };
        let unread = answer.and_then(|good| read::<Unread>(good.body).ok());
        let marked = NewsAction::Marked {
            attempt: seen.attempt,
            unread: unread.map(|unread| unread.unread),
        };
        act(&shell, marked);
    })
}
