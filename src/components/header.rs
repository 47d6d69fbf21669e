//! The head of the panel: title, one line of context, back on inner screens, close.

use super::{Glyph, icon, place};
use crate::i18n::{Key, Texts};
use yew::prelude::*;

pub struct Header {
    pub title: String,
    pub context: String,
    /// User content sets its own direction.
    pub user_title: bool,
    pub on_back: Option<Callback<()>>,
    pub on_close: Callback<()>,
}

pub fn header(texts: &Texts, header: Header) -> Html {
    let button = |hook: &'static str, label: Key, glyph: Glyph, pressed: Callback<()>| {
        html! {
            <button type="button" class="pd-icon-button" data-testid={hook} key={hook}
                aria-label={texts.get(label)} onclick={move |_: MouseEvent| pressed.emit(())}>
                { icon(glyph) }
            </button>
        }
    };
    let back = header
        .on_back
        .map(|on_back| button("pd-back", Key::PanelBack, Glyph::Back, on_back));
    let title = if header.user_title {
        // The title stands where titles stand, whatever direction its text has.
        html! { <bdi>{ header.title }</bdi> }
    } else {
        header.title.into()
    };
    // No <header>: inside a dialog it would be a second banner of the host page.
    html! {
        <div class="pd-header">
            { place(back) }
            <div class="pd-header__text" key="text">
                <h2 class="pd-header__title" id="pd-title" tabindex="-1">{ title }</h2>
                <p class="pd-header__context">{ header.context }</p>
            </div>
            { button("pd-close", Key::PanelClose, Glyph::Close, header.on_close) }
        </div>
    }
}
