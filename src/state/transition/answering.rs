//! Transitions of what is written about the request on screen: the reply with its files, closing and
//! reopening. What is sent becomes an entry of the outbox, with all that holds for tickets.

use super::super::files::FilesAction;
use super::super::outbox::{Entry, Parcel, Standing};
use super::super::reply::{Act, Remark, Writing};
use super::super::signal::{Errand, FocusTarget, Spoken};
use super::super::storage::Mirror;
use super::super::submission::bases;
use super::super::{Fault, Screen, State};
use super::keeping::keep;
use super::{attaching, conversing, errand, focus, listing, say, sending};
use partner_rules::conversation::{reason, reply};
use partner_rules::wire::{Message, Receipt, Status};
use std::rc::Rc;

#[derive(Clone, Debug, PartialEq)]
pub enum ConversingAction {
    /// Somebody has gone to the field for the reply.
    Begun,
    /// The text of the reply, and the reason for closing or reopening.
    Typed(Rc<str>),
    ReasonTyped(Rc<str>),
    /// The field for the reason is opened or closed.
    ReasonWanted,
    Files(FilesAction),
    Send,
    /// Closes or reopens, unless a reply is not sent yet: then it is asked what becomes of that.
    Switch(Act),
    SendAndClose,
    CloseOnly,
    /// It stays open after all.
    StayOpen,
    KeyMade(Rc<str>),
}

pub(super) const REPLY: FocusTarget = FocusTarget::Id("pd-reply");
const REASON: FocusTarget = FocusTarget::Id("pd-reason");
/// The button that closes or reopens.
pub(super) const SWITCH: FocusTarget = FocusTarget::Id("pd-switch");

pub(super) fn conversing(state: &mut State, action: ConversingAction) {
    if let ConversingAction::KeyMade(key) = action {
        return key_made(state, key);
    }
    let Some(reference) = state.at_hand().map(|(reference, ..)| Rc::clone(reference)) else {
        return;
    };
    match action {
        ConversingAction::Begun => {
            let writing = edit(state, &reference);
            let was_small = writing.is_small();
            writing.begun = true;
            if was_small {
                errand(state, Errand::MakeWay);
            }
        }
        ConversingAction::Typed(text) => {
            let writing = edit(state, &reference);
            (writing.text, writing.wrong, writing.restored) = (text, None, false);
            keep(state, Mirror::writing(&reference));
        }
        ConversingAction::ReasonTyped(text) => {
            let writing = edit(state, &reference);
            (writing.reason, writing.reason_wrong) = (text, None);
            keep(state, Mirror::writing(&reference));
        }
        ConversingAction::ReasonWanted => {
            let writing = edit(state, &reference);
            writing.reasoning = !writing.reasoning;
            if writing.reasoning {
                focus(state, REASON);
            }
        }
        ConversingAction::Files(action) => files(state, &reference, action),
        ConversingAction::Send => {
            send(state, &reference);
        }
        ConversingAction::Switch(act) => {
            let asks = act == Act::Close && !edit(state, &reference).is_blank();
            if asks && switching(state, &reference).is_none() {
                edit(state, &reference).asking = true;
                focus(state, FocusTarget::Problem);
            } else {
                switch(state, &reference, act);
            }
        }
        ConversingAction::SendAndClose => {
            edit(state, &reference).asking = false;
            if send(state, &reference) {
                switch(state, &reference, Act::Close);
            }
        }
        ConversingAction::CloseOnly => {
            edit(state, &reference).asking = false;
            switch(state, &reference, Act::Close);
        }
        ConversingAction::StayOpen => {
            edit(state, &reference).asking = false;
            focus(state, SWITCH);
        }
        ConversingAction::KeyMade(_) => {}
    }
}

pub(super) fn edit<'a>(state: &'a mut State, reference: &Rc<str>) -> &'a mut Writing {
    Rc::make_mut(&mut state.writings).of_mut(reference)
}

/// Where nothing was written, one line is enough again.
pub(super) fn leave(state: &mut State) {
    for writing in &mut Rc::make_mut(&mut state.writings).all {
        writing.begun = false;
    }
}

fn key_made(state: &mut State, key: Rc<str>) {
    let Some(reference) = state.writings.keyless().map(Rc::clone) else {
        return;
    };
    let writing = edit(state, &reference);
    match writing.wanted.take() {
        Some(act) => switch_with(state, &reference, act, key),
        None => {
            writing.key = Some(key);
            keep(state, Mirror::writing(&reference));
        }
    }
}

fn files(state: &mut State, reference: &Rc<str>, action: FilesAction) {
    let Some(limits) = attaching::limits(state) else {
        return;
    };
    let removed = match &action {
        FilesAction::Removed(id) => Some(Rc::clone(id)),
        FilesAction::Picked(_)
        | FilesAction::Retried(_)
        | FilesAction::Kept(_)
        | FilesAction::Progress { .. }
        | FilesAction::Answered { .. } => None,
    };
    let writing = edit(state, reference);
    writing.restored = false;
    let told = writing.files.apply(action, &limits);
    if let Some(told) = told {
        say(state, Spoken::Files(told));
    }
    keep(state, Mirror::writing(reference));
    if let Some(id) = removed {
        errand(state, Errand::DropFiles(vec![id]));
        // The button that was pressed is gone with its row.
        focus(state, REPLY);
    }
    attaching::go_on(state);
}

/// The change of this request's status that is not settled.
fn switching<'a>(state: &'a State, reference: &'a str) -> Option<&'a Rc<Entry>> {
    state.outbox.about(reference).find(|entry| {
        let switches = entry.remark().is_some_and(|remark| remark.act.is_switch());
        let over = matches!(entry.standing, Standing::Refused { .. } | Standing::Stale);
        switches && !over
    })
}

/// Checks the reply and sends it. Whether it is on its way.
fn send(state: &mut State, reference: &Rc<str>) -> bool {
    let Some(limits) = attaching::limits(state).filter(|_| state.may_answer()) else {
        return false;
    };
    let writing = edit(state, reference);
    let text = match reply(&writing.text, &limits) {
        Ok(text) => text,
        Err(wrong) => {
            writing.wrong = Some(wrong);
            focus(state, REPLY);
            return false;
        }
    };
    if !writing.files.violations().is_empty() {
        focus(state, FocusTarget::Field(partner_rules::Field::Attachments));
        return false;
    }
    // Made right after the first edit; without one nothing may leave.
    let Some(key) = writing.key.clone() else {
        return false;
    };
    let files = writing.files.clone();
    let Some(entry) = entry(state, reference, Act::Reply, &text, key) else {
        return false;
    };
    let blank = Writing {
        text: Rc::default(),
        files: super::super::files::Files::default(),
        key: None,
        restored: false,
        wrong: None,
        ..edit(state, reference).clone()
    };
    *edit(state, reference) = blank;
    depart(state, Entry { files, ..entry });
    errand(state, Errand::Reveal);
    true
}

fn switch(state: &mut State, reference: &Rc<str>, act: Act) {
    if !state.may_answer() {
        return;
    }
    if let Some(entry) = switching(state, reference) {
        // The same once more, not another one.
        let key = Rc::clone(&entry.key);
        return sending::send(state, &key, true);
    }
    let writing = edit(state, reference);
    if let Err(wrong) = reason(&writing.reason) {
        (writing.reason_wrong, writing.reasoning) = (Some(wrong), true);
        focus(state, REASON);
        return;
    }
    // It goes as soon as it has a key of its own.
    writing.wanted = Some(act);
}

fn switch_with(state: &mut State, reference: &Rc<str>, act: Act, key: Rc<str>) {
    let reason = reason(&edit(state, reference).reason).ok().flatten();
    let text = reason.unwrap_or_default();
    let Some(entry) = entry(state, reference, act, &text, key) else {
        return;
    };
    let writing = edit(state, reference);
    (writing.reason, writing.reasoning, writing.reason_wrong) = (Rc::default(), false, None);
    depart(state, entry);
}

fn entry(state: &State, reference: &Rc<str>, act: Act, text: &str, key: Rc<str>) -> Option<Entry> {
    let base = &state.connected()?.base;
    let ticket = state.detail.showing(reference)?;
    let remark = Remark {
        act,
        reference: Rc::clone(reference),
        dc: ticket.receipt.dc,
        text: Rc::from(text),
    };
    Some(Entry {
        key,
        parcel: Parcel::Remark(Rc::new(remark)),
        files: super::super::files::Files::default(),
        bases: bases(&state.options, base),
        made_ms: state.outbox.made_ms(state.now_ms),
        standing: Standing::Waiting {
            fault: Fault::Unreachable,
        },
        round: 0,
    })
}

/// Into the outbox, and on its way. Together with what is left of the draft: were only that written, nothing
/// would be left.
fn depart(state: &mut State, entry: Entry) {
    let Some(remark) = entry.remark().cloned() else {
        return;
    };
    let key = Rc::clone(&entry.key);
    Rc::make_mut(&mut state.outbox).put(Rc::new(entry));
    let mirror = Mirror {
        entries: vec![Rc::clone(&key)],
        ..Mirror::writing(&remark.reference)
    };
    sending::start(state, &key, true, mirror);
}

/// A reply is stored.
pub(super) fn replied(state: &mut State, reference: &Rc<str>, message: Message) {
    if let Some(ticket) = state.detail.showing_mut(reference) {
        ticket.add(message);
    }
    say(
        state,
        Spoken::Replied {
            reference: Rc::clone(reference),
        },
    );
    conversing::stale(state, reference);
}

/// The status has changed.
pub(super) fn switched(state: &mut State, reference: &Rc<str>, receipt: Receipt, by_hand: bool) {
    let closed = receipt.status == Status::Closed;
    Rc::make_mut(&mut state.requests).renew(&receipt);
    let mut shown = false;
    if let Some(ticket) = state.detail.showing_mut(reference) {
        ticket.receipt = receipt;
        shown = matches!(state.screen, Screen::Request(_));
    }
    let reference = Rc::clone(reference);
    conversing::stale(state, &reference);
    say(
        state,
        if closed {
            Spoken::Closed { reference }
        } else {
            Spoken::Reopened { reference }
        },
    );
    if shown && by_hand {
        focus(state, SWITCH);
    }
}

/// What a refusal says about the request itself: it is looked at again. A change of the status that has
/// happened already is done with; its reason, if one was typed, is there to be used.
pub(super) fn needless(state: &mut State, key: &Rc<str>, fault: &Fault) -> bool {
    let Some(remark) = state.outbox.entry(key).and_then(|entry| entry.remark()) else {
        return false;
    };
    let remark = Rc::clone(remark);
    let done = match (remark.act, fault) {
        (Act::Close, Fault::TicketClosed) | (Act::Reopen, Fault::TicketNotClosed) => true,
        (Act::Reply, Fault::TicketClosed) => false,
        (Act::Reply | Act::Close | Act::Reopen, _) => return false,
    };
    conversing::stale(state, &remark.reference);
    if state.screen == Screen::Requests {
        listing::reload(state);
    }
    if !done {
        return false;
    }
    Rc::make_mut(&mut state.outbox).remove(key);
    super::keeping::outdated(state);
    errand(
        state,
        Errand::KeepOver {
            key: Rc::clone(key),
            reference: None,
        },
    );
    let writing = edit(state, &remark.reference);
    if writing.reason.is_empty() && !remark.text.is_empty() {
        writing.reason = Rc::clone(&remark.text);
        keep(state, Mirror::writing(&remark.reference));
    }
    say(state, Spoken::NotSent(fault.clone()));
    true
}
