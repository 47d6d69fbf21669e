//! Sending what somebody says about the translation: to the first endpoint that answers, under one key.

use super::Shell;
use super::task::{Task, cancellable};
use crate::platform::bridge::text;
use crate::platform::endpoint::{Bad, Parts};
use crate::state::feedback::{Answer, Feedback, FeedbackAction, Part, Wrong};
use crate::state::{Action, Fault, State};
use partner_rules::wire::WireViolation;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{AbortSignal, FormData};

const PATH: &str = "/v1/translation-feedback";

pub(super) fn send(shell: &Shell, attempt: u32, state: &State) -> Task {
    let (shell, feedback) = (shell.clone(), Rc::clone(&state.feedback));
    let (bases, lang) = (
        Rc::clone(&state.options.endpoints),
        Rc::clone(&state.options.lang),
    );
    cancellable(|signal| async move {
        let answer = match form(&shell, &feedback, &lang) {
            Ok(form) => along(&shell, &bases, &feedback, &form, &signal).await,
            Err(_) => failed(Fault::Unreadable.into()),
        };
        if !signal.aborted() {
            let action = FeedbackAction::Answered { attempt, answer };
            shell.dispatch.emit(Action::Feedback(action));
        }
    })
}

fn form(shell: &Shell, feedback: &Feedback, lang: &str) -> Result<FormData, JsValue> {
    let form = FormData::new()?;
    form.append_with_str("lang", lang)?;
    form.append_with_str("version", env!("CARGO_PKG_VERSION"))?;
    for part in Part::ALL {
        let text = feedback.text(part);
        if !text.is_empty() {
            form.append_with_str(part.wire_name(), text)?;
        }
    }
    for file in &feedback.files {
        if let Some(blob) = shell.blobs.get(&file.id) {
            form.append_with_blob_and_filename(Part::Screenshots.wire_name(), &blob, &file.name)?;
        }
    }
    Ok(form)
}

async fn along(
    shell: &Shell,
    bases: &[Rc<str>],
    feedback: &Feedback,
    form: &FormData,
    signal: &AbortSignal,
) -> Answer {
    let mut last = Answer::Failed {
        fault: Fault::WrongDataCentre,
        wrong: Vec::new(),
    };
    for base in bases {
        let parts = Parts {
            form: Some(form),
            idempotency_key: feedback.key.as_deref(),
            ..Parts::default()
        };
        let endpoint = shell.endpoint_at(Rc::clone(base));
        match endpoint.post_public(PATH, &parts, signal).await {
            Ok(good) => {
                let reference = text(&good.body, "reference").unwrap_or_default();
                return Answer::Sent {
                    reference: Rc::from(reference),
                };
            }
            Err(bad) if bad.fault.passes_on() && !signal.aborted() => last = failed(bad),
            Err(bad) => return failed(bad),
        }
    }
    last
}

fn failed(bad: Bad) -> Answer {
    let wrong = |violation: &WireViolation| {
        let part = Part::ALL
            .into_iter()
            .find(|part| part.wire_name() == violation.field)?;
        Some(Wrong {
            part,
            code: violation.code,
            limit: violation.limit,
        })
    };
    Answer::Failed {
        wrong: bad.violations.iter().filter_map(wrong).collect(),
        fault: bad.fault,
    }
}
