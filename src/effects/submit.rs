//! Sending an entry of the outbox. Accepted, refused, unknown or not sent: never a guess.

use super::Shell;
use super::route::Route;
use super::task::{Task, lasting, time_limit};
use crate::platform::endpoint::{Endpoint, Good, Parts, read, write};
use crate::platform::{network, records, tabs};
use crate::state::action::Answer;
use crate::state::outbox::{Entry, Parcel, Standing};
use crate::state::reply::Act;
use crate::state::submission::{Taken, What};
use crate::state::{Action, Fault, Filed, State};
use js_sys::encode_uri_component;
use partner_rules::wire::{Message, NewReply, NewTicket, Receipt, StatusChange};
use std::rc::Rc;
use web_sys::AbortSignal;

pub(super) fn submit(shell: &Shell, attempt: u32, state: &State) -> Task {
    let Some(entry) = state.outbox.sent_by(attempt) else {
        return Task::done();
    };
    let (Some(dc), Some(uploads)) = (entry.dc(), entry.files.upload_ids()) else {
        return Task::done();
    };
    let sending = Sending {
        route: Route::new(shell, &entry.bases, dc, state),
        shell: shell.clone(),
        entry: Rc::clone(entry),
        letter: letter(&entry.parcel, uploads),
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
    letter: Result<Letter, Fault>,
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
        let reference = match (&answer, &self.entry.parcel) {
            (Answer::Accepted(filed), _) => Some(&*filed.receipt.reference),
            (Answer::Taken(_), Parcel::Remark(remark)) => Some(&*remark.reference),
            (
                Answer::Taken(_)
                | Answer::Refused { .. }
                | Answer::Unknown(_)
                | Answer::NotSent(_)
                | Answer::Busy,
                _,
            ) => None,
        };
        if reference.is_some() {
            // Whoever has the next turn finds that it is over.
            let over = records::over(key, reference, self.shell.clock.now());
            let _written = vault.write(owner, over.into()).await;
        }
        drop(turn);
        answer
    }

    /// As long as the endpoints do not answer. Whatever became of an attempt at one of them, the next
    /// knows the key.
    async fn along(&self) -> Answer {
        let letter = match &self.letter {
            Ok(letter) => letter,
            Err(fault) => return Answer::NotSent(fault.clone()),
        };
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
            match self.send(&endpoint, letter, &time_limit()).await {
                Answer::Unknown(fault) if fault.passes_on() => {
                    left = true;
                    last = fault;
                }
                // Refused, but by the door of this one only: what became of the attempt before is open.
                Answer::Refused { fault, .. } if left && fault.leaves_open() => {
                    return Answer::Unknown(fault);
                }
                answer @ (Answer::Accepted(_)
                | Answer::Taken(_)
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

    async fn send(&self, endpoint: &Endpoint, letter: &Letter, signal: &AbortSignal) -> Answer {
        let parts = Parts {
            body: Some(&letter.body),
            form: None,
            idempotency_key: Some(&self.entry.key),
        };
        match endpoint.post(&letter.path, &parts, signal).await {
            Ok(good) => arrived(endpoint, &self.entry.parcel, good).unwrap_or_else(Answer::Unknown),
            Err(bad) if bad.fault.outcome_unknown() => Answer::Unknown(bad.fault),
            Err(bad) => Answer::Refused {
                fault: bad.fault,
                violations: bad.violations,
            },
        }
    }
}

/// What goes over the wire.
struct Letter {
    path: String,
    body: String,
}

fn letter(parcel: &Parcel, uploads: Vec<String>) -> Result<Letter, Fault> {
    match parcel {
        Parcel::Ticket { body, .. } => {
            let body = body.as_ref().ok_or(Fault::Unreadable)?;
            let path = String::from("/v1/tickets");
            let body = write(&NewTicket {
                uploads,
                ..NewTicket::clone(body)
            })?;
            Ok(Letter { path, body })
        }
        Parcel::Remark(remark) => {
            let mut path = String::from("/v1/tickets/");
            path.push_str(&String::from(encode_uri_component(&remark.reference)));
            path.push('/');
            path.push_str(remark.act.code());
            let text = String::from(&*remark.text);
            let body = match remark.act {
                Act::Reply => write(&NewReply { text, uploads })?,
                Act::Close | Act::Reopen => write(&StatusChange {
                    reason: Some(text).filter(|text| !text.is_empty()),
                })?,
            };
            Ok(Letter { path, body })
        }
    }
}

/// A 2xx answer that cannot be read: it may well be stored.
fn arrived(endpoint: &Endpoint, parcel: &Parcel, good: Good) -> Result<Answer, Fault> {
    let endpoint = Rc::clone(&endpoint.base);
    Ok(match parcel {
        Parcel::Ticket { body, .. } => Answer::Accepted(Box::new(Filed {
            receipt: read::<Receipt>(good.body)?,
            endpoint,
            replayed: good.replayed,
            previewed: body
                .as_ref()
                .and_then(|body| body.preview.as_ref())
                .map(|preview| preview.outcome),
        })),
        Parcel::Remark(remark) => {
            let what = match remark.act {
                Act::Reply => What::Message(read::<Message>(good.body)?),
                Act::Close | Act::Reopen => What::Switched(Box::new(read::<Receipt>(good.body)?)),
            };
            Answer::Taken(Box::new(Taken { endpoint, what }))
        }
    })
}
