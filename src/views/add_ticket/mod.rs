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

use crate::state::{Action, Connected, Form, Input, Submission, Verification};
use foot::Foot;
use message::Message;
use organisation::Organisation;
use partner_information::PartnerInformation;
use partner_rules::Field;
use problem::Problem;
use service::Service;
use std::rc::Rc;
use summary::ErrorSummary;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct AddTicketProps {
    pub form: Rc<Form>,
    pub connected: Rc<Connected>,
    pub verification: Verification,
    pub submission: Submission,
    pub dispatch: Callback<Action>,
}

#[component]
pub fn AddTicket(props: &AddTicketProps) -> Html {
    let form = &props.form;
    let parts = PartProps {
        form: Rc::clone(form),
        connected: Rc::clone(&props.connected),
        frozen: props.submission.is_frozen(),
        dispatch: props.dispatch.clone(),
    };
    let onsubmit = props.dispatch.reform(|event: SubmitEvent| {
        event.prevent_default();
        Action::Submit
    });
    html! {
        <form class="pd-form" novalidate=true autocomplete="off" {onsubmit}>
            <div class="pd-scroll">
                <ErrorSummary errors={form.errors.clone()} dispatch={props.dispatch.clone()} />
                <Problem submission={props.submission.clone()} />
                <Service ..parts.clone() />
                <Organisation ..parts.clone() />
                <Message ..parts.clone() />
                <PartnerInformation ..parts />
            </div>
            <Foot form={Rc::clone(form)} connected={Rc::clone(&props.connected)}
                checking={props.verification.is_running()} submission={props.submission.clone()}
                dispatch={props.dispatch.clone()} />
        </form>
    }
}

/// What every part of the form gets.
#[derive(Properties, PartialEq, Clone)]
pub struct PartProps {
    pub form: Rc<Form>,
    pub connected: Rc<Connected>,
    /// Sent and not yet known: to be read, not to be edited.
    pub frozen: bool,
    pub dispatch: Callback<Action>,
}

impl PartProps {
    fn on_input(&self, input: fn(String) -> Input) -> Callback<String> {
        self.dispatch
            .reform(move |text: String| Action::Edited(input(text)))
    }

    fn on_leave(&self, field: Field) -> Callback<()> {
        self.dispatch.reform(move |()| Action::Left(field))
    }
}
