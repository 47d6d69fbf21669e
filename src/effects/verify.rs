//! Asking about the account, once typing has paused.

use super::Shell;
use super::task::{Task, cancellable};
use crate::platform::endpoint::{Endpoint, Parts, read, write};
use crate::state::verification::Question;
use crate::state::{Action, Fault};
use gloo_timers::future::TimeoutFuture;
use partner_rules::Account;
use partner_rules::wire::{VerifyAnswer, VerifyRequest};
use web_sys::AbortSignal;

/// How long typing has to pause.
const PAUSE_MS: u32 = 450;

pub(super) fn verify(shell: &Shell, endpoint: Endpoint, attempt: u32, question: &Question) -> Task {
    let dispatch = shell.dispatch.clone();
    let request = VerifyRequest {
        superadmin_email: question.superadmin_email.clone(),
        service: question.service.clone(),
        dc: question.dc,
    };
    cancellable(|signal| async move {
        TimeoutFuture::new(PAUSE_MS).await;
        if signal.aborted() {
            return;
        }
        let result = ask(&endpoint, &request, &signal).await;
        if !signal.aborted() {
            dispatch.emit(Action::Verified { attempt, result });
        }
    })
}

async fn ask(
    endpoint: &Endpoint,
    request: &VerifyRequest,
    signal: &AbortSignal,
) -> Result<Account, Fault> {
    let body = write(request)?;
    let parts = Parts {
        body: Some(&body),
        form: None,
        idempotency_key: None,
    };
    let good = endpoint
        .post("/v1/accounts/verify", &parts, signal)
        .await
        .map_err(|bad| bad.fault)?;
    let answer: VerifyAnswer = read(good.body)?;
    Ok(answer.account)
}
