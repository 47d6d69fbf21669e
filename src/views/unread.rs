//! On the launcher: how many requests have news. Drawn into the loader's button, beside its label.

use crate::i18n::{Key, Texts};
use web_sys::Element;
use yew::prelude::*;

/// Two digits are enough to see that it is much; the words say how much.
const SHOWN_MAX: u32 = 99;

pub fn unread(texts: &Texts, count: u32, launcher: Element) -> Html {
    let shown = if count > SHOWN_MAX {
        AttrValue::Static("99+")
    } else {
        AttrValue::from(texts.formats().number(count))
    };
    let badge = html! {
        <span class="pd-unread" data-testid="pd-unread" data-count={count.to_string()}>
            <span aria-hidden="true">{ shown }</span>
            <span class="pd-hidden">{ texts.count(Key::LauncherUnread, count) }</span>
        </span>
    };
    create_portal(badge, launcher)
}
