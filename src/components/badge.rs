//! The badge of a request: severity or where it stands, as text with a colour of its own.

use crate::i18n::{Key, Texts};
use partner_rules::Outcome;
use partner_rules::wire::{Receipt, Status};
use yew::prelude::*;

/// What it says, without the badge.
pub fn badge_text(texts: &Texts, receipt: &Receipt) -> String {
    texts.get(look(receipt).1).to_string()
}

pub fn badge(texts: &Texts, receipt: &Receipt) -> Html {
    let (tone, key) = look(receipt);
    html! { <span class="pd-badge" data-tone={tone}>{ texts.get(key) }</span> }
}

/// "Priority Customer – Large User Account", where it is ticked.
pub fn priority_badge(texts: &Texts, receipt: &Receipt) -> Option<Html> {
    let label = || texts.get(Key::BadgePriorityCustomer);
    receipt
        .priority_customer
        .then(|| html! { <span class="pd-badge" data-tone="neutral">{ label() }</span> })
}

fn look(receipt: &Receipt) -> (&'static str, Key) {
    if receipt.status == Status::Closed {
        return ("done", Key::StatusClosed);
    }
    if receipt.severity.is_some() {
        return ("critical", Key::BadgeS1);
    }
    match receipt.classification.outcome {
        Outcome::Priority => ("critical", Key::BadgeS1),
        Outcome::Undecided => ("accent", Key::BadgeVerifying),
        Outcome::Manual => ("accent", Key::BadgeManual),
        Outcome::Excluded | Outcome::Standard | Outcome::Incomplete => {
            ("neutral", Key::BadgeNormal)
        }
    }
}
