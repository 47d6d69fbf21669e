//! Sending an entry of the outbox. Accepted, refused, unknown or not sent: never a guess.

use super::Shell;
use super::route::Route;
use super::task::{Task, lasting, time_limit};
use crate::platform::endpoint::{Endpoint, Parts, read, write};
use crate::platform::{network, records, tabs};
use crate::state::action::Answer;
use crate::state::outbox::{Entry, Standing};
use crate::state::{Action, Fault, Filed, State};
use partner_rules::wire::{NewTicket, Receipt};
use std::rc::Rc;
use web_sys::AbortSignal;

pub(super) fn submit(shell: &Shell, attempt: u32, state: &State) -> Task {
    let Some(entry) = state.outbox.sent_by(attempt) else {
        return Task::done();
    };
    let (Some(body), Some(uploads)) = (&entry.body, entry.files.upload_ids()) else {
        return Task::done();
    };
    let sending = Sending {
        route: Route::new(shell, &entry.bases, body.dc, state),
        shell: shell.clone(),
        entry: Rc::clone(entry),
        body: NewTicket {
            uploads,
            ..NewTicket::clone(body)
        },
        owner: state.owner.clone().filter(|_| state.storage.keeps()),
    };
    let dispatch = shell.dispatch.clone();
    lasting(async move {
        let answer = sending.run().await;
        dispatch.emit(Action::SubmitAnswered { attempt, answer });
    })
}

struct Sending {
    route: Route,
    shell: Shell,
    entry: Rc<Entry>,
    body: NewTicket,
    /// Whose outbox it is in, if that is kept in the browser.
    owner: Option<Rc<str>>,
}

impl Sending {
    async fn run(&self) -> Answer {
        let Some(owner) = &self.owner else {
            return self.along().await;
        };
        let (vault, key) = (&self.shell.vault, &self.entry.key);
        let by_hand = matches!(self.entry.standing, Standing::Sending { by_hand: true, .. });
        let Some(turn) = tabs::turn(vault, owner, key, by_hand).await else {
            return Answer::Busy;
        };
        let mark = vault.record(owner, &records::over_name(key)).await;
        if mark.is_some_and(|mark| records::is_filed(&mark)) {
            return Answer::Busy;
        }
        // What was asked to be written before is written: the entry is safe, or cannot be.
        let _written = vault.write(owner, Vec::new()).await;
        let answer = self.along().await;
        if let Answer::Accepted(filed) = &answer {
            // Whoever has the next turn finds that it is over.
            let reference = Some(&*filed.receipt.reference);
            let over = records::over(key, reference, self.shell.clock.now());
            let _written = vault.write(owner, over.into()).await;
        }
        drop(turn);
        answer
    }

    /// As long as the endpoints do not answer. Whatever became of an attempt at one of them, the next
    /// knows the key.
    async fn along(&self) -> Answer {
        let mut left = false;
        let mut last = Fault::WrongDataCentre;
        for base in self.route.bases() {
            let probe = network::seems_offline() && !left;
            match self.route.serves(base, probe).await {
                Ok(true) => {}
                Ok(false) => continue,
                Err(fault) => {
                    last = fault;
                    continue;
                }
            }
            let endpoint = self.route.endpoint(base);
            match send(&endpoint, &self.entry.key, &self.body, &time_limit()).await {
                Answer::Unknown(fault) if fault.passes_on() => {
                    left = true;
                    last = fault;
                }
                // Refused, but by the door of this one only: what became of the attempt before is open.
                Answer::Refused { fault, .. } if left && fault.leaves_open() => {
                    return Answer::Unknown(fault);
                }
                answer @ (Answer::Accepted(_)
                | Answer::Refused { .. }
                | Answer::Unknown(_)
                | Answer::NotSent(_)
                | Answer::Busy) => return answer,
            }
        }
        if left {
            Answer::Unknown(last)
        } else {
            Answer::NotSent(last)
        }
    }
}

async fn send(endpoint: &Endpoint, key: &str, body: &NewTicket, signal: &AbortSignal) -> Answer {
    let previewed = body.preview.as_ref().map(|preview| preview.outcome);
    let body = match write(body) {
        Ok(body) => body,
        Err(fault) => return Answer::NotSent(fault),
    };
    let parts = Parts {
        body: Some(&body),
        form: None,
        idempotency_key: Some(key),
    };
    match endpoint.post("/v1/tickets", &parts, signal).await {
        Ok(good) => match read::<Receipt>(good.body) {
            Ok(receipt) => Answer::Accepted(Box::new(Filed {
                receipt,
                endpoint: Rc::clone(&endpoint.base),
                replayed: good.replayed,
                previewed,
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
