//! Sending did not work, or we do not know whether it did. Never untrue, never a dead end.

use crate::components::{Tone, notice};
use crate::i18n::{Key, Texts};
use crate::state::outbox::{Entry, Standing};
use crate::state::transition::OutboxAction;
use crate::state::{Action, Fault, State, Submission};
use crate::views::fault::fault_content;
use std::rc::Rc;
use yew::prelude::*;

pub(super) fn problem(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Option<Html> {
    if let Submission::Refused { fault } = &state.submission {
        let after = html! { <p>{ texts.get(Key::FaultUnreachableDo) }</p> };
        return Some(told(
            texts,
            state,
            Tone::Critical,
            Key::FaultNotSent,
            fault,
            after,
        ));
    }
    let entry = state.shown()?;
    match &entry.standing {
        Standing::Unknown { fault } => {
            let after = [Key::FaultUnknownOutcomeText, Key::FormFrozen];
            let after = after.iter().map(|key| html! { <p>{ texts.get(*key) }</p> });
            let title = Key::FaultUnknownOutcome;
            Some(told(
                texts,
                state,
                Tone::Amber,
                title,
                fault,
                after.collect(),
            ))
        }
        Standing::Waiting { fault } => {
            let title = Key::OutboxWaiting;
            let after = waiting(texts, entry, dispatch);
            Some(told(texts, state, Tone::Amber, title, fault, after))
        }
        Standing::Sending { .. } | Standing::Aside | Standing::Refused { .. } | Standing::Stale => {
            None
        }
    }
}

/// Nothing of it has left, so it may still be changed.
fn waiting(texts: &Texts, entry: &Entry, dispatch: &Callback<Action>) -> Html {
    let key = Rc::clone(&entry.key);
    let onclick =
        dispatch.reform(move |_: MouseEvent| Action::Outbox(OutboxAction::Edit(Rc::clone(&key))));
    html! {
        <>
            <p>{ texts.get(Key::OutboxWaitingText) }</p>
            <button type="button" class="pd-button" data-look="quiet" data-testid="pd-outbox-edit" {onclick}>
                { texts.get(Key::OutboxEdit) }
            </button>
        </>
    }
}

fn told(texts: &Texts, state: &State, tone: Tone, title: Key, fault: &Fault, after: Html) -> Html {
    let content = html! { <>{ fault_content(texts, state, fault) }{ after }</> };
    notice(tone, &texts.get(title), Some("pd-problem"), content)
}
