//! Sending an entry of the outbox. Accepted, refused, unknown or not sent: never a guess.

use super::Shell;
use super::task::{Task, lasting, time_limit};
use crate::platform::endpoint::{Endpoint, Parts, read, write};
use crate::platform::{network, records, tabs};
use crate::state::action::Answer;
use crate::state::outbox::{Entry, Standing};
use crate::state::{Action, Fault, Filed, State};
use partner_rules::Dc;
use partner_rules::wire::{NewTicket, PolicyView, Receipt};
use std::rc::Rc;
use web_sys::AbortSignal;

pub(super) fn submit(shell: &Shell, attempt: u32, state: &State) -> Task {
    let Some(entry) = state.outbox.sent_by(attempt) else {
        return Task::done();
    };
    let sending = Sending {
        shell: shell.clone(),
        entry: Rc::clone(entry),
        owner: state.owner.clone(),
        others: Rc::clone(&state.options.endpoints),
        keeps: state.storage.keeps(),
    };
    let dispatch = shell.dispatch.clone();
    lasting(async move {
        let answer = sending.run().await;
        dispatch.emit(Action::SubmitAnswered { attempt, answer });
    })
}

struct Sending {
    shell: Shell,
    entry: Rc<Entry>,
    owner: Option<Rc<str>>,
    /// The endpoints that the page names now.
    others: Rc<[Rc<str>]>,
    keeps: bool,
}

impl Sending {
    async fn run(&self) -> Answer {
        let Some(body) = &self.entry.body else {
            return Answer::NotSent(Fault::Unreadable);
        };
        let Some(uploads) = self.entry.files.upload_ids() else {
            return Answer::NotSent(Fault::Unreadable);
        };
        let body = &NewTicket {
            uploads,
            ..NewTicket::clone(body)
        };
        let by_hand = matches!(self.entry.standing, Standing::Sending { by_hand: true, .. });
        let owner = self.owner.as_deref().filter(|_| self.keeps);
        let _turn = match owner {
            Some(owner) => {
                let vault = &self.shell.vault;
                let turn = tabs::turn(vault, owner, &self.entry.key, by_hand).await;
                let over = records::over_name(&self.entry.key);
                let mark = vault.record(owner, &over).await;
                if turn.is_none() || mark.is_some_and(|mark| records::is_filed(&mark)) {
                    return Answer::Busy;
                }
                // What was asked to be written before is written: the entry is safe, or cannot be.
                let _written = vault.write(owner, Vec::new()).await;
                turn
            }
            None => None,
        };
        self.along(body).await
    }

    /// Along the endpoints, as long as they do not answer. They share a store, so whatever became of the
    /// attempt at one of them, the next knows the key.
    async fn along(&self, body: &NewTicket) -> Answer {
        let mut left = false;
        let mut last = Fault::WrongDataCentre;
        let mut bases: Vec<&Rc<str>> = self.entry.bases.iter().collect();
        let known = bases.len();
        bases.extend(
            self.others
                .iter()
                .filter(|base| !self.entry.bases.contains(base)),
        );
        for (at, base) in bases.into_iter().enumerate() {
            // The first was asked for its policy when the form was opened. If the browser believes to be
            // offline, a question without any ticket data shows it.
            let sure = at < known && self.shell.served.knows(base, body.dc);
            if !sure || (network::seems_offline() && !left) {
                match self.serves(base, body.dc).await {
                    Ok(true) => {}
                    Ok(false) => continue,
                    Err(fault) => {
                        last = fault;
                        continue;
                    }
                }
            }
            match self.post(base, body).await {
                Answer::Unknown(fault) if fault.passes_on() => {
                    left = true;
                    last = fault;
                }
                // It was refused, but by the door of this one only: what became of the attempt before is open.
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

    /// Whether an endpoint's policy lists the data centre: before that nothing of a ticket goes there.
    async fn serves(&self, base: &Rc<str>, dc: Dc) -> Result<bool, Fault> {
        let endpoint = self.shell.endpoint_at(Rc::clone(base));
        let policy = endpoint.get_public("/v1/policy", &time_limit()).await;
        let view: PolicyView = policy.map_err(|bad| bad.fault)?;
        let serves = view.dcs.contains(&dc);
        if serves {
            self.shell.served.learn(base, dc);
        }
        Ok(serves)
    }

    async fn post(&self, base: &Rc<str>, body: &NewTicket) -> Answer {
        let endpoint = self.shell.endpoint_at(Rc::clone(base));
        send(&endpoint, &self.entry.key, body, &time_limit()).await
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
