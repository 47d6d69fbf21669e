//! Add Ticket: the five fields of the form, the live preview at its foot, and sending.

mod foot;
mod hints;
mod message;
mod organisation;
mod partner_information;
pub mod preview;
mod problem;
mod service;
mod summary;

use crate::i18n::Texts;
use crate::state::{Action, Connected, Form, Input, State};
use partner_rules::Field;
use service::Service;
use std::rc::Rc;
use yew::prelude::*;

pub fn add_ticket(
    texts: &Texts,
    state: &State,
    connected: &Rc<Connected>,
    dispatch: &Callback<Action>,
) -> Html {
    let form = &state.form;
    let frozen = state.submission.is_frozen();
    let part = Part {
        texts,
        form,
        connected,
        frozen,
        dispatch,
    };
    let onsubmit = dispatch.reform(|event: SubmitEvent| {
        event.prevent_default();
        Action::Submit
    });
    html! {
        <form class="pd-form" key="add-ticket" novalidate=true autocomplete="off" {onsubmit}>
            <div class="pd-scroll">
                { for summary::error_summary(&part) }
                { for problem::problem(texts, state) }
                <Service form={Rc::clone(form)} connected={Rc::clone(connected)} {frozen}
                    dispatch={dispatch.clone()} />
                { organisation::organisation(&part) }
                { message::message(&part) }
                { partner_information::partner_information(&part) }
            </div>
            { foot::foot(&part, state) }
        </form>
    }
}

/// What every part of the form gets.
struct Part<'a> {
    texts: &'a Texts,
    form: &'a Form,
    connected: &'a Connected,
    /// Sent and not yet known: to be read, not to be edited.
    frozen: bool,
    dispatch: &'a Callback<Action>,
}

impl Part<'_> {
    fn on_input(&self, input: fn(String) -> Input) -> Callback<String> {
        self.dispatch
            .reform(move |text: String| Action::Edited(input(text)))
    }

    fn on_leave(&self, field: Field) -> Callback<()> {
        self.dispatch.reform(move |()| Action::Left(field))
    }
}
