//! Sending a parcel. Accepted, refused, or unknown: never a guess.

use super::Shell;
use super::task::{Task, lasting};
use crate::platform::endpoint::{Endpoint, Parts, read, write};
use crate::state::action::Answer;
use crate::state::submission::Parcel;
use crate::state::{Action, Fault, Filed};
use partner_rules::wire::Receipt;
use std::rc::Rc;
use web_sys::AbortSignal;

pub(super) fn submit(shell: &Shell, attempt: u32, parcel: &Rc<Parcel>) -> Task {
    let endpoint = shell.endpoint_at(Rc::clone(&parcel.base));
    let dispatch = shell.dispatch.clone();
    let parcel = Rc::clone(parcel);
    lasting(|signal| async move {
        let answer = send(&endpoint, &parcel, &signal).await;
        dispatch.emit(Action::SubmitAnswered { attempt, answer });
    })
}

async fn send(endpoint: &Endpoint, parcel: &Parcel, signal: &AbortSignal) -> Answer {
    let body = match write(&parcel.body) {
        Ok(body) => body,
        Err(fault) => return Answer::Unknown(fault),
    };
    let parts = Parts {
        body: Some(&body),
        idempotency_key: Some(&parcel.key),
    };
    match endpoint.post("/v1/tickets", &parts, signal).await {
        Ok(good) => match read::<Receipt>(good.body) {
            Ok(receipt) => Answer::Accepted(Box::new(Filed {
                receipt,
                endpoint: Rc::clone(&endpoint.base),
                replayed: good.replayed,
                previewed: parcel.body.preview.as_ref().map(|preview| preview.outcome),
            })),
            Err(_) => Answer::Unknown(Fault::Unreadable),
        },
        Err(bad) if bad.fault.outcome_unknown() => Answer::Unknown(bad.fault),
        Err(bad) => Answer::Refused {
            fault: bad.fault,
            violations: bad.violations,
        },
    }
}
