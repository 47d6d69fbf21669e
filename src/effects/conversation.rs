//! Loading one request.

use super::Shell;
use super::task::{Task, cancellable};
use crate::platform::endpoint::{Endpoint, read};
use crate::state::{Action, Fault, Ticket};
use wasm_bindgen::JsValue;

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
