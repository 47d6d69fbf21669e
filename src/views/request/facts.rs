//! What the request was filed with, besides its description; folded up.

use crate::i18n::{Key, Texts};
use crate::state::Ticket;
use crate::views::help::dc_name;
use yew::prelude::*;

pub(super) fn facts(texts: &Texts, ticket: &Ticket) -> Html {
    let row = |(label, value): (String, String)| html! { <><dt>{ label }</dt><dd><bdi>{ value }</bdi></dd></> };
    html! {
        <details class="pd-fold" data-testid="pd-facts">
            <summary>{ texts.get(Key::DetailSent) }</summary>
            <dl class="pd-facts">{ for lines(texts, ticket).into_iter().map(row) }</dl>
        </details>
    }
}

/// Label and value, in words.
pub(super) fn lines(texts: &Texts, ticket: &Ticket) -> Vec<(String, String)> {
    let (receipt, more) = (&ticket.receipt, &ticket.more);
    let formats = texts.formats();
    let filed = formats
        .instant(&receipt.created_at)
        .map_or_else(|| receipt.created_at.clone(), |at| formats.date_time(at));
    let unknown = || texts.get(Key::DetailUnknownSuperadmin).to_string();
    let mut id = String::new();
    if !receipt.org_id.is_empty() {
        id = receipt.org_id_kind.code().to_uppercase();
        id.push(' ');
        id.push_str(&receipt.org_id);
    }
    let mut facts = vec![
        (Key::FormService, receipt.service.name.clone()),
        (Key::FormOrgId, id),
        (
            Key::FormSuperadminEmail,
            more.superadmin_email.clone().unwrap_or_else(unknown),
        ),
    ];
    facts.extend(
        more.customer_email
            .clone()
            .map(|value| (Key::FormCustomerEmail, value)),
    );
    facts.extend(more.zuid.clone().map(|value| (Key::FormZuid, value)));
    facts.push((Key::ReceiptFiledAt, filed));
    facts.push((Key::ReceiptDataCentre, dc_name(texts, receipt.dc)));
    // What an e-mail did not say is not there.
    facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (texts.get(key).to_string(), value))
        .collect()
}
