//! Loading the list of requests.

use super::Shell;
use super::task::{Task, cancellable};
use crate::platform::bridge::text;
use crate::platform::endpoint::Endpoint;
use crate::state::Action;
use gloo_timers::future::TimeoutFuture;
use partner_rules::wire::{Page, Receipt};
use std::rc::Rc;

pub(super) fn list(
    shell: &Shell,
    endpoint: Endpoint,
    attempt: u32,
    cursor: Option<Rc<str>>,
) -> Task {
    let dispatch = shell.dispatch.clone();
    cancellable(|signal| async move {
        let mut path = String::from("/v1/tickets?limit=50");
        if let Some(cursor) = cursor {
            path.push_str("&cursor=");
            path.push_str(&String::from(js_sys::encode_uri_component(&cursor)));
        }
        let page: Result<Page<Receipt>, _> = endpoint.get(&path, &signal).await;
        if !signal.aborted() {
            let result = page
                .map(|page| (page.items, page.next_cursor))
                .map_err(|bad| bad.fault);
            dispatch.emit(Action::RequestsLoaded { attempt, result });
        }
    })
}

/// How long typing has to pause.
const PAUSE_MS: u32 = 450;

/// Requests about an organisation, as far as one page goes: there are not more that are open.
pub(super) fn alike(shell: &Shell, endpoint: Endpoint, attempt: u32, org_id: &str) -> Task {
    let dispatch = shell.dispatch.clone();
    let mut path = String::from("/v1/tickets?limit=50&q=");
    path.push_str(org_id);
    cancellable(|signal| async move {
        TimeoutFuture::new(PAUSE_MS).await;
        if signal.aborted() {
            return;
        }
        let page: Result<Page<Receipt>, _> = endpoint.get(&path, &signal).await;
        if !signal.aborted() {
            let result = page.map(|page| page.items).map_err(|bad| bad.fault);
            dispatch.emit(Action::AlikeLoaded { attempt, result });
        }
    })
}

pub(super) fn usual(shell: &Shell, endpoint: Endpoint, attempt: u32, reference: &str) -> Task {
    let dispatch = shell.dispatch.clone();
    let mut path = String::from("/v1/tickets/");
    path.push_str(&String::from(js_sys::encode_uri_component(reference)));
    cancellable(|signal| async move {
        let body = endpoint.fetch(&path, &signal).await;
        if !signal.aborted() {
            // An offer is not worth an error: without an answer there is none.
            let address = body.ok().and_then(|body| text(&body, "superadmin_email"));
            let address = Rc::from(address.unwrap_or_default());
            dispatch.emit(Action::UsualRead { attempt, address });
        }
    })
}
