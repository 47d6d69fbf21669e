//! Transitions of the attachments.

use super::super::action::Answer;
use super::super::files::{Arrival, FilesAction, Standing as FileStanding};
use super::super::outbox::{Entry, Outbox, Standing};
use super::super::reply::Writing;
use super::super::signal::{Errand, FocusTarget, Spoken};
use super::super::storage::Mirror;
use super::super::{Fault, Screen, State, Submission, builtin};
use super::keeping::keep;
use super::{errand, focus, say, sending};
use partner_rules::policy::Limits;
use partner_rules::wire::WireViolation;
use partner_rules::{Field, Violation, ViolationCode};
use std::rc::Rc;

pub(super) fn files(state: &mut State, action: FilesAction) {
    match &action {
        FilesAction::Picked(_) | FilesAction::Removed(_) | FilesAction::Retried(_) => {
            edited(state, action);
        }
        FilesAction::Kept(id) => {
            let id = Rc::clone(id);
            every(state, |files| files.kept(&id));
        }
        FilesAction::Progress { .. } | FilesAction::Answered { .. } => on_its_way(state, action),
    }
}

/// Somebody has changed the list in the form.
fn edited(state: &mut State, action: FilesAction) {
    let Some(limits) = limits(state) else { return };
    if state.submission.is_frozen() {
        return;
    }
    let removed = match &action {
        FilesAction::Removed(id) => Some(Rc::clone(id)),
        FilesAction::Picked(_)
        | FilesAction::Retried(_)
        | FilesAction::Kept(_)
        | FilesAction::Progress { .. }
        | FilesAction::Answered { .. } => None,
    };
    let form = Rc::make_mut(&mut state.form);
    form.touched = true;
    form.typed = true;
    let told = form.files.apply(action, &limits);
    if let Submission::Refused { .. } = state.submission {
        state.submission = Submission::Editing;
    }
    state.discarded = None;
    if let Some(told) = told {
        say(state, Spoken::Files(told));
    }
    measured(state);
    keep(state, Mirror::draft());
    if let Some(id) = removed {
        errand(state, Errand::DropFiles(vec![id]));
        // The button that was pressed is gone with its row.
        focus(state, FocusTarget::Field(Field::Attachments));
    }
    go_on(state);
}

/// The error at the attachments is what is wrong with them now.
fn measured(state: &mut State) {
    let form = Rc::make_mut(&mut state.form);
    let shown = form.error(Field::Attachments).is_some();
    form.errors
        .retain(|error| error.field != Field::Attachments);
    if shown {
        form.errors.extend(form.files.violations().first());
    }
}

/// News of a file that is on its way, whoever it belongs to.
fn on_its_way(state: &mut State, action: FilesAction) {
    let attempt = match &action {
        FilesAction::Progress { attempt, .. } | FilesAction::Answered { attempt, .. } => *attempt,
        FilesAction::Picked(_)
        | FilesAction::Removed(_)
        | FilesAction::Retried(_)
        | FilesAction::Kept(_) => return,
    };
    let Some(limits) = limits(state) else { return };
    let settled = matches!(action, FilesAction::Answered { .. });
    let limited = match &action {
        FilesAction::Answered {
            arrival: Arrival::Failed { fault, .. },
            ..
        } => Some(fault.clone()),
        FilesAction::Answered { .. }
        | FilesAction::Picked(_)
        | FilesAction::Removed(_)
        | FilesAction::Retried(_)
        | FilesAction::Kept(_)
        | FilesAction::Progress { .. } => None,
    };
    // The draft of a reply that it belongs to, if it is one's.
    let sends = |writing: &&Writing| writing.files.sending().is_some_and(|(_, at)| at == attempt);
    let whose = state.writings.all.iter().find(sends);
    let whose = whose.map(|writing| Rc::clone(&writing.reference));
    let mut told = None;
    every(state, |files| {
        if files.sending().is_some_and(|(_, sent)| sent == attempt) {
            told = files.apply(action.clone(), &limits);
        }
    });
    if !settled {
        return;
    }
    if let Some(fault) = limited {
        super::identity::wait(state, &fault);
    }
    if let Some(told) = told {
        say(state, Spoken::Files(told));
    }
    measured(state);
    keep(state, Mirror::draft());
    if let Some(reference) = whose {
        keep(state, Mirror::writing(&reference));
    }
    failed(state);
    ready(state);
    go_on(state);
}

/// Tickets that can go now are marked as "may have been stored" before they do.
fn ready(state: &mut State) {
    let keys: Vec<Rc<str>> = state
        .outbox
        .entries
        .iter()
        .filter(|entry| {
            matches!(entry.standing, Standing::Sending { .. }) && Outbox::is_ready(entry)
        })
        .map(|entry| Rc::clone(&entry.key))
        .collect();
    for key in keys {
        keep(state, Mirror::entry(&key));
    }
}

/// Every list of attachments that there is; an entry that the form shows is shown with its own.
fn every(state: &mut State, mut change: impl FnMut(&mut super::super::files::Files)) {
    let shown = match &state.submission {
        Submission::Filing { key } => Some(Rc::clone(key)),
        Submission::Editing | Submission::Refused { .. } => None,
    };
    if shown.is_none() {
        change(&mut Rc::make_mut(&mut state.form).files);
    }
    if let Some(shelved) = &mut state.shelved {
        change(&mut Rc::make_mut(shelved).files);
    }
    for writing in &mut Rc::make_mut(&mut state.writings).all {
        change(&mut writing.files);
    }
    for entry in &mut Rc::make_mut(&mut state.outbox).entries {
        change(&mut Rc::make_mut(entry).files);
        if shown.as_ref() == Some(&entry.key) {
            Rc::make_mut(&mut state.form).files = entry.files.clone();
        }
    }
}

/// What could not be uploaded ends the sending of its ticket: nothing of that has left.
fn failed(state: &mut State) {
    let ended: Vec<(u32, Answer)> = state
        .outbox
        .entries
        .iter()
        .filter_map(|entry| {
            let Standing::Sending {
                attempt,
                uncertain,
                renewed,
                ..
            } = entry.standing
            else {
                return None;
            };
            let answer = match not_there(entry)? {
                // Only an answer about the key would settle what became of an attempt before.
                Answer::Refused { fault, .. } if uncertain && !renewed => Answer::Unknown(fault),
                answer @ (Answer::Refused { .. }
                | Answer::NotSent(_)
                | Answer::Unknown(_)
                | Answer::Accepted(_)
                | Answer::Taken(_)
                | Answer::Busy) => answer,
            };
            Some((attempt, answer))
        })
        .collect();
    for (attempt, answer) in ended {
        sending::settle(state, attempt, answer);
    }
}

/// What the first file that will not arrive means for its ticket.
fn not_there(entry: &Entry) -> Option<Answer> {
    if let Some(violation) = entry.files.violations().first() {
        return Some(refused(violation));
    }
    entry
        .files
        .list
        .iter()
        .find_map(|file| match &file.standing {
            FileStanding::Failed(fault) if fault.outcome_unknown() => {
                Some(Answer::NotSent(fault.clone()))
            }
            FileStanding::Failed(fault) => Some(Answer::Refused {
                fault: fault.clone(),
                violations: Vec::new(),
            }),
            FileStanding::Waiting
            | FileStanding::Sending { .. }
            | FileStanding::Ready { .. }
            | FileStanding::Refused(_)
            | FileStanding::Gone => None,
        })
}

fn refused(violation: &Violation) -> Answer {
    Answer::Refused {
        fault: Fault::Refused {
            status: 422,
            code: Rc::from("invalid_fields"),
        },
        violations: vec![WireViolation {
            field: Field::Attachments.wire_name().to_owned(),
            code: violation.code,
            limit: violation.limit,
        }],
    }
}

/// Starts what can go: the form's files while somebody types, those of a ticket before it.
pub(super) fn go_on(state: &mut State) {
    let mut attempts = state.attempts;
    let mut start = |files: &mut super::super::files::Files| {
        if files.next_to_send().is_some() {
            attempts += 1;
            files.start(attempts);
        }
    };
    if state.connected().is_some() && !state.submission.is_frozen() {
        start(&mut Rc::make_mut(&mut state.form).files);
    }
    if let Screen::Request(reference) = &state.screen
        && state.connected().is_some()
        && state.writings.of(reference).is_some()
    {
        let reference = Rc::clone(reference);
        start(&mut Rc::make_mut(&mut state.writings).of_mut(&reference).files);
    }
    for entry in &mut Rc::make_mut(&mut state.outbox).entries {
        if matches!(entry.standing, Standing::Sending { .. }) {
            start(&mut Rc::make_mut(entry).files);
        }
    }
    state.attempts = attempts;
    every(state, |_| ());
}

/// Uploads that the endpoint does not have any longer go up again, once, under the same key.
pub(super) fn renew(state: &mut State, attempt: u32, answer: &Answer) -> bool {
    let Answer::Refused { violations, .. } = answer else {
        return false;
    };
    let expired = violations.iter().any(|violation| {
        violation.field == Field::Attachments.wire_name()
            && violation.code == ViolationCode::UploadExpired
    });
    let Some(key) = state
        .outbox
        .sent_by(attempt)
        .map(|entry| Rc::clone(&entry.key))
    else {
        return false;
    };
    let next = state.attempt();
    let Some(entry) = Rc::make_mut(&mut state.outbox).entry_mut(&key) else {
        return false;
    };
    let Standing::Sending {
        attempt, renewed, ..
    } = &mut entry.standing
    else {
        return false;
    };
    if !expired || *renewed || entry.files.list.is_empty() {
        return false;
    }
    (*attempt, *renewed) = (next, true);
    entry.files.expired();
    go_on(state);
    true
}

/// The bytes of a ticket that has arrived are not needed any more.
pub(super) fn drop_of(state: &mut State, sent: Option<&Entry>) {
    let ids: Vec<Rc<str>> = sent
        .iter()
        .flat_map(|entry| &entry.files.list)
        .map(|file| Rc::clone(&file.id))
        .collect();
    if !ids.is_empty() {
        errand(state, Errand::DropFiles(ids));
    }
}

pub(super) fn limits(state: &State) -> Option<Limits> {
    // What is on its way arrives, also after the page has forgotten its data centre.
    let rules = state.rules().or_else(|| builtin::policy().map(Rc::new));
    Some(*rules?.limits())
}
