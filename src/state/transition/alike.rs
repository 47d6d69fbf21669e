//! Transitions of the open requests that may be about the same as what is typed.

use super::super::requests::Load;
use super::super::signal::{Errand, Spoken};
use super::super::twin::{self, Alike};
use super::super::{Fault, State};
use super::errand;
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
    point_out(state);
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
