//! Loading the list of requests.

use super::Shell;
use super::query::parameter;
use super::task::{Task, cancellable};
use crate::platform::bridge::text;
use crate::platform::endpoint::Endpoint;
use crate::state::Action;
use crate::state::requests::filter::{Filter, SeverityWanted, status_code};
use gloo_timers::future::TimeoutFuture;
use partner_rules::wire::{Page, Receipt};
use std::rc::Rc;

/// Rows of the first page, which comes soon, and of the others, which come seldom: the most there can be.
const ROWS: [&str; 2] = ["50", "200"];
/// How long typing has to pause before it is searched for.
const SEARCH_PAUSE_MS: u32 = 300;

pub(super) fn list(
    shell: &Shell,
    endpoint: Endpoint,
    attempt: u32,
    cursor: Option<&str>,
    filter: &Filter,
) -> Task {
    let dispatch = shell.dispatch.clone();
    let typing = cursor.is_none() && !filter.query.is_empty();
    let [first, later] = ROWS;
    let mut path = String::from("/v1/tickets");
    let limit = cursor.map_or(first, |_| later);
    parameter(&mut path, "?limit=", Some(limit));
    parameter(&mut path, "&cursor=", cursor);
    parameter(&mut path, "&sort=", Some(filter.sort.code()));
    parameter(&mut path, "&status=", filter.status.map(status_code));
    parameter(&mut path, "&service=", filter.service.as_deref());
    let severity = filter.severity.map(SeverityWanted::code);
    parameter(&mut path, "&severity=", severity);
    parameter(&mut path, "&q=", Some(filter.query.trim()));
    cancellable(|signal| async move {
        if typing {
            TimeoutFuture::new(SEARCH_PAUSE_MS).await;
            if signal.aborted() {
                return;
            }
        }
        let page: Result<Page<Receipt>, _> = endpoint.get(&path, &signal).await;
        if !signal.aborted() {
            let result = page.map_err(|bad| bad.fault);
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
