//! Transitions of the form: typing, leaving fields, verification.

use super::super::form::{Assessment, Form, Input};
use super::super::verification::{self, Verification};
use super::super::{Fault, State, Submission};
use super::identity::wait;
use super::keeping::keep;
use super::{counts, errand, focus, hush};
use crate::state::signal::{Errand, FocusTarget, Spoken};
use crate::state::storage::Mirror;
use partner_rules::{Account, Draft, Field, HintCode, Outcome, check, classify};
use std::rc::Rc;

pub(super) fn edited(state: &mut State, input: Input) {
    if state.submission.is_frozen() {
        return;
    }
    let form = Rc::make_mut(&mut state.form);
    let field = form.apply(input);
    form.settled.retain(|settled| *settled != field);
    state.discarded = None;
    if let Submission::Refused { .. } = state.submission {
        state.submission = Submission::Editing;
    }
    assess(state);
    let form = Rc::make_mut(&mut state.form);
    form.refresh_error(field);
    if field == Field::SuperadminEmail {
        // "I don't know it" moves the requirement between these three.
        form.refresh_error(Field::CustomerEmail);
        form.refresh_error(Field::Zuid);
    }
    keep(state, Mirror::draft());
}

/// Fills empty, untouched fields only.
pub(super) fn prefilled(state: &mut State, prefill: Draft) {
    if state.submission.is_frozen() {
        return;
    }
    let form = Rc::make_mut(&mut state.form);
    let kind_is_free = form.draft.org_id.is_empty() && !prefill.org_id.is_empty();
    let draft = &mut form.draft;
    if kind_is_free {
        draft.org_id_kind = prefill.org_id_kind;
    }
    let pairs = [
        (&mut draft.service, prefill.service),
        (&mut draft.org_id, prefill.org_id),
        (&mut draft.subject, prefill.subject),
        (&mut draft.description, prefill.description),
        (&mut draft.superadmin_email, prefill.superadmin_email),
    ];
    for (target, text) in pairs {
        if target.is_empty() && !text.is_empty() {
            *target = text;
            form.touched = true;
        }
    }
    assess(state);
}

pub(super) fn left(state: &mut State, field: Field) {
    let exact = state.connected().and_then(|connected| {
        let service = connected
            .policy
            .catalogue()
            .exact(&state.form.draft.service)?;
        Some(service.name.clone())
    });
    let frozen = state.submission.is_frozen();
    if field == Field::Service {
        // Nobody is choosing any more: how many would fit is no news.
        hush(state, counts);
    }
    let form = Rc::make_mut(&mut state.form);
    if !form.settled.contains(&field) {
        form.settled.push(field);
    }
    // An exact name or alias is taken; a near miss is only suggested (fields contract).
    if let (Field::Service, Some(name), false) = (field, exact, frozen)
        && form.draft.service != name
    {
        form.draft.service = name;
        assess(state);
    }
    let form = Rc::make_mut(&mut state.form);
    form.show_error(field);
}

pub(super) fn suggestion_taken(state: &mut State, field: Field) {
    let value = state
        .form
        .hints(field)
        .find(|hint| matches!(hint.code, HintCode::LikelyTypo | HintCode::UnlistedService))
        .and_then(|hint| hint.value.clone());
    let (Some(value), false) = (value, state.submission.is_frozen()) else {
        return;
    };
    match field {
        Field::Service => edited(state, Input::Service(value)),
        Field::SuperadminEmail => edited(state, Input::SuperadminEmail(value)),
        Field::CustomerEmail => edited(state, Input::CustomerEmail(value)),
        Field::OrgId | Field::Subject | Field::Description | Field::Zuid | Field::Attachments => {}
    }
    left(state, field);
    focus(state, FocusTarget::Field(field));
}

/// The address last used for the organisation is wanted in the field.
pub(super) fn usual_taken(state: &mut State) {
    let Some(address) = state.alike.offer(&state.form.draft) else {
        return;
    };
    let address = address.to_string();
    edited(state, Input::SuperadminEmail(address));
    left(state, Field::SuperadminEmail);
    focus(state, FocusTarget::Field(Field::SuperadminEmail));
}

pub(super) fn key_made(state: &mut State, key: Rc<str>) {
    let form = Rc::make_mut(&mut state.form);
    if form.key.is_none() {
        form.key = Some(key);
        if form.typed {
            keep(state, Mirror::draft());
        }
    }
}

pub(super) fn verified(state: &mut State, attempt: u32, result: Result<Account, Fault>) {
    let question = match &state.verification {
        Verification::Wanted {
            attempt: wanted,
            question,
        } if *wanted == attempt => question.clone(),
        Verification::Wanted { .. }
        | Verification::Idle
        | Verification::Known { .. }
        | Verification::Failed { .. } => return,
    };
    state.verification = match result {
        Ok(account) => Verification::Known { question, account },
        Err(fault) => {
            wait(state, &fault);
            Verification::Failed { question }
        }
    };
    assess(state);
}

/// Brings assessment and verification in line with the draft.
pub(super) fn assess(state: &mut State) {
    let (Some(policy), Some(dc)) = (state.rules(), state.options.dc) else {
        return;
    };
    let policy = &*policy;
    let before = outcome(&state.form);
    let form = Rc::make_mut(&mut state.form);
    form.assessment = Some(assessment(form, policy, dc, Account::Unknown));
    if state.connected().is_none() {
        unlisted_means_nothing(Rc::make_mut(&mut state.form));
        return;
    }
    let form = Rc::make_mut(&mut state.form);

    let question = verification::question(form, policy, dc);
    if question.as_ref() != state.verification.question() {
        state.verification = match question {
            Some(question) => Verification::Wanted {
                attempt: state.attempt(),
                question,
            },
            None => Verification::Idle,
        };
    }
    super::alike::look(state);
    let account = state.verification.account();
    if account != Account::Unknown {
        let form = Rc::make_mut(&mut state.form);
        form.assessment = Some(assessment(form, policy, dc, account));
    }
    say_verdict(state, before);
}

fn outcome(form: &Form) -> Option<Outcome> {
    Some(form.assessment.as_ref()?.classification.outcome)
}

/// Says another verdict once typing has paused; that something is missing only after a whole form.
fn say_verdict(state: &mut State, before: Option<Outcome>) {
    let (Some(verdict), true) = (outcome(&state.form), state.form.touched) else {
        return;
    };
    // What is on its way is judged by the endpoint now.
    if Some(verdict) == before || state.submission.is_frozen() {
        return;
    }
    let older = |errand: &Errand| matches!(errand, Errand::SayLater(Spoken::Verdict(_)));
    state.signals.errands.retain(|(_, errand)| !older(errand));
    let beginning = before.is_none_or(|before| before == Outcome::Incomplete);
    if verdict != Outcome::Incomplete || !beginning {
        errand(state, Errand::SayLater(Spoken::Verdict(verdict)));
    }
}

/// The built-in rules have no services.
fn unlisted_means_nothing(form: &mut Form) {
    if let Some(assessment) = &mut form.assessment {
        let hints = &mut Rc::make_mut(assessment).checked.hints;
        hints.retain(|hint| hint.field != Field::Service);
    }
}

fn assessment(
    form: &Form,
    policy: &partner_rules::Policy,
    dc: partner_rules::Dc,
    account: Account,
) -> Rc<Assessment> {
    let classification = classify(&form.draft, policy, account);
    Rc::new(Assessment {
        checked: check(&form.draft, policy, dc),
        classification,
    })
}
