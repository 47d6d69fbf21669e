//! The skeleton while something loads: the shape of what comes, no spinner.

use crate::i18n::{Key, Texts};
use yew::prelude::*;

pub fn waiting(texts: &Texts, rows: usize) -> Html {
    html! {
        <div class="pd-skeleton" aria-busy="true">
            <p class="pd-hidden">{ texts.get(Key::PanelLoading) }</p>
            { for (0..rows).map(|_| html! { <div class="pd-skeleton__row" /> }) }
        </div>
    }
}
