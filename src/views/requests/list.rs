//! The rows: what is not sent yet on top, then the part of the list that somebody looks at, with gaps as
//! high as the rows that they stand for.
//!
//! A plain list whose items say their place in the whole of it. A `feed` would promise that more comes while
//! one reads and take over Page Up and Page Down; here the length is known, and the browser scrolls.

use super::outbox;
use super::row::RequestRow;
use crate::i18n::{Key, Texts};
use crate::state::requests::window::Sight;
use crate::state::requests::{Load, Requests};
use crate::state::transition::ListAction;
use crate::state::{Action, State};
use std::iter::successors;
use std::ops::Range;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// `labelled`: the id of the heading over it; without one there are only the rows of the outbox.
pub(super) fn list(
    texts: &Texts,
    state: &State,
    labelled: Option<&'static str>,
    dispatch: &Callback<Action>,
) -> Html {
    let requests = &state.requests;
    let busy = matches!(requests.load, Load::Wanted { .. });
    let label = labelled.is_none().then(|| texts.get(Key::TabRequests));
    html! {
        // Said outright: where the style takes the bullets away, Safari takes it for no list.
        <ul class="pd-requests" role="list" data-testid="pd-request-list" aria-label={label}
            aria-labelledby={labelled} aria-busy={busy.to_string()}>
            { outbox::rows(texts, state, labelled.map_or(0, |_| requests.rows()), dispatch) }
            if labelled.is_some() {
                { sent(state, dispatch) }
            }
        </ul>
    }
}

fn sent(state: &State, dispatch: &Callback<Action>) -> Html {
    let requests = &state.requests;
    let (rows, window) = (requests.rows(), requests.window());
    let unsent = state.outbox.entries.len();
    let mut pieces = Vec::new();
    let mut next = 0;
    // Keys differ by side: a gap that changed sides would take the row with focus along, and its focus.
    let mut put = |range: Range<usize>, gap: &'static str| {
        pieces.extend(gap_of(next..range.start, gap));
        let items = requests.items.iter().enumerate();
        let drawn = items.skip(range.start).take(range.len());
        pieces.extend(drawn.map(|(at, receipt)| {
            html! {
                <RequestRow key={receipt.reference.clone()} receipt={Rc::clone(receipt)}
                    at={unsent + at + 1} of={unsent + rows} now_ms={state.now_ms}
                    dispatch={dispatch.clone()} />
            }
        }));
        next = range.end;
    };
    match requests.aside() {
        Some(at) if at < window.start => {
            put(at..at + 1, "above");
            put(window, "between-above");
        }
        Some(at) => {
            put(window, "above");
            put(at..at + 1, "between-below");
        }
        None => put(window, "above"),
    }
    put(rows..rows, "below");
    pieces.into_iter().collect()
}

/// The style sheet knows heights up to twice this many rows.
const LARGEST: usize = 1 << 16;

/// Nothing for assistive technology, which hears from each item where it stands. The height is put together
/// from parts of 1, 2, 4 … rows: a strict page refuses `style=`, and a height set by a script comes after
/// the rows, when the browser may have scrolled for want of it.
fn gap_of(rows: Range<usize>, key: &'static str) -> Option<Html> {
    let len = rows.len();
    let halved = |part: &usize| (*part > 1).then_some(part / 2);
    (len > 0).then(|| {
        html! {
            <li class="pd-requests__gap" key={key} aria-hidden="true" data-rows={len.to_string()}>
                { for successors(Some(LARGEST), halved).filter(|part| len & part != 0).map(|part| {
                    html! { <i data-part={part.to_string()}></i> }
                }) }
            </li>
        }
    })
}

/// The tab was scrolled: where somebody is now.
pub(super) fn onscroll(requests: &Requests, dispatch: &Callback<Action>) -> Callback<Event> {
    if requests.items.is_empty() {
        return Callback::noop();
    }
    let dispatch = dispatch.clone();
    Callback::from(move |event: Event| {
        if let Some(sight) = sight(&event.target_unchecked_into()) {
            dispatch.emit(Action::List(ListAction::Seen(sight)));
        }
    })
}

/// All rows have the same height, and the first piece of the list, row or gap, begins with the first row.
fn sight(scroller: &Element) -> Option<Sight> {
    let piece = scroller.query_selector("[data-rows]").ok()??;
    let rows: f64 = piece.get_attribute("data-rows")?.parse().ok()?;
    let place = piece.get_bounding_client_rect();
    let above = scroller.get_bounding_client_rect().top() - place.top();
    let first = (above * rows / place.height()).max(0.0);
    let focused = scroller.query_selector(".pd-request:focus").ok()?;
    Some(Sight {
        first: whole(first),
        px: scroller.scroll_top(),
        focused: focused
            .and_then(|row| row.get_attribute("data-reference"))
            .map(Rc::from),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of rows, not below 0; what is none becomes 0"
)]
fn whole(rows: f64) -> usize {
    rows as usize
}
