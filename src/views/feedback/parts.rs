//! The parts of the feedback form, each with its label, its error and its control tied together by ids.

use crate::components::place;
use crate::i18n::{Key, Texts};
use crate::state::feedback::{FILE_BYTES_MAX, FILES_MAX, Feedback, FeedbackAction, Part, Wrong};
use crate::state::files::Picked;
use crate::views::add_ticket::dropping::picked;
use partner_rules::ViolationCode;
use std::rc::Rc;
use web_sys::{File, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

pub(super) struct Form<'a> {
    pub texts: &'a Texts,
    pub feedback: &'a Feedback,
    pub dispatch: &'a Callback<FeedbackAction>,
    pub on_pick: &'a Callback<Vec<File>>,
}

/// The id and test id of a control.
pub fn feedback_id(part: Part) -> String {
    let mut id = String::from("pd-feedback-");
    id.push_str(&part.wire_name().replace('_', "-"));
    id
}

fn error_id(part: Part) -> String {
    let mut id = feedback_id(part);
    id.push_str("-error");
    id
}

pub(super) fn text(form: &Form<'_>, part: Part, label: Key, lines: u32) -> Html {
    let (id, value) = (feedback_id(part), form.feedback.text(part).to_string());
    let wrong = form.feedback.wrong.iter().any(|wrong| wrong.part == part);
    let described = wrong.then(|| error_id(part));
    let (invalid, frozen) = (wrong.then_some("true"), form.feedback.is_frozen());
    let test_id = id.clone();
    let control = if lines > 1 {
        let oninput = form.dispatch.reform(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            FeedbackAction::Edited(part, Rc::from(text))
        });
        html! {
            <textarea class="pd-control" id={id.clone()} data-testid={test_id} rows={lines.to_string()} {value} dir="auto"
                aria-describedby={described} aria-invalid={invalid} readonly={frozen} {oninput} />
        }
    } else {
        let oninput = form.dispatch.reform(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            FeedbackAction::Edited(part, Rc::from(text))
        });
        let machine = match part {
            Part::Email => Some("email"),
            Part::PageUrl => Some("url"),
            Part::Name | Part::Subject | Part::Description | Part::Screenshots => None,
        };
        // These are the reader's own, so the browser may fill them in.
        let own = match part {
            Part::Name => "name",
            Part::Email => "email",
            Part::Subject | Part::Description | Part::PageUrl | Part::Screenshots => "off",
        };
        let required = matches!(part, Part::Name | Part::Email | Part::Subject);
        html! {
            <input class="pd-control" type="text" id={id.clone()} data-testid={test_id} {value} inputmode={machine}
                dir={if machine.is_some() { "ltr" } else { "auto" }} autocomplete={own}
                autocapitalize={machine.map(|_| "none")} spellcheck={machine.map(|_| "false")}
                aria-describedby={described} aria-invalid={invalid} aria-required={required.then_some("true")}
                readonly={frozen} {oninput} />
        }
    };
    frame(form, part, label, None, control)
}

pub(super) fn pictures(form: &Form<'_>) -> Html {
    let texts = form.texts;
    let part = Part::Screenshots;
    let id = feedback_id(part);
    let size = texts.formats().bytes(FILE_BYTES_MAX);
    let count = u32::try_from(FILES_MAX).unwrap_or_default();
    let hint = texts.count_with(Key::FeedbackScreenshotsHint, count, ("size", &size));
    let on_pick = form.on_pick.clone();
    let onchange = Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        picked(&on_pick, input.files());
        // Empty again, so that the same file can be picked once more.
        input.set_value("");
    });
    let wrong = form.feedback.wrong.iter().any(|wrong| wrong.part == part);
    let control = html! {
        <>
            <div class="pd-choose">
                <input class="pd-choose__input" type="file" multiple=true accept="image/png,image/jpeg,image/webp,image/gif"
                    id={id.clone()} data-testid={id.clone()} aria-describedby={wrong.then(|| error_id(part))}
                    aria-invalid={wrong.then_some("true")} disabled={form.feedback.is_frozen()} {onchange} />
                <label class="pd-button" data-look="quiet" for={id}>{ texts.get(Key::FormAttachmentsChoose) }</label>
            </div>
            if !form.feedback.files.is_empty() {
                <ul class="pd-files" aria-label={texts.get(Key::FilesList)}>
                    { for form.feedback.files.iter().map(|file| row(form, file)) }
                </ul>
            }
        </>
    };
    frame(form, part, Key::FeedbackScreenshots, Some(hint), control)
}

fn row(form: &Form<'_>, file: &Picked) -> Html {
    let texts = form.texts;
    let id = Rc::clone(&file.id);
    let onclick = form
        .dispatch
        .reform(move |_: MouseEvent| FeedbackAction::Removed(Rc::clone(&id)));
    let named = texts.with(Key::FilesRemoveNamed, &[("name", &file.name)]);
    html! {
        <li class="pd-files__file" key={&*file.id}>
            <p class="pd-files__name"><bdi>{ file.name.clone() }</bdi></p>
            <p class="pd-files__state">{ texts.formats().bytes(file.size) }</p>
            if !form.feedback.is_frozen() {
                <div class="pd-files__buttons">
                    <button type="button" class="pd-link" aria-label={named} {onclick}>{ texts.get(Key::FilesRemove) }</button>
                </div>
            }
        </li>
    }
}

fn frame(form: &Form<'_>, part: Part, label: Key, hint: Option<String>, control: Html) -> Html {
    let texts = form.texts;
    let wrong = form.feedback.wrong.iter().find(|wrong| wrong.part == part);
    html! {
        <div class="pd-field" data-invalid={wrong.map(|_| "true")}>
            <label class="pd-field__label" for={feedback_id(part)}>{ texts.get(label) }</label>
            { place(hint.map(|hint| html! { <p class="pd-field__hint">{ hint }</p> })) }
            if let Some(wrong) = wrong {
                <p class="pd-field__error" id={error_id(part)} data-testid={error_id(part)}>
                    <span class="pd-hidden">{ texts.get(Key::ErrorPrefix) }{ " " }</span>
                    { sentence(texts, wrong) }
                </p>
            }
            { control }
        </div>
    }
}

/// What to do about it.
fn sentence(texts: &Texts, wrong: &Wrong) -> String {
    if let (ViolationCode::TooLong, Some(limit)) = (wrong.code, wrong.limit) {
        let limit = texts.formats().number(limit);
        return texts.with(Key::FeedbackErrorTooLong, &[("limit", &limit)]);
    }
    let key = match (wrong.part, wrong.code) {
        (Part::Screenshots, _) => Key::FeedbackErrorScreenshots,
        (_, ViolationCode::ControlCharacter) => Key::FeedbackErrorControl,
        (Part::Name, _) => Key::FeedbackErrorName,
        (Part::Email, _) => Key::FeedbackErrorEmail,
        (Part::Subject, _) => Key::FeedbackErrorSubject,
        (Part::PageUrl, _) => Key::FeedbackErrorPage,
        (Part::Description, _) => Key::ErrorAny,
    };
    texts.get(key).to_string()
}
