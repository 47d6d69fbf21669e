//! The screens of the panel.

use std::rc::Rc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Tab "Requests": the list.
    Requests,
    /// Tab "Help": the channels, questions and answers.
    Help,
    /// Tab "Access": what the shop's users may see; for super administrators.
    Access,
    /// One answer, by the id of its question.
    Answer(Rc<str>),
    /// What somebody says about the translation.
    Feedback,
    /// The ticket as an e-mail.
    Composer,
    AddTicket,
    /// What became of the ticket just filed.
    Receipt,
    /// One request, by reference.
    Request(Rc<str>),
}

impl Screen {
    /// Tabs are shown on the top level only; inner screens have a back button.
    pub fn is_top_level(&self) -> bool {
        match self {
            Self::Requests | Self::Help | Self::Access => true,
            Self::Answer(_)
            | Self::Feedback
            | Self::Composer
            | Self::AddTicket
            | Self::Receipt
            | Self::Request(_) => false,
        }
    }

    /// The name in `pd-open` and `open(view)`.
    pub fn view_name(&self) -> &'static str {
        match self {
            Self::Requests | Self::Access | Self::Receipt | Self::Request(_) => "requests",
            Self::AddTicket | Self::Composer => "add-ticket",
            Self::Help | Self::Answer(_) | Self::Feedback => "channels",
        }
    }

    /// The screen for a view name of the embed contract.
    pub fn from_view_name(name: &str) -> Option<Self> {
        match name {
            "requests" => Some(Self::Requests),
            "add-ticket" => Some(Self::AddTicket),
            "channels" => Some(Self::Help),
            _ => None,
        }
    }
}
