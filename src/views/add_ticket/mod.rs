//! Add Ticket: the five fields of the form, the live preview at its foot, and sending.

pub mod attachments;
pub mod dropping;
pub mod duplicate;
mod foot;
mod hints;
pub mod kept;
mod message;
mod organisation;
mod partner_information;
pub mod preview;
mod problem;
mod service;
mod summary;

use crate::components::place;
use crate::i18n::Texts;
use crate::state::{Action, Connected, Form, Input, State};
use attachments::{Attachments, attachments};
use dropping::{Dropping, dropping};
use duplicate::duplicate;
use partner_rules::{Field, Policy};
use service::Service;
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

pub fn add_ticket(
    texts: &Texts,
    state: &State,
    connected: &Rc<Connected>,
    dispatch: &Callback<Action>,
    on_pick: &Callback<Vec<File>>,
) -> Html {
    let form = &state.form;
    let frozen = state.submission.is_frozen();
    let part = Part {
        texts,
        form,
        policy: &connected.policy,
        frozen,
        usual: state.alike.offer(&form.draft).map(|address| &**address),
        dispatch,
    };
    let onsubmit = dispatch.reform(|event: SubmitEvent| {
        event.prevent_default();
        Action::Submit
    });
    let Dropping {
        ondragover,
        ondragleave,
        ondrop,
        onpaste,
    } = dropping(!frozen, on_pick);
    let attached = attachments(&Attachments {
        texts,
        files: &form.files,
        limits: connected.policy.limits(),
        error: form.error(Field::Attachments),
        frozen,
        on_pick,
        on_change: &dispatch.reform(Action::Files),
    });
    html! {
        <form class="pd-form" key="add-ticket" novalidate=true autocomplete="off" {onsubmit}
            {ondragover} {ondragleave} {ondrop} {onpaste}>
            <div class="pd-scroll">
                { place(problem::problem(texts, state, dispatch)) }
                { kept::kept(texts, state, dispatch) }
                { fields(&part) }
                { place(attached) }
                if let Some(twin) = &state.alike.twin {
                    { duplicate(texts, twin, dispatch) }
                }
            </div>
            { foot::foot(&part, state) }
        </form>
    }
}

/// Everything that is filled in, with the errors in front. The composer shows the same.
pub fn fields(part: &Part<'_>) -> Html {
    html! {
        <>
            { place(summary::error_summary(part)) }
            <Service form={Rc::clone(part.form)} policy={Rc::clone(part.policy)} frozen={part.frozen}
                dispatch={part.dispatch.clone()} />
            { organisation::organisation(part) }
            { message::message(part) }
            { partner_information::partner_information(part) }
        </>
    }
}

/// What every part of the form gets.
pub struct Part<'a> {
    pub texts: &'a Texts,
    pub form: &'a Rc<Form>,
    pub policy: &'a Rc<Policy>,
    /// Sent and not yet known: to be read, not to be edited.
    pub frozen: bool,
    /// The SuperAdmin address to be offered.
    pub usual: Option<&'a str>,
    pub dispatch: &'a Callback<Action>,
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
