//! Transitions of the files of the conversation: fetched on demand, saved or drawn.

use super::super::State;
use super::super::signal::Spoken;
use super::super::viewing::{Fetch, Purpose, Standing, Trouble, Viewing};
use super::identity::noticed;
use super::say;
use std::rc::Rc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViewingAction {
    Wanted {
        id: Rc<str>,
        name: Rc<str>,
        purpose: Purpose,
    },
    /// The picture is not looked at any more.
    Hidden(Rc<str>),
    Answered {
        attempt: u32,
        result: Result<(), Trouble>,
    },
}

pub(super) fn viewing(state: &mut State, action: ViewingAction) {
    match action {
        ViewingAction::Wanted { id, name, purpose } => {
            let Some((reference, ..)) = state.at_hand() else {
                return;
            };
            let (reference, attempt) = (Rc::clone(reference), state.attempt());
            let viewing = Rc::make_mut(&mut state.viewing);
            if viewing.reference != reference {
                *viewing = Viewing {
                    reference,
                    ..Viewing::default()
                };
            }
            viewing.remove(&id, purpose);
            viewing.files.push(Fetch {
                id,
                name,
                purpose,
                standing: Standing::Wanted { attempt },
            });
        }
        ViewingAction::Hidden(id) => {
            Rc::make_mut(&mut state.viewing).remove(&id, Purpose::Look);
        }
        ViewingAction::Answered { attempt, result } => answered(state, attempt, result),
    }
}

fn answered(state: &mut State, attempt: u32, result: Result<(), Trouble>) {
    let viewing = Rc::make_mut(&mut state.viewing);
    let sent = |file: &&mut Fetch| file.standing == (Standing::Wanted { attempt });
    let Some(file) = viewing.files.iter_mut().find(sent) else {
        return;
    };
    match (result, file.purpose) {
        (Err(trouble), _) => {
            file.standing = Standing::Failed(trouble.clone());
            if let Trouble::Fault(fault) = trouble {
                noticed(state, &fault);
            }
        }
        (Ok(()), Purpose::Look) => file.standing = Standing::Shown,
        (Ok(()), Purpose::Save) => {
            let id = Rc::clone(&file.id);
            viewing.remove(&id, Purpose::Save);
            say(state, Spoken::Saved);
        }
    }
}
