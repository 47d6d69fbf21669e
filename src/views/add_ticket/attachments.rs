//! The attachments of the form: a native control, and what was picked with how far it has got.
//! Never reads a file: picked ones go out as they are, and the state knows names and sizes.

use super::dropping::picked;
use crate::components::{
    ToldFrame, control_id, described_by, field_errors, place, told_frame, violation_text,
};
use crate::i18n::{Key, Texts};
use crate::state::files::{Attached, Files, FilesAction, Standing, Told};
use crate::views::fault::fault_text;
use partner_rules::policy::Limits;
use partner_rules::{Field, Violation, ViolationCode};
use std::rc::Rc;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

pub struct Attachments<'a> {
    pub texts: &'a Texts,
    pub files: &'a Files,
    pub limits: &'a Limits,
    /// What the endpoint said of the attachments as a whole.
    pub error: Option<Violation>,
    pub frozen: bool,
    pub on_pick: &'a Callback<Vec<File>>,
    pub on_change: &'a Callback<FilesAction>,
}

/// Nothing where the policy allows no files.
pub fn attachments(part: &Attachments<'_>) -> Option<Html> {
    let (texts, limits) = (part.texts, part.limits);
    if limits.files_max == 0 && part.files.list.is_empty() {
        return None;
    }
    let field = Field::Attachments;
    let mut errors = problems(texts, part.files);
    if let Some(error) = part.error.filter(|_| errors.is_empty()) {
        errors.push(violation_text(texts, &error));
    }
    let size = texts.formats().bytes(u64::from(limits.file_bytes_max));
    let hint = texts.count_with(Key::FormAttachmentsHint, limits.files_max, ("size", &size));
    Some(told_frame(
        texts,
        ToldFrame {
            field,
            label: Key::FormAttachments,
            hint: Some(hint),
            control: control(part, Key::FormAttachmentsChoose, true, !errors.is_empty()),
            remarks: list(part),
            errors,
        },
    ))
}

/// The same where there is little room: errors, what was picked, and a small control that says what it is for.
/// Nothing where the policy allows no files.
pub fn few_attachments(part: &Attachments<'_>) -> Option<Html> {
    if part.limits.files_max == 0 && part.files.list.is_empty() {
        return None;
    }
    let errors = problems(part.texts, part.files);
    let invalid = !errors.is_empty();
    let errors = field_errors(part.texts, Field::Attachments, &errors);
    let label = Key::ReplyAttach;
    Some(html! {
        <div class="pd-few" data-invalid={invalid.then_some("true")}>
            { place(errors) }
            { list(part) }
            { control(part, label, false, invalid) }
        </div>
    })
}

/// The browser's own button speaks the browser's language: it lies unseen over one that speaks ours.
fn control(part: &Attachments<'_>, label: Key, hint: bool, invalid: bool) -> Html {
    let field = Field::Attachments;
    let on_pick = part.on_pick.clone();
    let onchange = Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        picked(&on_pick, input.files());
        // Empty again, so that the same file can be picked once more.
        input.set_value("");
    });
    html! {
        <div class="pd-choose">
            <input class="pd-choose__input" type="file" multiple=true id={control_id(field)}
                data-testid="pd-attachments" aria-describedby={described_by(field, hint, invalid)}
                aria-invalid={invalid.then_some("true")} disabled={part.frozen} {onchange} />
            <label class="pd-button" data-look="quiet" for={control_id(field)}>
                { part.texts.get(label) }
            </label>
        </div>
    }
}

fn list(part: &Attachments<'_>) -> Html {
    if part.files.list.is_empty() {
        return Html::default();
    }
    let label = part.texts.get(Key::FilesList);
    html! {
        <ul class="pd-files" aria-label={label}>
            { for part.files.list.iter().map(|file| row(part, file)) }
        </ul>
    }
}

fn row(part: &Attachments<'_>, file: &Attached) -> Html {
    let texts = part.texts;
    let size = texts.formats().bytes(file.size);
    let (code, told) = standing(texts, file, &size);
    html! {
        <li class="pd-files__file" key={&*file.id} data-testid="pd-attachment" data-state={code}>
            <p class="pd-files__name"><bdi>{ file.name.clone() }</bdi></p>
            <p class="pd-files__state">{ size }{ " · " }{ told }</p>
            { place(progress(texts, file)) }
            if !part.frozen {
                <div class="pd-files__buttons">{ buttons(part, file) }</div>
            }
        </li>
    }
}

fn standing(texts: &Texts, file: &Attached, size: &str) -> (&'static str, String) {
    let plain = |key: Key| texts.get(key).to_string();
    match &file.standing {
        Standing::Waiting => ("waiting", plain(Key::FilesWaiting)),
        Standing::Sending { sent_bytes, .. } => {
            if *sent_bytes >= file.size {
                return ("sending", texts.with(Key::FilesChecking, &[("size", size)]));
            }
            let sent = texts.formats().bytes(*sent_bytes);
            let values = [("sent", &*sent), ("size", size)];
            ("sending", texts.with(Key::FilesSending, &values))
        }
        Standing::Ready { .. } => ("ready", plain(Key::FilesReady)),
        Standing::Failed(fault) => {
            let reason = fault_text(texts, fault);
            (
                "failed",
                texts.with(Key::FilesFailed, &[("reason", &reason)]),
            )
        }
        Standing::Refused(_) | Standing::Gone => ("refused", plain(Key::FilesRefused)),
    }
}

fn progress(texts: &Texts, file: &Attached) -> Option<Html> {
    let sent = match &file.standing {
        Standing::Sending { sent_bytes, .. } => sent_bytes,
        Standing::Waiting
        | Standing::Ready { .. }
        | Standing::Failed(_)
        | Standing::Refused(_)
        | Standing::Gone => return None,
    };
    let label = texts.with(Key::FilesProgress, &[("name", &file.name)]);
    // An empty file is on its way for a moment, too.
    let max = file.size.max(1);
    Some(html! {
        <progress class="pd-files__progress" max={max.to_string()} value={sent.to_string()}
            aria-label={label} />
    })
}

fn buttons(part: &Attachments<'_>, file: &Attached) -> Html {
    let button = |hook: &'static str, text: Key, named: Key, action: fn(Rc<str>) -> FilesAction| {
        let id = Rc::clone(&file.id);
        let onclick = part
            .on_change
            .reform(move |_: MouseEvent| action(Rc::clone(&id)));
        let label = part.texts.with(named, &[("name", &file.name)]);
        html! {
            <button type="button" class="pd-link" data-testid={hook} aria-label={label} {onclick}>
                { part.texts.get(text) }
            </button>
        }
    };
    let (remove, remove_named) = match &file.standing {
        Standing::Sending { .. } => (Key::FilesCancel, Key::FilesCancelNamed),
        Standing::Waiting
        | Standing::Ready { .. }
        | Standing::Failed(_)
        | Standing::Refused(_)
        | Standing::Gone => (Key::FilesRemove, Key::FilesRemoveNamed),
    };
    html! {
        <>
            if matches!(file.standing, Standing::Failed(_)) {
                { button("pd-attachment-retry", Key::FormRetry, Key::FilesRetryNamed, FilesAction::Retried) }
            }
            { button("pd-attachment-remove", remove, remove_named, FilesAction::Removed) }
        </>
    }
}

/// What keeps the ticket from going, in words: at the control, and first of it in the summary.
pub fn problems(texts: &Texts, files: &Files) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for file in &files.list {
        let line = match &file.standing {
            Standing::Refused(violation) => about(texts, &file.name, violation),
            Standing::Gone => texts.with(Key::FilesGone, &[("name", &file.name)]),
            Standing::Waiting
            | Standing::Sending { .. }
            | Standing::Ready { .. }
            | Standing::Failed(_) => continue,
        };
        // That there are too many is said once.
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if files.left_out > 0 {
        lines.push(texts.count(Key::FilesLeftOut, files.left_out));
    }
    lines
}

/// A sentence that names the file if it is about this one.
fn about(texts: &Texts, name: &str, violation: &Violation) -> String {
    let key = match violation.code {
        ViolationCode::FileTooLarge => Key::FilesTooLarge,
        ViolationCode::FileType => Key::FilesType,
        ViolationCode::TooManyFiles
        | ViolationCode::UploadExpired
        | ViolationCode::Required
        | ViolationCode::TooLong
        | ViolationCode::TooShort
        | ViolationCode::ControlCharacter
        | ViolationCode::NotDigits
        | ViolationCode::LeadingZero
        | ViolationCode::RecordId
        | ViolationCode::Syntax
        | ViolationCode::NoDot
        | ViolationCode::LabelTooLong
        | ViolationCode::LocalTooLong
        | ViolationCode::UnknownField
        | ViolationCode::UnknownValue => return violation_text(texts, violation),
    };
    let limit = violation.limit.unwrap_or_default();
    let limit = texts.formats().bytes(u64::from(limit));
    texts.with(key, &[("name", name), ("limit", &limit)])
}

/// What the live region says.
pub fn files_said(texts: &Texts, told: &Told) -> String {
    match told {
        Told::Added(count) => texts.count(Key::SayFilesAdded, *count),
        Told::NotTaken(count) => texts.count(Key::SayFilesNotTaken, *count),
        Told::Removed(name) => texts.with(Key::SayFileRemoved, &[("name", name)]),
        Told::AllThere => texts.get(Key::SayFilesThere).to_string(),
        Told::Failed(name) => texts.with(Key::SayFileFailed, &[("name", name)]),
    }
}
