//! The head of the panel: title, one line of context, back on inner screens, close.

use super::{Glyph, Icon, use_texts};
use crate::i18n::Key;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct HeaderProps {
    pub title: AttrValue,
    pub context: AttrValue,
    /// User content sets its own direction.
    #[prop_or_default]
    pub user_title: bool,
    #[prop_or_default]
    pub on_back: Option<Callback<()>>,
    pub on_close: Callback<()>,
}

#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let texts = use_texts();
    let back = props.on_back.clone().map(|on_back| {
        html! {
            <button type="button" class="pd-icon-button" data-testid="pd-back"
                aria-label={texts.get(Key::PanelBack)} onclick={move |_| on_back.emit(())}>
                <Icon glyph={Glyph::Back} />
            </button>
        }
    });
    let on_close = props.on_close.reform(|_: MouseEvent| ());
    let dir = props.user_title.then_some("auto");
    html! {
        <header class="pd-header">
            { back }
            <div class="pd-header__text">
                <h2 class="pd-header__title" id="pd-title" tabindex="-1" {dir}>{ props.title.clone() }</h2>
                <p class="pd-header__context">{ props.context.clone() }</p>
            </div>
            <button type="button" class="pd-icon-button" data-testid="pd-close"
                aria-label={texts.get(Key::PanelClose)} onclick={on_close}>
                <Icon glyph={Glyph::Close} />
            </button>
        </header>
    }
}
