//! The badge of a request: severity or where it stands, as text with a colour of its own.

use super::use_texts;
use crate::i18n::Key;
use partner_rules::Outcome;
use partner_rules::wire::{Receipt, Status};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct BadgeProps {
    pub status: Status,
    pub critical: bool,
    pub outcome: Outcome,
}

impl BadgeProps {
    fn look(&self) -> (&'static str, Key) {
        if self.status == Status::Closed {
            return ("done", Key::StatusClosed);
        }
        if self.critical {
            return ("critical", Key::BadgeS1);
        }
        match self.outcome {
            Outcome::Priority => ("critical", Key::BadgeS1),
            Outcome::Undecided => ("accent", Key::BadgeVerifying),
            Outcome::Manual => ("accent", Key::BadgeManual),
            Outcome::Excluded | Outcome::Standard | Outcome::Incomplete => {
                ("neutral", Key::BadgeNormal)
            }
        }
    }
}

#[component]
pub fn Badge(props: &BadgeProps) -> Html {
    let texts = use_texts();
    let (tone, key) = props.look();
    html! { <span class="pd-badge" data-tone={tone}>{ texts.get(key) }</span> }
}

/// The badge of a receipt.
impl From<&Receipt> for BadgeProps {
    fn from(receipt: &Receipt) -> Self {
        Self {
            status: receipt.status,
            critical: receipt.severity.is_some(),
            outcome: receipt.classification.outcome,
        }
    }
}
