//! The skeleton while something loads: the shape of what comes, no spinner.

use crate::components::use_texts;
use crate::i18n::Key;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct WaitingProps {
    #[prop_or(4)]
    pub rows: usize,
}

#[component]
pub fn Waiting(props: &WaitingProps) -> Html {
    let texts = use_texts();
    html! {
        <div class="pd-skeleton" aria-busy="true">
            <p class="pd-hidden">{ texts.get(Key::PanelLoading) }</p>
            { for (0..props.rows).map(|_| html! { <div class="pd-skeleton__row" /> }) }
        </div>
    }
}
