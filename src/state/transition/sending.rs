//! Transitions of sending a ticket.

use super::super::action::Answer;
use super::super::form::Form;
use super::super::signal::{Errand, FocusTarget, HostEvent, Spoken};
use super::super::submission::{Filed, Parcel, pack};
use super::super::{Fault, Screen, State, Submission, Verification};
use super::{errand, focus, say};
use partner_rules::wire::WireViolation;
use partner_rules::{Field, Violation};
use std::rc::Rc;

pub(super) fn submit(state: &mut State) {
    if let Submission::Unknown { parcel, .. } = &state.submission {
        // Not another ticket: the same one again.
        let parcel = Rc::clone(parcel);
        send(state, parcel, true);
        return;
    }
    if state.submission.is_frozen() || !state.may_file() {
        return;
    }
    let violations = state.form.violations().to_vec();
    if violations.is_empty() {
        // Without a key (it is made right after the first edit) nothing may leave.
        let base = state
            .connected()
            .map(|connected| Rc::clone(&connected.base));
        if let Some(parcel) = base.and_then(|base| pack(&state.form, &state.options, &base)) {
            send(state, Rc::new(parcel), false);
        }
        return;
    }
    state.submission = Submission::Editing;
    show_errors(state, violations);
}

/// Every error at its field, and a summary that takes focus.
pub(super) fn show_errors(state: &mut State, violations: Vec<Violation>) {
    let form = Rc::make_mut(&mut state.form);
    form.touched = true;
    form.submitted = true;
    form.errors = violations;
    form.settled = Field::ALL.to_vec();
    focus(state, FocusTarget::ErrorSummary);
}

fn send(state: &mut State, parcel: Rc<Parcel>, uncertain: bool) {
    let attempt = state.attempt();
    Rc::make_mut(&mut state.form).errors.clear();
    state.submission = Submission::Sending {
        attempt,
        parcel,
        uncertain,
    };
    say(state, Spoken::Sending);
}

pub(super) fn answered(state: &mut State, attempt: u32, answer: Answer) {
    let (parcel, uncertain) = match &state.submission {
        Submission::Sending {
            attempt: sent,
            parcel,
            uncertain,
        } if *sent == attempt => (Rc::clone(parcel), *uncertain),
        Submission::Sending { .. }
        | Submission::Editing
        | Submission::Unknown { .. }
        | Submission::Refused { .. } => return,
    };
    match answer {
        Answer::Accepted(filed) => accepted(state, *filed),
        Answer::Unknown(fault) => unknown(state, parcel, fault),
        // Turned away at the door: what became of the attempt before is still not known.
        Answer::Refused { fault, .. } if uncertain && fault.leaves_open() => {
            super::identity::wait(state, &fault);
            unknown(state, parcel, fault);
        }
        Answer::Refused { fault, violations } => refused(state, &parcel, fault, &violations),
    }
}

fn unknown(state: &mut State, parcel: Rc<Parcel>, fault: Fault) {
    failed(state, &parcel, &fault, true);
    state.submission = Submission::Unknown { fault, parcel };
    focus(state, FocusTarget::Problem);
}

fn accepted(state: &mut State, filed: Filed) {
    let receipt = &filed.receipt;
    let reference: Rc<str> = Rc::from(receipt.reference.as_str());
    let event = HostEvent::Submitted {
        reference: Rc::clone(&reference),
        outcome: receipt.classification.outcome,
        severity: receipt.severity,
        endpoint: Rc::clone(&filed.endpoint),
        replayed: filed.replayed,
    };
    Rc::make_mut(&mut state.requests).put_first(receipt.clone());
    state.form = Rc::new(Form::default());
    state.verification = Verification::Idle;
    state.submission = Submission::Editing;
    state.filed = Some(Rc::new(filed));
    super::editing::assess(state);
    errand(state, Errand::Emit(event));
    say(state, Spoken::Filed { reference });
    if state.screen == Screen::AddTicket {
        state.screen = Screen::Receipt;
        focus(state, FocusTarget::Title);
    } else if state.help.origin == Some(Screen::AddTicket) {
        // Somebody reads an answer meanwhile: "back" leads to what the form has become.
        state.help.origin = Some(Screen::Receipt);
    }
}

fn refused(state: &mut State, parcel: &Parcel, fault: Fault, violations: &[WireViolation]) {
    let later = matches!(fault, Fault::RateLimited { .. });
    failed(state, parcel, &fault, later);
    super::identity::wait(state, &fault);
    let errors: Vec<Violation> = violations.iter().filter_map(known_field).collect();
    let form = Rc::make_mut(&mut state.form);
    form.submitted = true;
    form.errors = errors;
    form.errors.sort_by_key(|error| error.field);
    if fault == Fault::KeyUsed {
        // The stored ticket keeps that key; what stands in the form now is another one.
        form.key = None;
    }
    let target = if form.errors.is_empty() {
        FocusTarget::Problem
    } else {
        FocusTarget::ErrorSummary
    };
    state.submission = if form.errors.is_empty() {
        Submission::Refused { fault }
    } else {
        Submission::Editing
    };
    focus(state, target);
}

fn failed(state: &mut State, parcel: &Parcel, fault: &Fault, retryable: bool) {
    errand(
        state,
        Errand::Emit(HostEvent::Failed {
            draft: Rc::clone(&parcel.key),
            code: Rc::from(fault.code()),
            retryable,
        }),
    );
    say(state, Spoken::NotSent(fault.clone()));
}

fn known_field(violation: &WireViolation) -> Option<Violation> {
    let field = Field::from_wire_name(&violation.field)?;
    Some(Violation {
        field,
        code: violation.code,
        limit: violation.limit,
    })
}
