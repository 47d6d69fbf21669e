//! Questions and answers: searched, unfolded, or one on a screen of its own.

use crate::components::{Glyph, icon};
use crate::i18n::{Key, Texts};
use crate::state::guide::{Block, Entry, Guide};
use crate::state::{Action, Screen};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

const SEARCH_ID: &str = "pd-help-search";

pub(super) fn search(texts: &Texts, query: &str, dispatch: &Callback<Action>) -> Html {
    let oninput = dispatch.reform(|event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        Action::Searched(Rc::from(text))
    });
    // Escape empties the field first; the next one closes the panel.
    let onkeydown = {
        let (dispatch, empty) = (dispatch.clone(), query.is_empty());
        move |event: KeyboardEvent| {
            if event.key() == "Escape" && !event.is_composing() && !empty {
                event.prevent_default();
                event.stop_propagation();
                dispatch.emit(Action::Searched(Rc::from("")));
            }
        }
    };
    html! {
        <div class="pd-field pd-search">
            <label class="pd-hidden" for={SEARCH_ID}>{ texts.get(Key::HelpSearch) }</label>
            { icon(Glyph::Search) }
            <input class="pd-control" type="text" id={SEARCH_ID} data-testid={SEARCH_ID} inputmode="search"
                autocomplete="off" dir="auto" placeholder={texts.get(Key::HelpSearch)}
                value={query.to_owned()} {oninput} {onkeydown} />
        </div>
    }
}

/// What fits the query, with its number; none is said, and what to do then.
pub(super) fn found(
    texts: &Texts,
    guide: &Guide,
    query: &str,
    dispatch: &Callback<Action>,
) -> Html {
    let found: Vec<&Entry> = guide.search(query).collect();
    let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let clear = dispatch.reform(|_: MouseEvent| Action::Searched(Rc::from("")));
    html! {
        <>
            <p class="pd-help__found" data-testid="pd-help-found">{ texts.count(Key::HelpFound, count) }</p>
            if found.is_empty() {
                <p>{ texts.get(Key::HelpEmpty) }</p>
            }
            <div>{ for found.into_iter().map(|entry| question(texts, guide, entry, dispatch)) }</div>
            <p class="pd-help__more">
                <button type="button" class="pd-link" data-testid="pd-help-clear" onclick={clear}>
                    { texts.get(Key::HelpClear) }
                </button>
            </p>
        </>
    }
}

pub(super) fn all(texts: &Texts, guide: &Guide, dispatch: &Callback<Action>) -> Html {
    let question = |entry| question(texts, guide, entry, dispatch);
    html! { <div>{ for guide.entries.iter().map(question) }</div> }
}

/// Where focus comes back to.
pub fn question_id(id: &str) -> String {
    let mut whole = String::from("pd-question-");
    whole.push_str(id);
    whole
}

fn question(texts: &Texts, guide: &Guide, entry: &Entry, dispatch: &Callback<Action>) -> Html {
    html! {
        <details class="pd-question" key={entry.id.to_string()} data-testid="pd-question"
            data-question={entry.id.to_string()}>
            <summary id={question_id(&entry.id)}>{ &*entry.question }</summary>
            { answer(texts, guide, entry, dispatch) }
        </details>
    }
}

/// The answer, and what leads on from it.
pub(super) fn answer(
    texts: &Texts,
    guide: &Guide,
    entry: &Entry,
    dispatch: &Callback<Action>,
) -> Html {
    let related: Vec<&Entry> = entry
        .related
        .iter()
        .filter_map(|id| guide.entry(id))
        .collect();
    html! {
        <div class="pd-answer">
            { for entry.answer.iter().map(block) }
            if !related.is_empty() {
                <p class="pd-answer__more">{ texts.get(Key::HelpRelated) }</p>
                <ul>{ for related.into_iter().map(|entry| link(entry, dispatch)) }</ul>
            }
        </div>
    }
}

fn block(block: &Block) -> Html {
    match block {
        Block::Text(text) => html! { <p>{ &**text }</p> },
        Block::List(items) => {
            let item = |item: &Rc<str>| html! { <li>{ &**item }</li> };
            html! { <ul class="pd-answer__list">{ for items.iter().map(item) }</ul> }
        }
    }
}

fn link(entry: &Entry, dispatch: &Callback<Action>) -> Html {
    let id = Rc::clone(&entry.id);
    let onclick = dispatch.reform(move |_: MouseEvent| Action::Go(Screen::Answer(Rc::clone(&id))));
    html! {
        <li><button type="button" class="pd-link" {onclick}>{ &*entry.question }</button></li>
    }
}
