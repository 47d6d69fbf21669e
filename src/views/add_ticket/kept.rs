//! What the form says about drafts: that one was restored, that one was thrown away, that none is kept.

use crate::components::{Tone, notice};
use crate::i18n::{Key, Texts};
use crate::state::storage::{Lack, Storage};
use crate::state::{Action, State};
use crate::views::requests::outbox::thrown_away;
use yew::prelude::*;

pub(super) fn kept(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Html {
    let frozen = state.submission.is_frozen();
    html! {
        <>
            if frozen {
            } else if state.restored {
                { restored(texts, dispatch) }
            } else if state.discarded.is_some() {
                { thrown_away(texts, Key::FormDiscarded, "pd-draft-undo",
                    dispatch.reform(|_: MouseEvent| Action::DraftTakenBack)) }
            }
            if let Some(key) = lacking(&state.storage) {
                <p class="pd-remark" data-testid="pd-not-kept">{ texts.get(key) }</p>
            }
        </>
    }
}

fn restored(texts: &Texts, dispatch: &Callback<Action>) -> Html {
    let onclick = dispatch.reform(|_: MouseEvent| Action::DraftDiscarded);
    html! {
        <div data-testid="pd-draft-restored">
            { notice(Tone::Accent, &texts.get(Key::FormRestored), None, html! {
                <>
                    <p>{ texts.get(Key::FormRestoredText) }</p>
                    <button type="button" class="pd-button" data-look="quiet" data-testid="pd-draft-discard"
                        {onclick}>{ texts.get(Key::FormDiscard) }</button>
                </>
            }) }
        </div>
    }
}

pub const fn lacking(storage: &Storage) -> Option<Key> {
    match storage {
        Storage::Off => Some(Key::FormNotKeptOff),
        Storage::Lacking(Lack::Refused) => Some(Key::FormNotKept),
        Storage::Lacking(Lack::Full) => Some(Key::FormNotKeptFull),
        Storage::Unasked | Storage::Wanted { .. } | Storage::Ready => None,
    }
}
