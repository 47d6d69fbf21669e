//! What is on its way to this request, at the end of the conversation: what is known about it, and what can
//! be done.

use super::Part;
use super::links::linked;
use crate::i18n::Key;
use crate::state::Action;
use crate::state::outbox::Entry;
use crate::state::reply::{Act, Remark};
use crate::state::transition::OutboxAction;
use crate::views::requests::outbox::{
    buttons, code, kept_key, look, sentences, thrown_away, title,
};
use std::rc::Rc;
use yew::prelude::*;

/// A row for each, oldest first.
pub(super) fn outgoing(part: &Part<'_>) -> Html {
    let about = part.state.outbox.about(&part.ticket.receipt.reference);
    let row = |entry: &Rc<Entry>| Some(row(part, entry, entry.remark()?));
    about.filter_map(row).collect()
}

fn row(part: &Part<'_>, entry: &Rc<Entry>, remark: &Remark) -> Html {
    let texts = part.texts;
    let (tone, badge) = look(&entry.standing);
    let kept = part.state.outbox.kept.as_ref() == Some(&entry.key);
    let sentence = |text: String| html! { <span>{ text }</span> };
    let who = if remark.act == Act::Reply {
        texts.get(Key::ConversationYou).to_string()
    } else {
        title(texts, entry)
    };
    html! {
        <li class="pd-message" key={entry.key.to_string()} data-testid="pd-outgoing" data-from="you"
            data-sync="unsent" data-act={remark.act.code()} data-standing={code(&entry.standing)}>
            <h4 class="pd-message__head">
                <bdi>{ who }</bdi>{ " · " }
                <span class="pd-badge" data-tone={tone}>{ texts.get(badge) }</span>
            </h4>
            if !remark.text.is_empty() {
                <p class="pd-message__text" dir="auto">{ linked(&remark.text) }</p>
            }
            if !entry.files.list.is_empty() {
                <ul class="pd-files" aria-label={texts.get(Key::FilesList)}>
                    { for entry.files.list.iter().map(|file| html! {
                        <li class="pd-files__name"><bdi>{ file.name.to_string() }</bdi></li>
                    }) }
                </ul>
            }
            <p class="pd-request__meta">{ for sentences(texts, part.state, entry).into_iter().map(sentence) }</p>
            if kept {
                <p class="pd-field__error" role="alert">{ texts.get(kept_key(entry)) }</p>
            }
            <div class="pd-buttons">{ buttons(texts, entry, part.dispatch) }</div>
        </li>
    }
}

/// What was thrown away last can be taken back, if it was about this request.
pub(super) fn undo(part: &Part<'_>) -> Option<Html> {
    let cancelled = part.state.outbox.cancelled.as_ref()?;
    if !cancelled.is_about(&part.ticket.receipt.reference) {
        return None;
    }
    let undo = |_: MouseEvent| Action::Outbox(OutboxAction::Undo);
    let onclick = part.dispatch.reform(undo);
    let title = Key::OutboxCancelled;
    Some(thrown_away(part.texts, title, "pd-outbox-undo", onclick))
}
