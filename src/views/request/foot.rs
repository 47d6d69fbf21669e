//! The foot of a request: the reply with its files, and closing or reopening. Never disabled, so focus on a
//! button is never lost. Until somebody writes it is one line, of the same elements: the styles hide the others.

use super::Part;
use crate::components::{Tone, counter, error_line, notice, place};
use crate::i18n::Key;
use crate::state::Action;
use crate::state::files::FilesAction;
use crate::state::outbox::Standing;
use crate::state::reply::{Act, Writing};
use crate::state::transition::ConversingAction;
use crate::views::add_ticket::attachments::{Attachments, few_attachments};
use crate::views::add_ticket::kept::lacking;
use partner_rules::ViolationCode;
use partner_rules::conversation::Wrong;
use partner_rules::wire::Status;
use std::rc::Rc;
use web_sys::{File, HtmlTextAreaElement};
use yew::prelude::*;

/// Whether something can be written here.
pub(super) fn is_open(part: &Part<'_>) -> bool {
    part.state.may_answer() && part.ticket.receipt.status != Status::Closed
}

/// Nothing for those who may only read.
pub(super) fn foot(part: &Part<'_>, on_pick: &Callback<Vec<File>>) -> Option<Html> {
    if !part.state.may_answer() {
        return None;
    }
    let none = Writing::default();
    let writing = part.state.writings.of(&part.ticket.receipt.reference);
    let writing = writing.unwrap_or(&none);
    let open = is_open(part);
    let small = open && writing.is_small();
    Some(html! {
        <div class="pd-foot pd-write" data-small={small.then_some("true")}>
            if writing.asking && open {
                { asking(part) }
            }
            if !open {
                <p class="pd-remark" data-testid="pd-request-closed">
                    { part.texts.get(Key::RequestClosedText) }
                </p>
            }
            if open || !writing.is_blank() {
                { reply(part, writing, on_pick) }
            }
            if writing.reasoning {
                { reason(part, writing) }
            }
            { buttons(part, writing, open) }
        </div>
    })
}

/// It is to be closed, and a reply stands there.
fn asking(part: &Part<'_>) -> Html {
    let texts = part.texts;
    let button = |hook: &'static str, label: Key, action: ConversingAction| {
        html! {
            <button type="button" class="pd-button" data-look="quiet" data-testid={hook}
                onclick={part.act(action)}>{ texts.get(label) }</button>
        }
    };
    let content = html! {
        <>
            <p>{ texts.get(Key::RequestUnsentText) }</p>
            <div class="pd-buttons">
                { button("pd-send-and-close", Key::RequestSendAndClose, ConversingAction::SendAndClose) }
                { button("pd-close-only", Key::RequestCloseOnly, ConversingAction::CloseOnly) }
                { button("pd-stay-open", Key::FilesCancel, ConversingAction::StayOpen) }
            </div>
        </>
    };
    let title = texts.get(Key::RequestUnsentTitle);
    notice(Tone::Amber, &title, Some("pd-problem"), content)
}

fn reply(part: &Part<'_>, writing: &Writing, on_pick: &Callback<Vec<File>>) -> Html {
    let texts = part.texts;
    let Some(connected) = part.state.connected() else {
        return Html::default();
    };
    let limits = connected.policy.limits();
    let max = limits.description_max;
    let used = u32::try_from(writing.text.chars().count()).unwrap_or(u32::MAX);
    let not_kept = lacking(&part.state.storage).filter(|_| !writing.is_blank());
    let on_change = part
        .dispatch
        .reform(|action: FilesAction| Action::Conversing(ConversingAction::Files(action)));
    let files = few_attachments(&Attachments {
        texts,
        files: &writing.files,
        limits,
        error: None,
        frozen: !is_open(part),
        on_pick,
        on_change: &on_change,
    });
    // What may come and go has a place of its own, or what stands before it is drawn anew: nobody's text field
    // may lose its focus.
    html! {
        <>
            { area(part, &Area {
                id: "pd-reply",
                label: Key::ReplyLabel,
                text: &writing.text,
                wrong: writing.wrong,
                rows: "3",
                typed: ConversingAction::Typed,
            }) }
            // Said only when it may matter.
            if used.saturating_add(1_000) > max {
                { counter(texts, "pd-reply-count", used, max) }
            }
            if writing.restored {
                <p class="pd-remark" data-testid="pd-draft-restored">
                    { texts.get(Key::FormRestoredText) }
                </p>
            }
            if let Some(key) = not_kept {
                <p class="pd-remark" data-testid="pd-not-kept">{ texts.get(key) }</p>
            }
            { place(files) }
        </>
    }
}

fn reason(part: &Part<'_>, writing: &Writing) -> Html {
    area(
        part,
        &Area {
            id: "pd-reason",
            label: Key::RequestReason,
            text: &writing.reason,
            wrong: writing.reason_wrong,
            rows: "2",
            typed: ConversingAction::ReasonTyped,
        },
    )
}

/// A text of several lines.
struct Area<'a> {
    /// Its test id as well.
    id: &'static str,
    label: Key,
    text: &'a Rc<str>,
    wrong: Option<Wrong>,
    rows: &'static str,
    typed: fn(Rc<str>) -> ConversingAction,
}

fn area(part: &Part<'_>, area: &Area<'_>) -> Html {
    let texts = part.texts;
    let typed = area.typed;
    let oninput = part.dispatch.reform(move |event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
        Action::Conversing(typed(Rc::from(text)))
    });
    // Whoever is at the reason has the whole foot already.
    let onfocus = part
        .dispatch
        .reform(|_: FocusEvent| Action::Conversing(ConversingAction::Begun));
    let mut problem = String::from(area.id);
    problem.push_str("-problem");
    let invalid = area.wrong.is_some();
    let error = area.wrong.map(|wrong| {
        html! {
            <div class="pd-field__error" id={problem.clone()} data-testid={problem.clone()}>
                { error_line(texts, &wrong_text(part, wrong)) }
            </div>
        }
    });
    html! {
        <div class="pd-field" data-invalid={invalid.then_some("true")}>
            <label class="pd-field__label" for={area.id}>{ texts.get(area.label) }</label>
            { place(error) }
            <textarea class="pd-control" id={area.id} data-testid={area.id} rows={area.rows} dir="auto"
                value={area.text.to_string()} aria-invalid={invalid.then_some("true")}
                aria-describedby={invalid.then_some(problem)} {oninput} {onfocus} />
        </div>
    }
}

fn wrong_text(part: &Part<'_>, (code, limit): Wrong) -> String {
    let texts = part.texts;
    match code {
        ViolationCode::TooLong => {
            let limit = texts.formats().number(limit.unwrap_or_default());
            texts.with(Key::FeedbackErrorTooLong, &[("limit", &limit)])
        }
        ViolationCode::ControlCharacter => texts.get(Key::ReplyErrorControl).to_string(),
        ViolationCode::Required
        | ViolationCode::TooShort
        | ViolationCode::NotDigits
        | ViolationCode::LeadingZero
        | ViolationCode::RecordId
        | ViolationCode::Syntax
        | ViolationCode::NoDot
        | ViolationCode::LabelTooLong
        | ViolationCode::LocalTooLong
        | ViolationCode::TooManyFiles
        | ViolationCode::FileTooLarge
        | ViolationCode::FileType
        | ViolationCode::UploadExpired
        | ViolationCode::UnknownField
        | ViolationCode::UnknownValue => texts.get(Key::ReplyErrorRequired).to_string(),
    }
}

fn buttons(part: &Part<'_>, writing: &Writing, open: bool) -> Html {
    let texts = part.texts;
    let act = if open { Act::Close } else { Act::Reopen };
    let sending = part
        .state
        .outbox
        .about(&part.ticket.receipt.reference)
        .any(|entry| {
            let switches = entry.remark().is_some_and(|remark| remark.act.is_switch());
            switches && matches!(entry.standing, Standing::Sending { .. })
        });
    let (hook, label, look) = if open {
        ("pd-close-request", Key::RequestClose, "quiet")
    } else {
        ("pd-reopen-request", Key::RequestReopen, "main")
    };
    html! {
        <>
            <div class="pd-buttons">
                if open {
                    <button type="submit" class="pd-button" data-look="main" data-testid="pd-reply-send"
                        key="send">{ texts.get(Key::ReplySend) }</button>
                }
                <button type="button" class="pd-button" data-look={look} id="pd-switch" key="switch"
                    data-testid={hook} aria-disabled={sending.then_some("true")}
                    onclick={part.act(ConversingAction::Switch(act))}>
                    { texts.get(if sending { Key::FormSending } else { label }) }
                </button>
            </div>
            <button type="button" class="pd-link pd-write__reason" data-testid="pd-give-reason"
                aria-expanded={if writing.reasoning { "true" } else { "false" }}
                onclick={part.act(ConversingAction::ReasonWanted)}>
                { texts.get(Key::RequestGiveReason) }
            </button>
        </>
    }
}
