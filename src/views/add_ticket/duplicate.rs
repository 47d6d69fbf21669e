//! A request like this one is open already: which one, and the way to it. A remark in amber, not an
//! error: it never keeps anybody from submitting.

use crate::components::{Tone, notice};
use crate::i18n::{Key, Texts};
use crate::state::{Action, Screen};
use partner_rules::wire::Receipt;
use std::rc::Rc;
use yew::prelude::*;

pub fn duplicate(texts: &Texts, twin: &Receipt, dispatch: &Callback<Action>) -> Html {
    let reference: Rc<str> = Rc::from(twin.reference.as_str());
    let onclick =
        dispatch.reform(move |_: MouseEvent| Action::Go(Screen::Request(Rc::clone(&reference))));
    let content = html! {
        <>
            <p><bdi>{ twin.reference.clone() }</bdi>{ " · " }<bdi dir="auto">{ twin.subject.clone() }</bdi></p>
            <p>{ texts.get(Key::DuplicateText) }</p>
            <button type="button" class="pd-link" data-testid="pd-duplicate-open" {onclick}>
                { texts.with(Key::DuplicateOpen, &[("reference", &twin.reference)]) }
            </button>
        </>
    };
    html! {
        <div class="pd-duplicate" data-testid="pd-duplicate" data-reference={twin.reference.clone()}>
            { notice(Tone::Amber, &texts.get(Key::DuplicateTitle), None, content) }
        </div>
    }
}

/// What is said when a request like this one comes up.
pub fn duplicate_said(texts: &Texts, reference: &str) -> String {
    texts.with(Key::DuplicateSaid, &[("reference", reference)])
}
