//! The page of a ticket: what was said, what is promised, what is known, and the forms to act.

mod acts;
mod facts;
mod facts_account;
mod talk;
mod targets;
mod trail;

use super::form;
use super::row::badges;
use crate::casework::CaseView;
use crate::desk::acts::{Form, Typed};
use crate::desk::visit::Signed;
use maud::{Markup, html};

/// What the page is made of.
#[derive(Clone, Copy, Debug)]
pub(in crate::desk) struct Page<'a> {
    pub(in crate::desk) signed: &'a Signed,
    pub(in crate::desk) case: &'a CaseView,
    pub(in crate::desk) typed: &'a Typed,
    /// By chance; makes what its forms do happen once.
    pub(in crate::desk) key: &'a str,
    /// What was just done.
    pub(in crate::desk) done: Option<Form>,
}

pub(in crate::desk) fn main(page: Page<'_>) -> Markup {
    let Page { signed, case, .. } = page;
    let texts = signed.visit.texts;
    let receipt = &case.receipt;
    let errors: Vec<(&str, &str)> = page
        .typed
        .errors
        .iter()
        .map(|wrong| (wrong.id.as_str(), wrong.text.as_str()))
        .collect();
    html! {
        @if let Some(news) = &page.typed.news { (trail::news(page, news)) }
        (form::summary(texts, &errors))
        @if let Some(done) = page.done { (form::notice(texts.say(done.done()))) }
        div.title data-testid="desk-ticket-title" data-reference=(receipt.reference) data-status=(super::codes::status_code(receipt.status)) {
            p.soft { (receipt.reference) " · " bdi { (case.shop.name) } }
            h1 dir="auto" { (receipt.subject) }
            (badges(texts, receipt))
        }
        div.columns {
            div {
                (talk::conversation(page))
                (acts::words(page))
                (acts::steps(page))
                (trail::history(page))
                (trail::audit(page))
            }
            div {
                (targets::timeline(page))
                (facts_account::panel(page))
                (facts::classification(page))
                (facts::ticket(page))
            }
        }
    }
}
