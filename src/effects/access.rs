//! The tab Access: loading users and log, granting.

use super::Shell;
use super::query::parameter;
use super::task::{Task, cancellable};
use crate::platform::endpoint::{Bad, Endpoint, Parts, read, write};
use crate::state::access::{AccessPage, Change, Whose};
use crate::state::transition::AccessAction;
use crate::state::{Action, Fault};
use gloo_timers::future::TimeoutFuture;
use partner_rules::wire::{Access, AccessChange, AccessLevel, AccessUser, Page};
use std::rc::Rc;
use web_sys::AbortSignal;

/// How long typing has to pause before it is searched for.
const PAUSE_MS: u32 = 300;

pub(super) fn users(
    shell: &Shell,
    endpoint: Endpoint,
    attempt: u32,
    query: &str,
    cursor: Option<Rc<str>>,
) -> Task {
    let dispatch = shell.dispatch.clone();
    let typing = !query.is_empty() && cursor.is_none();
    let mut path = String::from("/v1/access?limit=50");
    parameter(&mut path, "&q=", Some(query));
    parameter(&mut path, "&cursor=", cursor.as_deref());
    let first = cursor.is_none();
    cancellable(|signal| async move {
        if typing {
            TimeoutFuture::new(PAUSE_MS).await;
            if signal.aborted() {
                return;
            }
        }
        let result = page(&endpoint, &path, first, &signal).await;
        if !signal.aborted() {
            let result = result.map_err(|bad| bad.fault);
            dispatch.emit(Action::Access(AccessAction::Loaded { attempt, result }));
        }
    })
}

async fn page(
    endpoint: &Endpoint,
    path: &str,
    first: bool,
    signal: &AbortSignal,
) -> Result<AccessPage, Bad> {
    let default = if first {
        let level: AccessLevel = endpoint.get("/v1/access-default", signal).await?;
        Some(level.access)
    } else {
        None
    };
    let page: Page<AccessUser> = endpoint.get(path, signal).await?;
    Ok(AccessPage {
        users: page.items,
        next_cursor: page.next_cursor,
        default,
    })
}

pub(super) fn log(
    shell: &Shell,
    endpoint: Endpoint,
    attempt: u32,
    cursor: Option<Rc<str>>,
) -> Task {
    let dispatch = shell.dispatch.clone();
    let mut path = String::from("/v1/access-log?limit=50");
    parameter(&mut path, "&cursor=", cursor.as_deref());
    cancellable(|signal| async move {
        let page: Result<Page<AccessChange>, Bad> = endpoint.get(&path, &signal).await;
        if !signal.aborted() {
            let result = page
                .map(|page| (page.items, page.next_cursor))
                .map_err(|bad| bad.fault);
            dispatch.emit(Action::Access(AccessAction::LogLoaded { attempt, result }));
        }
    })
}

pub(super) fn set(shell: &Shell, endpoint: Endpoint, change: &Change) -> Task {
    let dispatch = shell.dispatch.clone();
    let (attempt, whose, to) = (change.attempt, change.whose.clone(), change.to);
    cancellable(|signal| async move {
        let result = put(&endpoint, &whose, to, &signal).await;
        if !signal.aborted() {
            let result = result.map_err(|bad| bad.fault);
            dispatch.emit(Action::Access(AccessAction::WasSet { attempt, result }));
        }
    })
}

async fn put(
    endpoint: &Endpoint,
    whose: &Whose,
    access: Access,
    signal: &AbortSignal,
) -> Result<Option<AccessUser>, Bad> {
    let body = write(&AccessLevel { access })?;
    let parts = Parts {
        body: Some(&body),
        form: None,
        idempotency_key: None,
    };
    let mut path = String::from("/v1/access-default");
    if let Some(email) = whose {
        path = String::from("/v1/access/");
        parameter(&mut path, "", Some(email));
    }
    let good = endpoint.put(&path, &parts, signal).await?;
    match whose {
        Some(_) => {
            let user: Result<AccessUser, Fault> = read(good.body);
            Ok(Some(user?))
        }
        None => Ok(None),
    }
}
