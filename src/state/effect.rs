//! What has to be done outside, derived from the state. Each effect carries the attempt number by
//! which its answer is recognised; an answer for another attempt changes nothing.

use super::State;
use super::connection::Connection;
use super::files::Files;
use super::guide::Loading;
use super::outbox::{Outbox, Standing};
use super::requests::Load;
use super::retry::Retry;
use super::storage::{Lack, Storage};
use super::verification::Verification;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Find an endpoint that serves our data centre; ask who we are.
    Connect {
        attempt: u32,
    },
    /// Make the idempotency key of a form just touched.
    MakeKey,
    /// Wait for a pause in typing, then ask about the account.
    Verify {
        attempt: u32,
    },
    /// The same for what is being written about a request.
    MakeReplyKey,
    Submit {
        attempt: u32,
    },
    /// Send an attachment.
    Upload {
        attempt: u32,
    },
    /// Look for requests about the same organisation, once typing has paused.
    LookAlike {
        attempt: u32,
    },
    /// Read the address last used for the organisation in the form.
    ReadUsual {
        attempt: u32,
    },
    /// Wait until it is time for what stands in the outbox.
    Pause {
        attempt: u32,
    },
    /// Hear when the network is back or somebody looks again.
    Watch,
    /// Read what was kept in the browser.
    ReadKept {
        attempt: u32,
    },
    /// Hear from other tabs of the owner that is known since then.
    Listen {
        since: u32,
    },
    /// `signOut()` waits no longer than this.
    Leave {
        attempt: u32,
    },
    LoadRequests {
        attempt: u32,
    },
    LoadDetail {
        attempt: u32,
    },
    /// Fetch a file of the request on screen.
    FetchFile {
        attempt: u32,
    },
    LoadAccess {
        attempt: u32,
    },
    SetAccess {
        attempt: u32,
    },
    LoadAccessLog {
        attempt: u32,
    },
    /// Fetch questions, answers and steps in this language.
    LoadGuide {
        attempt: u32,
    },
    /// Hear whether somebody can see the page.
    Look,
    /// Follow what happens at the endpoint: one tab for all that are visible.
    Follow {
        attempt: u32,
    },
    /// Hear of it from the tab that follows.
    Hear {
        attempt: u32,
    },
    /// Ask what has become of requests that have changed.
    AskNews {
        attempt: u32,
    },
    /// Tell the endpoint what somebody has seen.
    MarkSeen {
        attempt: u32,
    },
    /// Send what somebody says about the translation.
    SendFeedback {
        attempt: u32,
    },
    Errand {
        number: u32,
    },
    /// Wait as long as the endpoint asked for.
    Wait {
        attempt: u32,
    },
    /// Ask the endpoint what time it is.
    AskTime {
        attempt: u32,
    },
    /// Keep relative times true while somebody looks at them.
    KeepTime,
}

/// Everything that should be under way now. The shell starts what is new and drops what is gone.
pub fn pending(state: &State) -> Vec<Effect> {
    let mut effects = Vec::new();
    // First of all: a token that has to be forgotten must not be sent with what follows.
    let errands = state.signals.errands.iter();
    effects.extend(errands.map(|(number, _)| Effect::Errand { number: *number }));
    if let Connection::Wanted { attempt } = state.connection {
        effects.push(Effect::Connect { attempt });
    }
    if state.form.touched && state.form.key.is_none() {
        effects.push(Effect::MakeKey);
    }
    if state.writings.keyless().is_some() {
        effects.push(Effect::MakeReplyKey);
    }
    if let Verification::Wanted { attempt, .. } = state.verification {
        effects.push(Effect::Verify { attempt });
    }
    outbox(state, &mut effects);
    if let Load::Wanted { attempt, .. } = state.requests.load {
        effects.push(Effect::LoadRequests { attempt });
    }
    if let Some((attempt, _)) = state.detail.fetching() {
        effects.push(Effect::LoadDetail { attempt });
    }
    let files = state.viewing.wanted();
    effects.extend(files.map(|(_, attempt)| Effect::FetchFile { attempt }));
    if let Load::Wanted { attempt, .. } = state.access.load {
        effects.push(Effect::LoadAccess { attempt });
    }
    let changes = state.access.under_way();
    effects.extend(changes.map(|change| Effect::SetAccess {
        attempt: change.attempt,
    }));
    if let Load::Wanted { attempt, .. } = state.access.log_load {
        effects.push(Effect::LoadAccessLog { attempt });
    }
    if let Some(Retry { attempt, .. }) = state.retry {
        effects.push(Effect::Wait { attempt });
    }
    if let Loading::Wanted { attempt } = state.help.guide {
        effects.push(Effect::LoadGuide { attempt });
    }
    if let Some(attempt) = state.feedback.sending() {
        effects.push(Effect::SendFeedback { attempt });
    }
    news(state, &mut effects);
    if let Some(attempt) = state.doubt {
        effects.push(Effect::AskTime { attempt });
    }
    if state.open {
        effects.push(Effect::KeepTime);
    }
    effects
}

fn news(state: &State, effects: &mut Vec<Effect>) {
    let news = &state.news;
    if let Some(attempt) = news.follow {
        // Hearing begins before following: what happens in between must not be missed.
        effects.extend([Effect::Look, Effect::Hear { attempt }]);
        if news.visible {
            effects.push(Effect::Follow { attempt });
        }
    }
    if let Some(asking) = &news.asking {
        effects.push(Effect::AskNews {
            attempt: asking.attempt,
        });
    }
    if let Some(seen) = news.seen.as_ref().filter(|seen| seen.pending) {
        effects.push(Effect::MarkSeen {
            attempt: seen.attempt,
        });
    }
}

/// What belongs to the outbox, and to what is kept in the browser.
fn outbox(state: &State, effects: &mut Vec<Effect>) {
    for entry in &state.outbox.entries {
        if let Standing::Sending { attempt, .. } = entry.standing
            && Outbox::is_ready(entry)
        {
            effects.push(Effect::Submit { attempt });
        }
    }
    let uploads = state.all_files().filter_map(Files::sending);
    effects.extend(uploads.map(|(_, attempt)| Effect::Upload { attempt }));
    if let Load::Wanted { attempt, .. } = state.alike.load {
        effects.push(Effect::LookAlike { attempt });
    }
    if let Some(attempt) = state.alike.reading() {
        effects.push(Effect::ReadUsual { attempt });
    }
    if let Some(pause) = state.outbox.pause {
        effects.push(Effect::Pause {
            attempt: pause.attempt,
        });
    }
    if state.outbox.is_waiting() || state.outbox.is_sending() {
        effects.push(Effect::Watch);
    }
    if let Storage::Wanted { attempt, .. } = state.storage {
        effects.push(Effect::ReadKept { attempt });
    }
    // Listening begins before reading: what changes in between must not be missed.
    match state.storage {
        Storage::Wanted { .. } | Storage::Ready | Storage::Lacking(Lack::Full) => {
            effects.push(Effect::Listen {
                since: state.owner_since,
            });
        }
        Storage::Unasked | Storage::Off | Storage::Lacking(Lack::Refused) => {}
    }
    if let Some(leaving) = state.leaving {
        effects.push(Effect::Leave {
            attempt: leaving.attempt,
        });
    }
}
