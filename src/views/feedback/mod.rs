//! The form for what somebody has to say about the translation.

mod parts;

pub use parts::feedback_id;

use crate::components::{Tone, notice, place};
use crate::i18n::{Key, Texts};
use crate::state::feedback::{Feedback, FeedbackAction, Part, Standing};
use crate::state::{Action, State};
use crate::views::fault::fault_text;
use parts::{Form, pictures, text};
use web_sys::File;
use yew::prelude::*;

pub fn feedback(
    texts: &Texts,
    state: &State,
    dispatch: &Callback<Action>,
    on_pick: &Callback<Vec<File>>,
) -> Html {
    let form = Form {
        texts,
        feedback: &state.feedback,
        dispatch: &dispatch.reform(Action::Feedback),
        on_pick,
    };
    let content = match &state.feedback.standing {
        Standing::Sent { reference } => sent(&form, reference),
        Standing::Editing
        | Standing::Sending { .. }
        | Standing::Unknown(_)
        | Standing::Failed(_) => fields(&form),
    };
    html! { <div class="pd-scroll" key="feedback">{ content }</div> }
}

fn sent(form: &Form<'_>, reference: &str) -> Html {
    let another = form
        .dispatch
        .reform(|_: MouseEvent| FeedbackAction::Another);
    let content = html! {
        <>
            <p data-testid="pd-feedback-sent" data-reference={reference.to_owned()}><bdi>{ reference }</bdi></p>
            <button type="button" class="pd-button" data-look="quiet" data-testid="pd-feedback-another" onclick={another}>
                { form.texts.get(Key::FeedbackAnother) }
            </button>
        </>
    };
    notice(
        Tone::Done,
        &form.texts.get(Key::FeedbackDone),
        None,
        content,
    )
}

fn fields(form: &Form<'_>) -> Html {
    let texts = form.texts;
    html! {
        <>
            <p>{ texts.get(Key::FeedbackLead) }</p>
            { text(form, Part::Name, Key::FeedbackName, 1) }
            { text(form, Part::Email, Key::FeedbackEmail, 1) }
            { text(form, Part::Subject, Key::FormSubject, 1) }
            { text(form, Part::Description, Key::FeedbackDescription, 5) }
            { text(form, Part::PageUrl, Key::FeedbackPage, 1) }
            { pictures(form) }
            { place(problem(texts, form.feedback)) }
            { button(form) }
        </>
    }
}

fn problem(texts: &Texts, feedback: &Feedback) -> Option<Html> {
    let (title, fault, more) = match &feedback.standing {
        Standing::Unknown(fault) => (Key::FeedbackUnknown, fault, Some(Key::FeedbackUnknownText)),
        // What is wrong stands at its field.
        Standing::Failed(fault) if feedback.wrong.is_empty() => (Key::FeedbackNotSent, fault, None),
        Standing::Failed(_)
        | Standing::Editing
        | Standing::Sending { .. }
        | Standing::Sent { .. } => return None,
    };
    let content = html! {
        <>
            <p>{ fault_text(texts, fault) }</p>
            { place(more.map(|key| html! { <p>{ texts.get(key) }</p> })) }
        </>
    };
    Some(notice(Tone::Amber, &texts.get(title), None, content))
}

fn button(form: &Form<'_>) -> Html {
    let sending = form.feedback.sending().is_some();
    let label = match form.feedback.standing {
        Standing::Sending { .. } => Key::FormSending,
        Standing::Unknown(_) => Key::FormCheckAgain,
        Standing::Editing | Standing::Failed(_) | Standing::Sent { .. } => Key::FeedbackSubmit,
    };
    let onclick = form.dispatch.reform(|_: MouseEvent| FeedbackAction::Submit);
    html! {
        <button type="button" class="pd-button" data-look="main" data-testid="pd-feedback-submit"
            aria-disabled={sending.then_some("true")} {onclick}>
            { form.texts.get(label) }
        </button>
    }
}
