//! The launcher out of the way: without dragging, for those who cannot or do not know that they can.

use crate::i18n::{Key, Texts};
use crate::state::{Action, State};
use yew::prelude::*;

pub(super) fn launcher(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Html {
    let onclick = dispatch.reform(|_: MouseEvent| Action::LauncherMoved);
    html! {
        // Without a launcher there is nothing to move.
        if state.options.launcher {
            <div class="pd-field">
                <p class="pd-field__hint" id="pd-launcher-hint">{ texts.get(Key::HelpLauncher) }</p>
                <button type="button" class="pd-link" data-testid="pd-launcher-move" {onclick}
                    aria-describedby="pd-launcher-hint">{ texts.get(Key::HelpLauncherMove) }</button>
            </div>
        }
    }
}
