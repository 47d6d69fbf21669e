//! Transitions of what is kept in the browser: reading it, keeping up with other tabs, and telling the
//! shell what has to be written.

use super::super::form::Form;
use super::super::outbox::{Entry, Outbox, Standing};
use super::super::signal::{Errand, FocusTarget};
use super::super::storage::{Kept, KeptDraft, Lack, Mirror, Storage};
use super::super::{Screen, State, Submission};
use super::sending::fresh;
use super::{conversing, editing, errand, feedback, focus, leaving, listing, outbox, writing};
use std::rc::Rc;

/// It is known who is signed in: what they left behind can be read. `None`: the token does not say.
pub(super) fn identified(state: &mut State, owner: Option<Rc<str>>) {
    if state.owner == owner {
        return;
    }
    state.owner_since = state.attempt();
    let written = matches!(
        state.storage,
        Storage::Ready | Storage::Wanted { again: true, .. }
    );
    if state.owner.is_some() && written {
        // Another data centre, another store: what waits for the one before waits there.
        outbox::leave(state);
        state.outbox = Rc::default();
        state.writings = Rc::default();
    }
    state.owner = owner;
    begin(state);
}

fn begin(state: &mut State) {
    if !state.options.storage {
        state.storage = Storage::Off;
        // What an earlier page has kept goes, too; other tabs may keep on.
        let owner = state.owner.clone();
        errand(state, Errand::Purge { owner, tell: false });
    } else if state.owner.is_some() {
        want(state, false);
    } else {
        state.storage = Storage::Lacking(Lack::Refused);
    }
}

/// The page allows storage, or does so no longer.
pub(super) fn option_changed(state: &mut State) {
    if state.owner.is_some() {
        begin(state);
    }
}

fn want(state: &mut State, again: bool) {
    let attempt = state.attempt();
    state.storage = Storage::Wanted { attempt, again };
}

/// Another tab has changed something.
pub(super) fn changed_elsewhere(state: &mut State) {
    match state.storage {
        Storage::Ready | Storage::Lacking(Lack::Full) => want(state, true),
        // What is being read now may be from before the change.
        Storage::Wanted { again, .. } => want(state, again),
        Storage::Unasked | Storage::Off | Storage::Lacking(Lack::Refused) => {}
    }
}

/// Something could not be written. What is in the state stays there.
pub(super) fn lacking(state: &mut State, lack: Lack) {
    if state.storage.keeps() {
        state.storage = Storage::Lacking(lack);
    }
}

/// Something was written: there is room again.
pub(super) fn kept(state: &mut State) {
    if state.storage == Storage::Lacking(Lack::Full) {
        state.storage = Storage::Ready;
        keep_all(state, &Kept::default());
        keep(state, Mirror::draft());
        keep(state, Mirror::feedback());
        writing::keep_all(state);
    }
}

pub(super) fn read(state: &mut State, attempt: u32, result: Result<Box<Kept>, Lack>) {
    let Storage::Wanted {
        attempt: wanted,
        again,
    } = state.storage
    else {
        return;
    };
    if wanted != attempt {
        return;
    }
    match result {
        Err(lack) => state.storage = Storage::Lacking(lack),
        Ok(kept) => {
            state.storage = Storage::Ready;
            take_entries(state, &kept);
            keep_all(state, &kept);
            feedback::restore(state, kept.feedback);
            writing::take_kept(state, kept.writings, again);
            take_draft(state, kept.draft.unwrap_or_default(), again);
            let waiting = state.outbox.pause.is_none();
            if waiting {
                outbox::soon(state);
            }
        }
    }
    leaving::look(state);
}

fn take_entries(state: &mut State, kept: &Kept) {
    for entry in &kept.entries {
        let known = state.outbox.entry(&entry.key);
        let entry = match known {
            Some(known) => match &known.standing {
                // What is under way here is known better here, and so is what has left.
                Standing::Sending { .. } | Standing::Unknown { .. } | Standing::Stale => continue,
                standing @ Standing::Waiting { .. }
                    if matches!(entry.standing, Standing::Waiting { .. }) =>
                {
                    Entry {
                        standing: standing.clone(),
                        round: known.round,
                        ..entry.clone()
                    }
                }
                Standing::Aside | Standing::Waiting { .. } | Standing::Refused { .. } => Entry {
                    round: known.round,
                    ..entry.clone()
                },
            },
            None => Outbox::aged(entry.clone(), state.now_ms),
        };
        Rc::make_mut(&mut state.outbox).put(Rc::new(entry));
    }
    for (key, reference) in &kept.over {
        let there = kept.entries.iter().any(|entry| entry.key == *key);
        if reference.is_some() || !there {
            over(state, key, reference.is_some());
        }
    }
}

/// What was submitted before it was known where to keep it.
fn keep_all(state: &mut State, kept: &Kept) {
    for entry in state.outbox.entries.clone() {
        if !kept.entries.iter().any(|known| known.key == entry.key) {
            keep(state, Mirror::entry(&entry.key));
        }
    }
}

/// Another tab has sent this one, or cancelled it, or has it in its form.
fn over(state: &mut State, key: &Rc<str>, sent: bool) {
    let Some(entry) = state.outbox.entry(key) else {
        return;
    };
    if matches!(entry.standing, Standing::Sending { .. }) {
        return;
    }
    let about = entry.remark().map(|remark| Rc::clone(&remark.reference));
    Rc::make_mut(&mut state.outbox).remove(key);
    if state.submission.shows(key) {
        outbox::put_back(state);
        if state.screen == Screen::AddTicket {
            state.screen = Screen::Requests;
            focus(state, FocusTarget::Title);
        }
    }
    if sent {
        listing::reload(state);
        if let Some(reference) = about {
            conversing::stale(state, &reference);
        }
    }
}

/// What an earlier page, or another tab, has left in the form.
fn take_draft(state: &mut State, kept: KeptDraft, again: bool) {
    let newer = kept.revision > state.revision;
    if again && !newer {
        return;
    }
    state.revision = state.revision.max(kept.revision);
    let here = Rc::clone(draft_form(state));
    let typed_here = here.typed && !here.is_empty();
    let left = form_of(kept);
    if again {
        // Several tabs, one draft: the newer one counts, wherever it was typed.
        adopt(state, left);
        return;
    }
    if typed_here {
        // Typed before it was known that something waits: both are kept.
        outbox::put_aside(state, &left);
        keep(state, Mirror::draft());
    } else if left.typed {
        adopt(state, left);
        state.restored = !state.submission.is_frozen();
        // The page's own values fill what is still empty.
        editing::prefilled(state, here.draft.clone());
    }
}

fn form_of(kept: KeptDraft) -> Form {
    let mut form = Form {
        draft: kept.draft,
        files: kept.files,
        ..Form::default()
    };
    if !form.is_empty() {
        form.key = kept.key;
        form.touched = true;
        form.typed = true;
    }
    form
}

fn adopt(state: &mut State, form: Form) {
    if state.submission.is_frozen() {
        state.shelved = Some(Rc::new(form));
        return;
    }
    state.restored = state.restored && form.typed;
    let before = std::mem::replace(&mut state.form, Rc::new(form));
    state.submission = Submission::Editing;
    // What was learned about the account still holds if the address is the same.
    editing::assess(state);
    if before.key == state.form.key {
        let form = Rc::make_mut(&mut state.form);
        form.submitted = before.submitted;
        form.settled.clone_from(&before.settled);
        for error in &before.errors {
            form.show_error(error.field);
        }
    }
}

/// The form that holds the draft: put away while another is shown.
fn draft_form(state: &State) -> &Rc<Form> {
    match (&state.submission, &state.shelved) {
        (Submission::Filing { .. }, Some(shelved)) => shelved,
        (Submission::Filing { .. } | Submission::Editing | Submission::Refused { .. }, _) => {
            &state.form
        }
    }
}

/// The draft as it is to be written; an empty one while there is none.
pub fn kept_draft(state: &State) -> KeptDraft {
    let form = match (&state.submission, &state.shelved) {
        (Submission::Filing { .. }, shelved) => shelved.as_ref(),
        (Submission::Editing | Submission::Refused { .. }, _) => Some(&state.form),
    };
    let typed = form.filter(|form| form.typed && !form.is_empty());
    KeptDraft {
        draft: typed.map(|form| form.draft.clone()).unwrap_or_default(),
        files: typed.map(|form| form.files.clone()).unwrap_or_default(),
        key: typed.and_then(|form| form.key.clone()),
        revision: state.revision,
    }
}

/// An entry has changed here: what is being read may be from before, so it is read once more.
pub(super) fn outdated(state: &mut State) {
    if let Storage::Wanted { again: true, .. } = state.storage {
        want(state, true);
    }
}

/// Has this written, once however often it is asked for before the shell comes to it.
pub(super) fn keep(state: &mut State, mirror: Mirror) {
    if mirror.draft {
        state.revision += 1;
    }
    for reference in &mirror.writings {
        Rc::make_mut(&mut state.writings).of_mut(reference).revision += 1;
    }
    if !mirror.entries.is_empty() {
        outdated(state);
    }
    if !state.storage.keeps() {
        return;
    }
    let wanted = Errand::Keep(mirror);
    let known = state
        .signals
        .errands
        .iter()
        .any(|(_, known)| *known == wanted);
    if !known {
        errand(state, wanted);
    }
}

/// The draft is thrown away.
pub(super) fn discarded(state: &mut State) {
    if state.submission.is_frozen() {
        return;
    }
    let form = std::mem::take(&mut state.form);
    state.discarded = Some(form);
    state.restored = false;
    fresh(state, Form::default());
    keep(state, Mirror::draft());
    focus(state, FocusTarget::Undo);
}

/// The draft that was thrown away is taken back, unless something was typed since.
pub(super) fn taken_back(state: &mut State) {
    if let Some(form) = state.discarded.take()
        && !state.form.typed
        && !state.submission.is_frozen()
    {
        fresh(state, Rc::unwrap_or_clone(form));
        keep(state, Mirror::draft());
        focus(state, FocusTarget::Title);
    }
}
