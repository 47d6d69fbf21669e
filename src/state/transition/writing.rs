//! Transitions of the drafts of replies: reading what was kept, and taking back what is in the outbox. Of two
//! texts neither is lost: the later one stands behind the earlier one.

use super::super::outbox::{Entry, Standing};
use super::super::reply::{Act, Remark, Writing};
use super::super::storage::Mirror;
use super::super::{Fault, Screen, State};
use super::answering::{REPLY, SWITCH, edit};
use super::keeping::keep;
use super::{attaching, focus, go};
use std::rc::Rc;

/// What has not left, or was refused, is written on; behind it what has been typed since.
pub(super) fn to_writing(state: &mut State, entry: &Entry, remark: &Remark) {
    let reference = &remark.reference;
    go(state, Screen::Request(Rc::clone(reference)));
    let writing = edit(state, reference);
    if remark.act == Act::Reply {
        writing.text = joined(&remark.text, &writing.text);
        let since = std::mem::replace(&mut writing.files, entry.files.clone());
        writing.files.list.extend(since.list);
        // A key that stands for something else is of no use any more.
        let used = entry.standing
            == (Standing::Refused {
                fault: Fault::KeyUsed,
            });
        writing.key = Some(Rc::clone(&entry.key)).filter(|_| !used);
    } else {
        writing.reason = joined(&remark.text, &writing.reason);
        writing.reasoning = !writing.reason.is_empty();
    }
    writing.restored = false;
    let mirror = Mirror {
        entries: vec![Rc::clone(&entry.key)],
        ..Mirror::writing(reference)
    };
    keep(state, mirror);
    focus(
        state,
        if remark.act == Act::Reply {
            REPLY
        } else {
            SWITCH
        },
    );
}

/// Two texts, the second a paragraph after the first.
fn joined(first: &Rc<str>, second: &Rc<str>) -> Rc<str> {
    if second.trim().is_empty() {
        return Rc::clone(first);
    }
    let mut text = String::from(&**first);
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(second);
    Rc::from(text)
}

/// What was typed before it was known where to keep it.
pub(super) fn keep_all(state: &mut State) {
    let all = state.writings.all.iter();
    let typed: Vec<Rc<str>> = all
        .filter(|writing| !writing.is_blank() || !writing.reason.is_empty())
        .map(|writing| Rc::clone(&writing.reference))
        .collect();
    for reference in typed {
        keep(state, Mirror::writing(&reference));
    }
}

/// What an earlier page has left (`again`: another tab). Of one request the newer one counts; what was
/// typed before it was known that something waits is written behind it.
pub(super) fn take_kept(state: &mut State, kept: Vec<Writing>, again: bool) {
    for left in kept {
        let reference = Rc::clone(&left.reference);
        let here = edit(state, &reference);
        if !again {
            let typed = std::mem::take(&mut here.text);
            let since = std::mem::take(&mut here.files);
            here.restored = !left.is_blank() && typed.trim().is_empty();
            here.text = if typed == left.text {
                typed
            } else {
                joined(&left.text, &typed)
            };
            here.files = left.files;
            let known: Vec<Rc<str>> = here
                .files
                .list
                .iter()
                .map(|file| Rc::clone(&file.id))
                .collect();
            let new = since
                .list
                .into_iter()
                .filter(|file| !known.contains(&file.id));
            here.files.list.extend(new);
            here.reason = joined(&left.reason, &here.reason);
            here.key = left.key.or(here.key.take());
            here.revision = here.revision.max(left.revision);
        } else if left.revision > here.revision {
            (here.text, here.files, here.key) = (left.text, left.files, left.key);
            (here.reason, here.revision) = (left.reason, left.revision);
            (here.wrong, here.restored) = (None, false);
        }
    }
    if !again {
        keep_all(state);
    }
    attaching::go_on(state);
}
