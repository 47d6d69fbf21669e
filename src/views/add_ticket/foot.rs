//! The foot of the form: the preview, always in view, and the button below it.

use super::preview::Preview;
use crate::components::use_texts;
use crate::i18n::Key;
use crate::state::{Action, Connected, Form, Submission};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct FootProps {
    pub form: Rc<Form>,
    pub connected: Rc<Connected>,
    pub checking: bool,
    pub submission: Submission,
    pub dispatch: Callback<Action>,
}

#[component]
pub(super) fn Foot(props: &FootProps) -> Html {
    html! {
        <div class="pd-foot">
            <Preview form={Rc::clone(&props.form)} connected={Rc::clone(&props.connected)}
                checking={props.checking} />
            <Send submission={props.submission.clone()} dispatch={props.dispatch.clone()} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SendProps {
    submission: Submission,
    dispatch: Callback<Action>,
}

/// One button, whatever the state: it submits, or asks again with the same key. It is never
/// disabled, so focus on it is never lost.
#[component]
fn Send(props: &SendProps) -> Html {
    let texts = use_texts();
    let again = props.dispatch.reform(|event: MouseEvent| {
        event.prevent_default();
        Action::CheckAgain
    });
    match &props.submission {
        Submission::Unknown { .. } => html! {
            <button key="send" type="button" class="pd-button" data-look="main" data-testid="pd-retry" onclick={again}>
                { texts.get(Key::FormCheckAgain) }
            </button>
        },
        Submission::Editing | Submission::Sending { .. } | Submission::Refused { .. } => {
            let sending = matches!(props.submission, Submission::Sending { .. });
            let label = if sending {
                Key::FormSending
            } else {
                Key::FormSubmit
            };
            html! {
                <button key="send" type="submit" class="pd-button" data-look="main" data-testid="pd-submit"
                    aria-disabled={sending.then_some("true")}>{ texts.get(label) }</button>
            }
        }
    }
}
