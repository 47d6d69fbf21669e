//! Fetching what Help says: the file of the language, and the drawings that all languages share.

use super::Shell;
use super::task::{Task, cancellable};
use crate::platform::bridge::Bridge;
use crate::platform::files::json;
use crate::platform::guide::read;
use crate::state::guide::Guide;
use crate::state::{Action, Fault, State};
use std::rc::Rc;

pub(super) fn load(shell: &Shell, attempt: u32, state: &State) -> Task {
    let (dispatch, bridge) = (shell.dispatch.clone(), shell.bridge.clone());
    let lang = Rc::clone(&state.options.lang);
    cancellable(|signal| async move {
        let result = fetch(&bridge, &lang).await;
        if !signal.aborted() {
            let result = result.map(Rc::new);
            dispatch.emit(Action::GuideLoaded { attempt, result });
        }
    })
}

async fn fetch(bridge: &Bridge, lang: &str) -> Result<Guide, Fault> {
    let mut name = String::from("help/");
    name.push_str(lang);
    name.push_str(".json");
    let help = json(bridge, &name).await?;
    let drawings = json(bridge, "help/drawings.json").await?;
    read(&help, &drawings).ok_or(Fault::Unreadable)
}
