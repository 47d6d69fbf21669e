//! The language menu: every language by its own name.

use crate::i18n::{Key, Texts};
use crate::state::feedback::FeedbackAction;
use crate::state::{Action, State};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

const ID: &str = "pd-language";

/// Tags as the loader knows them.
const LANGUAGES: [(&str, &str); 9] = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("nl", "Nederlands"),
    ("es", "Español"),
    ("pt-BR", "Português (Brasil)"),
    ("ja", "日本語"),
    ("ar", "العربية"),
    ("hi", "हिन्दी"),
];

pub(super) fn menu(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Html {
    let tell = dispatch.reform(|_: MouseEvent| Action::Feedback(FeedbackAction::Wanted));
    let dispatch = dispatch.clone();
    let onchange = move |event: Event| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
        if let Some((tag, _)) = LANGUAGES.into_iter().find(|(tag, _)| *tag == chosen) {
            dispatch.emit(Action::LanguageChosen(tag));
        }
    };
    let option = |(tag, name): (&'static str, &'static str)| {
        html! {
            <option lang={tag} value={tag} selected={tag == texts.lang()}>{ name }</option>
        }
    };
    html! {
        <div class="pd-field pd-language">
            <label class="pd-field__label" for={ID}>{ texts.get(Key::HelpLanguage) }</label>
            <select class="pd-control" id={ID} data-testid={ID} {onchange}>
                { for LANGUAGES.into_iter().map(option) }
            </select>
            // Without an endpoint there is nobody to tell.
            if !state.options.endpoints.is_empty() {
                <button type="button" class="pd-link" id="pd-feedback-open" data-testid="pd-feedback-open" onclick={tell}>
                    { texts.get(Key::FeedbackOpen) }
                </button>
            }
        </div>
    }
}
