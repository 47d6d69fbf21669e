//! One-off happenings: focus, announcements that wait, events for the page, copying, printing.

use super::task::{Task, cancellable};
use super::{Shell, keep};
use crate::platform::key::new_key;
use crate::platform::{clipboard, download, focus, language, launcher, link, print, rows, talk};
use crate::state::feedback::FeedbackAction;
use crate::state::signal::{Errand, FocusTarget, HostEvent};
use crate::state::{Action, Fault, State};
use crate::views::access::{level_code, level_id};
use crate::views::add_ticket::preview::asked_id;
use crate::views::feedback::feedback_id;
use crate::views::help::questions::question_id;
use crate::views::requests::row::row_id;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Object, Reflect};
use partner_rules::Field;
use wasm_bindgen::JsValue;
use yew::platform::spawn_local;

/// Counts are announced when typing has paused.
const PAUSE_MS: u32 = 700;

pub(super) fn run(shell: &Shell, number: u32, state: &State) -> Task {
    let found = state
        .signals
        .errands
        .iter()
        .find(|(known, _)| *known == number);
    let Some((_, errand)) = found else {
        return Task::done();
    };
    let root = shell.bridge.root();
    match errand {
        Errand::Focus(target) => {
            // Nobody's typing lands in another field than the one it was meant for.
            if state.open && !shell.moved_on.get() {
                focus_on(&root, target);
            }
        }
        Errand::ScrollTo(px) => rows::scroll_to(&root, *px),
        Errand::ScrollRows(count) => rows::scroll_by(&root, *count),
        Errand::Reveal => {
            if state.open {
                focus::reveal(&root, ".pd-conversation > :last-child");
            }
        }
        Errand::Begin { line } => {
            if state.open {
                talk::begin(&root, *line, &shell.begun);
            }
        }
        Errand::MakeWay => talk::make_way(&root),
        Errand::Emit(event) => emit(shell, event),
        Errand::Copy(text) => {
            let (dispatch, text) = (shell.dispatch.clone(), text.clone());
            spawn_local(async move {
                let worked = clipboard::copy(root, &text).await;
                dispatch.emit(Action::Copied(worked));
            });
        }
        Errand::Print(sheet) => {
            print::print(&root, sheet);
        }
        Errand::Save(paper) => {
            download::save(paper);
        }
        Errand::Keep(mirror) => keep::write(shell, mirror, state),
        Errand::KeepOver { key, reference } => {
            keep::over(shell, key, reference.as_deref(), state);
        }
        Errand::DropFiles(ids) => keep::drop_files(shell, ids, state),
        Errand::Purge { owner, tell } => keep::purge(shell, owner.as_ref(), *tell),
        Errand::Left { sent, dropped } => keep::left(shell, *sent, *dropped),
        Errand::BeginFeedback => {
            let (page, key) = (link::page(), new_key());
            let begun = FeedbackAction::Begun { page, key };
            shell.dispatch.emit(Action::Feedback(begun));
        }
        Errand::MoveLauncher => launcher::to_the_other_side(&root),
        Errand::Speak(tag) => language::ask_for(&root, tag),
        Errand::ForgetToken => shell.tokens.forget(),
        Errand::ShowLevel(whose, level) => {
            focus::choose(&root, &level_id(whose.as_deref()), level_code(*level));
        }
        Errand::RenewToken => renew(shell, state.connected().is_some()),
        Errand::SayLater(_) => {
            let dispatch = shell.dispatch.clone();
            return cancellable(|signal| async move {
                TimeoutFuture::new(PAUSE_MS).await;
                if !signal.aborted() {
                    dispatch.emit(Action::ErrandDone(number));
                }
            });
        }
    }
    shell.dispatch.emit(Action::ErrandDone(number));
    Task::done()
}

/// Asks the new provider at once if what is on screen belongs to somebody: who has gone must not be
/// looked over the shoulder. An identity that has changed tells itself.
fn renew(shell: &Shell, connected: bool) {
    shell.tokens.expire();
    if !connected {
        return;
    }
    let shell = shell.clone();
    spawn_local(async move {
        let identity = shell.tokens.identity();
        if shell.tokens.get(identity).await == Err(Fault::SignedOut) {
            shell.dispatch.emit(Action::SessionLost);
        }
    });
}

/// Where the wanted element is missing, focus goes to the title: never to the page's body.
fn focus_on(root: &web_sys::Element, target: &FocusTarget) {
    let reached = match target {
        FocusTarget::Title => false,
        FocusTarget::Feedback(part) => focus::focus(root, &feedback_id(*part)),
        FocusTarget::Id(id) => focus::focus(root, id),
        FocusTarget::FirstField => {
            focus::is_at_work(root)
                || focus::focus(root, &crate::components::control_id(Field::Service))
        }
        FocusTarget::Field(field) => focus::focus(root, &crate::components::control_id(*field)),
        FocusTarget::ErrorSummary => focus::focus(root, "pd-error-summary"),
        FocusTarget::Problem => focus::focus(root, "pd-problem"),
        FocusTarget::AddTicket => focus::focus(root, "pd-add-ticket"),
        FocusTarget::Asked(topic) => focus::focus(root, &asked_id(*topic)),
        FocusTarget::Question(id) => focus::focus(root, &question_id(id)),
        FocusTarget::Compose => focus::focus(root, "pd-compose"),
        FocusTarget::Row(reference) => focus::focus(root, &row_id(reference)),
        FocusTarget::Undo => focus::focus(root, "pd-undo"),
    };
    if !reached {
        focus::focus(root, focus::TITLE);
    }
}

fn emit(shell: &Shell, event: &HostEvent) {
    let detail = Object::new();
    let set = |name: &str, value: JsValue| {
        // A plain object takes every property.
        let _always = Reflect::set(&detail, &JsValue::from_str(name), &value);
    };
    match event {
        HostEvent::Submitted {
            reference,
            outcome,
            severity,
            endpoint,
            replayed,
        } => {
            set("reference", JsValue::from_str(reference));
            set("outcome", JsValue::from_str(outcome.code()));
            set(
                "severity",
                severity.map_or(JsValue::NULL, |s| JsValue::from_str(s.code())),
            );
            set("endpoint", JsValue::from_str(endpoint));
            set("replayed", JsValue::from_bool(*replayed));
            shell.bridge.emit("pd-submitted", &detail);
        }
        HostEvent::Queued { draft } => {
            set("draft", JsValue::from_str(draft));
            shell.bridge.emit("pd-queued", &detail);
        }
        HostEvent::Unread { count } => {
            set("count", JsValue::from(*count));
            shell.bridge.emit("pd-unread", &detail);
        }
        HostEvent::Failed {
            draft,
            code,
            retryable,
        } => {
            set("draft", JsValue::from_str(draft));
            set("code", JsValue::from_str(code));
            set("retryable", JsValue::from_bool(*retryable));
            shell.bridge.emit("pd-failed", &detail);
        }
    }
}
