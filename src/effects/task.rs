//! Something under way that can be dropped: dropping cancels it.

use gloo_timers::callback::Interval;
use std::future::Future;
use web_sys::{AbortController, AbortSignal};
use yew::platform::spawn_local;

/// After this long without an answer a request counts as unanswered.
const LIMIT_MS: u32 = 30_000;

pub(super) struct Task {
    _kept: Kept,
}

/// What is kept alive while the task is wanted.
enum Kept {
    Nothing,
    Request { _guard: Guard },
    Timer { _interval: Interval },
    Anything { _kept: Box<dyn std::any::Any> },
}

struct Guard(Option<AbortController>);

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl Task {
    /// Done at once, or not to be cancelled.
    pub(super) const fn done() -> Self {
        Self {
            _kept: Kept::Nothing,
        }
    }
}

/// Runs work that uses requests; dropping the task aborts them.
pub(super) fn cancellable<F>(work: impl FnOnce(AbortSignal) -> F) -> Task
where
    F: Future<Output = ()> + 'static,
{
    // Every browser that runs the app has it; without it the work simply cannot be cancelled.
    let Ok(controller) = AbortController::new() else {
        return Task::done();
    };
    spawn_local(work(controller.signal()));
    Task {
        _kept: Kept::Request {
            _guard: Guard(Some(controller)),
        },
    }
}

/// Runs work to its end, whatever happens to the task.
pub(super) fn lasting(work: impl Future<Output = ()> + 'static) -> Task {
    spawn_local(work);
    Task::done()
}

/// The signal for one request: without an answer after the time limit it counts as unanswered.
pub(super) fn time_limit() -> AbortSignal {
    AbortSignal::timeout_with_u32(LIMIT_MS)
}

/// Keeps something until the task is dropped: listeners.
pub(super) fn keeping(kept: impl std::any::Any) -> Task {
    Task {
        _kept: Kept::Anything {
            _kept: Box::new(kept),
        },
    }
}

/// Calls again and again until the task is dropped.
pub(super) fn every(ms: u32, call: impl FnMut() + 'static) -> Task {
    Task {
        _kept: Kept::Timer {
            _interval: Interval::new(ms, call),
        },
    }
}
