//! Loading one request, and its files.

use super::Shell;
use super::task::{Task, cancellable};
use crate::platform::endpoint::{Endpoint, read};
use crate::platform::{download, picture};
use crate::state::picture::measure;
use crate::state::transition::ViewingAction;
use crate::state::viewing::{Purpose, Trouble};
use crate::state::{Action, Fault, State, Ticket};
use wasm_bindgen::JsValue;
use web_sys::{AbortSignal, Blob, Element};

pub(super) fn detail(shell: &Shell, endpoint: Endpoint, attempt: u32, reference: &str) -> Task {
    let dispatch = shell.dispatch.clone();
    let mut path = String::from("/v1/tickets/");
    path.push_str(&String::from(js_sys::encode_uri_component(reference)));
    cancellable(|signal| async move {
        let body: Result<JsValue, Fault> = endpoint
            .fetch(&path, &signal)
            .await
            .map_err(|bad| bad.fault);
        if !signal.aborted() {
            let result = body.and_then(ticket).map(Box::new);
            dispatch.emit(Action::DetailLoaded { attempt, result });
        }
    })
}

/// Receipt and the rest are read one after the other from the same object.
fn ticket(body: JsValue) -> Result<Ticket, Fault> {
    Ok(Ticket {
        receipt: read(body.clone())?,
        more: read(body)?,
    })
}

/// Fetches a file and saves it, or draws it.
pub(super) fn file(shell: &Shell, endpoint: Endpoint, attempt: u32, state: &State) -> Task {
    let mut wanted = state.viewing.wanted();
    let Some((file, _)) = wanted.find(|(_, known)| *known == attempt) else {
        return Task::done();
    };
    let (file, dispatch) = (file.clone(), shell.dispatch.clone());
    let (reference, root) = (state.viewing.reference.clone(), shell.bridge.root());
    cancellable(|signal| async move {
        let fetched = bytes(&endpoint, &reference, &file.id, &signal).await;
        if signal.aborted() {
            return;
        }
        let result = match (fetched, file.purpose) {
            (Err(fault), _) => Err(Trouble::Fault(fault)),
            (Ok(blob), Purpose::Save) => {
                download::save_blob(&file.name, &blob).ok_or(Trouble::Fault(Fault::Unreadable))
            }
            (Ok(blob), Purpose::Look) => draw(&root, &file.id, &blob).await,
        };
        if !signal.aborted() {
            let answered = ViewingAction::Answered { attempt, result };
            dispatch.emit(Action::Viewing(answered));
        }
    })
}

async fn bytes(
    endpoint: &Endpoint,
    reference: &str,
    id: &str,
    signal: &AbortSignal,
) -> Result<Blob, Fault> {
    let part = |text: &str| String::from(js_sys::encode_uri_component(text));
    let mut path = String::from("/v1/tickets/");
    path.push_str(&part(reference));
    path.push_str("/attachments/");
    path.push_str(&part(id));
    let blob = endpoint.fetch_blob(&path, signal).await;
    blob.map_err(|bad| bad.fault)
}

/// What it would take to decode it is known before it is decoded.
async fn draw(root: &Element, id: &str, blob: &Blob) -> Result<(), Trouble> {
    let head = picture::head(blob).await.ok_or(Trouble::Broken)?;
    let size = measure(&head).ok_or(Trouble::Broken)?;
    let width = size.drawn_width().ok_or(Trouble::TooLarge)?;
    let drawn = picture::draw(root, id, blob, width).await;
    drawn.ok_or(Trouble::Broken)
}
