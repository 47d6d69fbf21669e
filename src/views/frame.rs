//! What stands around every screen: the head with title, way back and ✕, and the tabs.

use super::help;
use crate::components::{Header, Tab, header, tabs};
use crate::i18n::{Key, Texts};
use crate::state::{Action, Connection, Screen, State};
use crate::views::requests::row::status_key;
use partner_rules::wire::Receipt;
use yew::prelude::*;

pub fn head(
    texts: &Texts,
    state: &State,
    dispatch: &Callback<Action>,
    on_close: &Callback<()>,
) -> Html {
    let reference = match &state.screen {
        Screen::Request(reference) => Some(reference),
        Screen::Requests
        | Screen::Help
        | Screen::Access
        | Screen::Answer(_)
        | Screen::Feedback
        | Screen::Composer
        | Screen::AddTicket
        | Screen::Receipt => None,
    };
    let subject = reference.and_then(|reference| subject(state, reference));
    let context = match (reference, state.options.dc) {
        (Some(reference), _) => match receipt(state, reference) {
            Some(receipt) => {
                let status = texts.get(status_key(receipt.status));
                let values = [("reference", &**reference), ("status", &*status)];
                texts.with(Key::DetailContext, &values)
            }
            None => reference.to_string(),
        },
        (None, Some(dc)) => texts.with(Key::PanelContext, &[("dc", &help::dc_name(texts, dc))]),
        (None, None) => texts.get(Key::PanelContextNone).to_string(),
    };
    let on_back = (!state.screen.is_top_level()).then(|| dispatch.reform(|()| Action::Back));
    header(
        texts,
        Header {
            user_title: subject.is_some(),
            title: subject.unwrap_or_else(|| title(texts, state)),
            context,
            on_back,
            on_close: on_close.clone(),
        },
    )
}

fn title(texts: &Texts, state: &State) -> String {
    let key = match &state.screen {
        Screen::Requests | Screen::Help | Screen::Access => Key::PanelTitle,
        Screen::Answer(id) => {
            let question = help::question(state, id).unwrap_or_else(|| texts.get(Key::TabHelp));
            return question.to_string();
        }
        Screen::Feedback => Key::FeedbackTitle,
        Screen::Composer => Key::MailTitle,
        Screen::AddTicket => Key::FormTitle,
        Screen::Receipt => Key::ReceiptTitle,
        Screen::Request(_) => Key::DetailTitle,
    };
    texts.get(key).to_string()
}

/// What is known of a request: of itself, or of its line in the list while it is on its way.
fn receipt<'a>(state: &'a State, reference: &str) -> Option<&'a Receipt> {
    if let Some(ticket) = state.detail.showing(reference) {
        return Some(&ticket.receipt);
    }
    Some(state.requests.find(reference)?)
}

fn subject(state: &State, reference: &str) -> Option<String> {
    Some(receipt(state, reference)?.subject.clone())
}

/// A screen with the tabs over it.
pub fn tabbed(
    texts: &Texts,
    state: &State,
    selected: &'static str,
    body: Html,
    dispatch: &Callback<Action>,
) -> Html {
    let tab = |id, label| Tab { id, label };
    let mut shown = Vec::new();
    if state.connection != Connection::NoDataCentre {
        shown.push(tab("requests", Key::TabRequests));
    }
    shown.push(tab("help", Key::TabHelp));
    if state.administers() {
        shown.push(tab("access", Key::TabAccess));
    }
    let on_select = dispatch.reform(|id: &'static str| {
        Action::TabChosen(match id {
            "help" => Screen::Help,
            "access" => Screen::Access,
            _ => Screen::Requests,
        })
    });
    let mut labelled = String::from("pd-tab-");
    labelled.push_str(selected);
    html! {
        <>
            { tabs(texts, &shown, selected, &on_select) }
            <div class="pd-tabpanel" id="pd-tabpanel" role="tabpanel" aria-labelledby={labelled}>{ body }</div>
        </>
    }
}
