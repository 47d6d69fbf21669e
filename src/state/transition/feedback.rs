//! Transitions of feedback on the translation.

use super::super::feedback::{Answer, Feedback, FeedbackAction, Part, Standing};
use super::super::signal::{Errand, FocusTarget, Spoken};
use super::super::storage::Mirror;
use super::super::{Screen, State};
use super::{errand, focus, go, keeping, say};
use std::rc::Rc;

pub(super) fn feedback(state: &mut State, action: FeedbackAction) {
    let before = Rc::clone(&state.feedback);
    act(state, action);
    if !Rc::ptr_eq(&before, &state.feedback) && *before != *state.feedback {
        keep(state, &before);
    }
}

/// Has it kept for the one who is signed in. Nobody else may find it, so it is not kept for nobody.
fn keep(state: &mut State, before: &Feedback) {
    if before.is_begun() || state.feedback.is_begun() {
        keeping::keep(state, Mirror::feedback());
    }
    let stays = |id: &Rc<str>| {
        let sent = matches!(state.feedback.standing, Standing::Sent { .. });
        !sent && state.feedback.files.iter().any(|file| file.id == *id)
    };
    let ids = before.files.iter().map(|file| Rc::clone(&file.id));
    let gone: Vec<Rc<str>> = ids.filter(|id| !stays(id)).collect();
    if !gone.is_empty() {
        errand(state, Errand::DropFiles(gone));
    }
}

/// What an earlier page has left, unless there is something already. What may have arrived can only be sent
/// again as it is.
pub(super) fn restore(state: &mut State, kept: Option<Feedback>) {
    match kept {
        Some(kept) if !state.feedback.is_begun() => state.feedback = Rc::new(kept),
        // Two tabs, two texts: the one that was written last stays. Answering each other they would never stop.
        Some(_) => {}
        None if state.feedback.is_begun() => keeping::keep(state, Mirror::feedback()),
        None => {}
    }
}

fn act(state: &mut State, action: FeedbackAction) {
    let attempt = state.attempts + 1;
    let form = Rc::make_mut(&mut state.feedback);
    match action {
        FeedbackAction::Wanted => {
            go(state, Screen::Feedback);
            focus(state, FocusTarget::Title);
            errand(state, Errand::BeginFeedback);
        }
        FeedbackAction::Begun { page, key } => {
            if form.key.is_none() {
                form.key = Some(key);
                form.set(Part::PageUrl, page);
            }
        }
        FeedbackAction::Answered { attempt, answer } => answered(state, attempt, answer),
        FeedbackAction::Another => {
            if let Standing::Sent { .. } = form.standing {
                // Who it is has not changed, and nobody types it twice.
                let mut next = Feedback::default();
                for part in [Part::Name, Part::Email] {
                    next.set(part, Rc::from(form.text(part)));
                }
                *form = next;
                errand(state, Errand::BeginFeedback);
                focus(state, FocusTarget::Id("pd-feedback-subject"));
            }
        }
        FeedbackAction::Submit => {
            if form.sending().is_some() || form.key.is_none() {
                return;
            }
            if !form.is_frozen() {
                form.wrong = form.check();
                if let Some(first) = form.wrong.first() {
                    let part = first.part;
                    return focus(state, FocusTarget::Feedback(part));
                }
            }
            form.standing = Standing::Sending { attempt };
            state.attempts = attempt;
            say(state, Spoken::Sending);
        }
        FeedbackAction::Edited(..) | FeedbackAction::Picked(_) | FeedbackAction::Removed(_) => {
            edited(form, action);
        }
    }
}

fn edited(form: &mut Feedback, action: FeedbackAction) {
    if form.is_frozen() {
        return;
    }
    match action {
        FeedbackAction::Edited(part, text) => form.set(part, text),
        FeedbackAction::Picked(files) => form.files.extend(files),
        FeedbackAction::Removed(id) => form.files.retain(|file| file.id != id),
        FeedbackAction::Wanted
        | FeedbackAction::Begun { .. }
        | FeedbackAction::Submit
        | FeedbackAction::Answered { .. }
        | FeedbackAction::Another => return,
    }
    form.wrong.retain(|wrong| wrong.part != Part::Screenshots);
    form.standing = Standing::Editing;
}

fn answered(state: &mut State, attempt: u32, answer: Answer) {
    let form = Rc::make_mut(&mut state.feedback);
    if form.sending() != Some(attempt) {
        return;
    }
    match answer {
        Answer::Sent { reference } => {
            form.standing = Standing::Sent { reference };
            say(state, Spoken::FeedbackSent);
            focus(state, FocusTarget::Title);
        }
        Answer::Failed { fault, wrong } => {
            form.standing = if fault.outcome_unknown() {
                Standing::Unknown(fault.clone())
            } else {
                Standing::Failed(fault.clone())
            };
            let first = wrong.first().map(|wrong| wrong.part);
            form.wrong = wrong;
            say(state, Spoken::NotSent(fault));
            if let Some(part) = first {
                focus(state, FocusTarget::Feedback(part));
            }
        }
    }
}
