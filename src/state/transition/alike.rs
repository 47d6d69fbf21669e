//! Transitions of the open requests that may be about the same as what is typed.

use super::super::requests::Load;
use super::super::signal::{Errand, Spoken};
use super::super::twin::{self, Alike, Usual};
use super::super::{Fault, State};
use super::errand;
use partner_rules::Outcome;
use partner_rules::wire::Receipt;
use std::rc::Rc;

/// Brings what is known of similar requests in line with the form.
pub(super) fn look(state: &mut State) {
    let organisation = twin::organisation(&state.form.draft).unwrap_or_default();
    if state.alike.org_id != organisation {
        let load = if organisation.is_empty() || state.submission.is_frozen() {
            Load::Idle
        } else {
            Load::Wanted {
                attempt: state.attempt(),
                cursor: None,
            }
        };
        state.alike = Rc::new(Alike {
            org_id: organisation,
            load,
            ..Alike::default()
        });
    }
    seek(state);
    point_out(state);
}

pub(super) fn loaded(state: &mut State, attempt: u32, result: Result<Vec<Receipt>, Fault>) {
    let wanted =
        matches!(state.alike.load, Load::Wanted { attempt: wanted, .. } if wanted == attempt);
    if !wanted {
        return;
    }
    let alike = Rc::make_mut(&mut state.alike);
    // A remark is not worth an error: without an answer there is none.
    alike.load = Load::Ready;
    alike.items = result
        .unwrap_or_default()
        .into_iter()
        .map(Rc::new)
        .collect();
    seek(state);
    point_out(state);
}

/// The newest request about this organisation may say which address was used.
fn seek(state: &mut State) {
    let kind = state.form.draft.org_id_kind;
    let alike = &state.alike;
    let about = |receipt: &&Rc<Receipt>| {
        receipt.org_id == alike.org_id
            && receipt.org_id_kind == kind
            && receipt.classification.outcome != Outcome::Manual
    };
    let newest = alike.items.iter().find(about);
    let reference = newest.map(|newest| Rc::<str>::from(newest.reference.as_str()));
    let known = alike.usual.as_ref().map(|usual| &usual.reference);
    if known == reference.as_ref() {
        return;
    }
    let usual = reference.map(|reference| Usual {
        attempt: state.attempt(),
        reference,
        address: None,
    });
    Rc::make_mut(&mut state.alike).usual = usual;
}

/// The address of that request; an empty one if it has none or cannot be read.
pub(super) fn usual_read(state: &mut State, attempt: u32, address: Rc<str>) {
    if state.alike.reading() != Some(attempt) {
        return;
    }
    if let Some(usual) = &mut Rc::make_mut(&mut state.alike).usual {
        usual.address = Some(address);
    }
}

fn point_out(state: &mut State) {
    let found = found(state).filter(|_| !state.submission.is_frozen());
    if found == state.alike.twin {
        return;
    }
    if let Some(twin) = &found {
        let reference = Rc::from(twin.reference.as_str());
        errand(state, Errand::SayLater(Spoken::Alike(reference)));
    }
    Rc::make_mut(&mut state.alike).twin = found;
}

fn found(state: &State) -> Option<Rc<Receipt>> {
    let connected = state.connected()?;
    let draft = &state.form.draft;
    let service = connected.policy.catalogue().resolve(&draft.service);
    let known = state.requests.items.iter().chain(&state.alike.items);
    twin::twin(draft, &service.id, known).cloned()
}
