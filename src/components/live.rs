//! The live regions: there before they speak, each sentence once.

use super::place;
use crate::i18n::{Key, Texts};
use crate::state::signal::Spoken;
use crate::views::access::access_key;
use crate::views::add_ticket::attachments::files_said;
use crate::views::add_ticket::duplicate::duplicate_said;
use crate::views::add_ticket::preview::verdict_key;
use crate::views::fault::fault_text;
use partner_rules::wire::TicketChange;
use yew::prelude::*;

pub fn live(texts: &Texts, spoken: Option<&(u32, Spoken)>) -> Html {
    let urgent = matches!(spoken, Some((_, Spoken::NotSent(_))));
    // The key makes a repeated sentence a new node, so that it is spoken again.
    let content = |wanted: bool| {
        spoken
            .filter(|_| wanted)
            .map(|(number, spoken)| html! { <p key={*number}>{ sentence(texts, spoken) }</p> })
    };
    html! {
        <>
            <div class="pd-hidden" role="status" aria-live="polite" data-testid="pd-live">
                { place(content(!urgent)) }
            </div>
            <div class="pd-hidden" role="alert" aria-live="assertive">{ place(content(urgent)) }</div>
        </>
    }
}

fn sentence(texts: &Texts, spoken: &Spoken) -> String {
    match spoken {
        Spoken::Sending => texts.get(Key::FormSending).to_string(),
        Spoken::Filed { reference } => texts.with(Key::SayFiled, &[("reference", reference)]),
        Spoken::NotSent(fault) => fault_text(texts, fault),
        Spoken::Files(told) => files_said(texts, told),
        Spoken::Alike(reference) => duplicate_said(texts, reference),
        Spoken::News { reference, change } => {
            texts.with(news_key(*change), &[("reference", reference)])
        }
        Spoken::Replied { reference } => texts.with(Key::SayReplied, &[("reference", reference)]),
        Spoken::Closed { reference } => texts.with(Key::SayClosed, &[("reference", reference)]),
        Spoken::Reopened { reference } => texts.with(Key::SayReopened, &[("reference", reference)]),
        Spoken::RemarkQueued => texts.get(Key::SayQueuedRemark).to_string(),
        Spoken::Queued => texts.get(Key::SayQueued).to_string(),
        Spoken::Cancelled => texts.get(Key::OutboxCancelled).to_string(),
        Spoken::NotCancelled => texts.get(Key::OutboxKept).to_string(),
        Spoken::Copied(true) => texts.get(Key::ReceiptCopied).to_string(),
        Spoken::Copied(false) => texts.get(Key::ReceiptCopyFailed).to_string(),
        Spoken::OptionCount(count) => texts.count(Key::FormServiceCount, *count),
        Spoken::AccessSet { whose, to } => {
            let everybody = texts.get(Key::AccessDefault);
            let who = whose.as_deref().unwrap_or(&everybody);
            let level = texts.get(access_key(*to));
            texts.with(Key::AccessSaid, &[("who", who), ("access", &level)])
        }
        Spoken::Found(count) => texts.count(Key::HelpFound, *count),
        Spoken::FeedbackSent => texts.get(Key::FeedbackDone).to_string(),
        Spoken::LauncherMoved => texts.get(Key::HelpLauncherMoved).to_string(),
        Spoken::Saved => texts.get(Key::MailSaved).to_string(),
        Spoken::Verdict(outcome) => texts.get(verdict_key(*outcome)).to_string(),
        Spoken::RequestsFound(count) => texts.count(Key::RequestsFound, *count),
    }
}

const fn news_key(change: Option<TicketChange>) -> Key {
    match change {
        Some(TicketChange::Replied) => Key::SayNewsReply,
        Some(
            TicketChange::Closed
            | TicketChange::Reopened
            | TicketChange::Held
            | TicketChange::Resumed,
        ) => Key::SayNewsStatus,
        Some(
            TicketChange::Filed
            | TicketChange::Completed
            | TicketChange::Verified
            | TicketChange::Reclassified
            | TicketChange::Raised,
        )
        | None => Key::SayNewsClass,
    }
}
