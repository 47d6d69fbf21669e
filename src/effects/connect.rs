//! Finding an endpoint: its policy must list our data centre before anything else is sent to it.

use super::Shell;
use super::task::{Task, cancellable};
use crate::options::Options;
use crate::platform::endpoint::{Bad, Endpoint};
use crate::platform::owner;
use crate::state::{Action, Connected, Fault, State};
use partner_rules::wire::{PolicyView, Session};
use partner_rules::{Dc, Policy};
use std::rc::Rc;
use web_sys::AbortSignal;

pub(super) fn connect(shell: &Shell, attempt: u32, state: &State) -> Task {
    let shell = shell.clone();
    let options = Rc::clone(&state.options);
    cancellable(|signal| async move {
        let Some(dc) = options.dc else { return };
        let found = find(&shell, &options.endpoints, dc, &signal).await;
        let owner = owner(&shell, found.as_ref().err()).await;
        if signal.aborted() {
            return;
        }
        if let Some(owner) = owner {
            shell.dispatch.emit(Action::Identified(owner));
        }
        shell.dispatch.emit(match found {
            Ok(connected) => {
                shell.served.learn(&connected.base, dc);
                set_clock(&shell, &options, &connected);
                let now_ms = shell.clock.now_ms();
                Action::Connected {
                    attempt,
                    connected: Rc::new(connected),
                    now_ms,
                }
            }
            Err(fault) => Action::ConnectFailed { attempt, fault },
        });
    })
}

/// Whose drafts these are. Where no endpoint answers the page's token may still say it: what waits is
/// shown, and not sent.
async fn owner(shell: &Shell, fault: Option<&Fault>) -> Option<Option<Rc<str>>> {
    match fault {
        None => {}
        Some(fault) if fault.outcome_unknown() => {
            let identity = shell.tokens.identity();
            shell.tokens.get(identity).await.ok()?;
        }
        Some(_) => return None,
    }
    match shell.tokens.speaks_for() {
        Some(who) => Some(owner::owner(&who).await),
        None => Some(None),
    }
}

/// The first endpoint of the list that answers and serves the data centre. An endpoint that does
/// not serve it is dropped and named in the console: that is a mistake of the page.
async fn find(
    shell: &Shell,
    bases: &[Rc<str>],
    dc: Dc,
    signal: &AbortSignal,
) -> Result<Connected, Fault> {
    let mut fault = Fault::WrongDataCentre;
    for base in bases {
        let endpoint = shell.endpoint_at(Rc::clone(base));
        match ask(&endpoint, dc, signal).await {
            Ok(Some(connected)) => return Ok(connected),
            Ok(None) => warn(base, dc),
            Err(bad) => fault = bad.fault,
        }
    }
    Err(fault)
}

async fn ask(endpoint: &Endpoint, dc: Dc, signal: &AbortSignal) -> Result<Option<Connected>, Bad> {
    let view: PolicyView = endpoint.get_public("/v1/policy", signal).await?;
    if !view.dcs.contains(&dc) {
        return Ok(None);
    }
    let demo = view.demo;
    let policy = Policy::try_from(view).map_err(|_| Fault::Unreadable)?;
    let session: Session = endpoint.get("/v1/session", signal).await?;
    Ok(Some(Connected {
        base: Rc::clone(&endpoint.base),
        session,
        policy: Rc::new(policy),
        demo,
    }))
}

/// The endpoint's time, or the fake one that the page asks for; only in demo mode it may.
fn set_clock(shell: &Shell, options: &Options, connected: &Connected) {
    match &options.qa {
        Some(start) if connected.demo => shell.clock.start(start),
        Some(_) | None => shell.clock.correct(&connected.session.server_time),
    }
    if options.qa.is_some() && !connected.demo {
        web_sys::console::warn_1(
            &"partner-desk: qa is ignored, the endpoint is not in demo mode".into(),
        );
    }
}

fn warn(base: &str, dc: Dc) {
    web_sys::console::error_3(
        &"partner-desk: this endpoint does not serve the data centre, it is left out:".into(),
        &base.into(),
        &dc.code().into(),
    );
}
