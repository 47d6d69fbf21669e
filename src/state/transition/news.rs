//! Transitions of what happens to requests elsewhere.

use super::super::news::{Answered, Asking, News, NewsAction, SINGLY_MAX, Seen};
use super::super::signal::{Errand, HostEvent, Spoken};
use super::super::{Fault, Screen, State};
use super::{conversing, errand, listing, say};
use partner_rules::wire::{Access, AuthorKind, Receipt};
use std::rc::Rc;

pub(super) fn news(state: &mut State, action: NewsAction) {
    match action {
        NewsAction::Looked(visible) => state.news.visible = visible,
        NewsAction::Happened(reference) => happened(state, reference),
        NewsAction::Began => state.news.doubt = true,
        NewsAction::Missed => state.news.gap = true,
        NewsAction::Asked { attempt, result } => {
            let failed = result.is_err();
            asked(state, attempt, result);
            if failed {
                return;
            }
        }
        NewsAction::Marked { attempt, unread } => marked(state, attempt, unread),
    }
    ask(state);
}

fn happened(state: &mut State, reference: Rc<str>) {
    let stale = &mut state.news.stale;
    if !stale.contains(&reference) {
        stale.push(reference);
    }
    if stale.len() > SINGLY_MAX {
        stale.clear();
        state.news.gap = true;
    }
}

/// Another endpoint, or another user: what is known of the one before does not count.
pub(super) fn connected(state: &mut State) {
    let session = state.connected().map(|connected| &connected.session);
    // Without access there is nothing to be followed.
    let follows = session.is_some_and(|session| session.access != Access::None);
    let unread = session.map_or(0, |session| session.unread);
    let follow = follows.then(|| state.attempt());
    state.news = News {
        follow,
        unread,
        visible: state.news.visible,
        told: state.news.told,
        ..News::default()
    };
}

/// After every action: what is on screen counts as seen, and the page hears of another number.
pub(super) fn after(state: &mut State) {
    if state.connected().is_none() && state.news.follow.is_some() {
        state.news = News {
            visible: state.news.visible,
            told: state.news.told,
            ..News::default()
        };
    }
    see(state);
    let unread = state.news.unread;
    if state.news.told != unread {
        state.news.told = unread;
        errand(state, Errand::Emit(HostEvent::Unread { count: unread }));
    }
}

/// Asks what has become of the requests that have changed, one question at a time.
pub(super) fn ask(state: &mut State) {
    let news = &state.news;
    if news.asking.is_some() || news.follow.is_none() || !news.visible {
        return;
    }
    if news.stale.is_empty() && !news.gap && !news.doubt {
        return;
    }
    let attempt = state.attempt();
    let stale = std::mem::take(&mut state.news.stale);
    let gap = std::mem::take(&mut state.news.gap);
    state.news.doubt = false;
    // With the panel closed nobody looks at a row; the list is loaded anew when it is shown.
    let singly = state.open && !gap;
    state.news.asking = Some(Asking {
        attempt,
        references: stale.into_iter().filter(|_| singly).collect(),
        gap,
    });
}

fn asked(state: &mut State, attempt: u32, result: Result<Answered, Fault>) {
    let asked = |asking: &mut Asking| asking.attempt == attempt;
    let Some(asking) = state.news.asking.take_if(asked) else {
        return;
    };
    let Ok(Answered { receipts, unread }) = result else {
        // The next tick asks again; until then it counts as not asked.
        state.news.gap |= asking.gap;
        for reference in &*asking.references {
            happened(state, Rc::clone(reference));
        }
        return;
    };
    // Asked without a reason, another number is one.
    let other = asking.references.is_empty() && state.news.unread != unread;
    state.news.unread = unread;
    if asking.gap || other {
        if state.open && state.screen == Screen::Requests {
            listing::reload(state);
        }
        stale(state, |_| true);
        return;
    }
    for receipt in receipts {
        arrived(state, receipt);
    }
}

fn arrived(state: &mut State, receipt: Receipt) {
    let reference: Rc<str> = Rc::from(receipt.reference.as_str());
    let by_agent = receipt
        .last
        .is_some_and(|last| last.by == AuthorKind::Agent);
    if state.open && receipt.unread && by_agent {
        let change = receipt.last.map(|last| last.change);
        say(
            state,
            Spoken::News {
                reference: Rc::clone(&reference),
                change,
            },
        );
    }
    let moved = Rc::make_mut(&mut state.requests).refresh(receipt);
    if moved != 0 && state.screen == Screen::Requests {
        errand(state, Errand::ScrollRows(moved));
    }
    stale(state, |open| *open == *reference);
}

/// What is on screen is loaded again behind it.
fn stale(state: &mut State, is_meant: impl Fn(&str) -> bool) {
    if let Screen::Request(reference) = &state.screen
        && is_meant(reference)
        && state.open
    {
        let reference = Rc::clone(reference);
        conversing::stale(state, &reference);
    }
}

/// A request whose news somebody has before them.
fn see(state: &mut State) {
    let Screen::Request(reference) = &state.screen else {
        return;
    };
    let Some(ticket) = state.detail.showing(reference) else {
        return;
    };
    let receipt = &ticket.receipt;
    let looks = state.open && state.news.visible && state.news.follow.is_some();
    if !looks || !receipt.unread {
        return;
    }
    let known = state.news.seen.as_ref();
    if known.is_some_and(|seen| seen.reference == *reference && *seen.until == *receipt.updated_at)
    {
        return;
    }
    let (reference, until) = (Rc::clone(reference), Rc::from(receipt.updated_at.as_str()));
    state.news.seen = Some(Seen {
        attempt: state.attempt(),
        reference,
        until,
        pending: true,
    });
}

fn marked(state: &mut State, attempt: u32, unread: Option<u32>) {
    let Some(seen) = &mut state.news.seen else {
        return;
    };
    if seen.attempt != attempt {
        return;
    }
    seen.pending = false;
    let (reference, until) = (Rc::clone(&seen.reference), Rc::clone(&seen.until));
    let Some(unread) = unread else {
        // Not told: looked at once more, it is tried again.
        return;
    };
    state.news.unread = unread;
    Rc::make_mut(&mut state.requests).read(&reference);
    if let Some(ticket) = state.detail.showing_mut(&reference) {
        // What came after that is still to be seen.
        ticket.receipt.unread &= *ticket.receipt.updated_at != *until;
    }
}
