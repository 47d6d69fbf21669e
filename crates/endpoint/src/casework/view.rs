//! A ticket as agents see it. Nothing of this type is ever sent to a partner.

use super::agent::Agent;
use super::audit::Entry;
use super::queue::{Person, ShopName};
use super::refusal::Refusal;
use super::suggest::{Suggestions, suggest};
use super::texts::{Drafts, drafts};
use crate::app::App;
use crate::clock::Timestamp;
use crate::store::casework::WholeCase;
use crate::ticket::{Record, Whole};
use partner_rules::wire::{
    Attachment, HistoryEntry, Message, Receipt, TicketDetail, TimelineEntry,
};
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseView {
    /// With `due`, and `last`.
    #[serde(flatten)]
    pub receipt: Receipt,
    pub description: String,
    /// "Customer Primary Email Address".
    pub superadmin_email: Option<String>,
    pub customer_email: Option<String>,
    pub zuid: Option<String>,
    pub lang: Option<String>,
    pub shop: ShopName,
    pub partner: Person,
    /// Oldest first; notes among agents have `internal`.
    pub messages: Vec<CaseMessage>,
    pub attachments: Vec<Attachment>,
    pub timeline: Vec<TimelineEntry>,
    /// As partners see it.
    pub history: Vec<HistoryEntry>,
    pub handling: Handling,
    pub suggestions: Suggestions,
    /// Oldest first.
    pub audit: Vec<Entry>,
    /// Texts to begin a reply with, in the ticket's language.
    pub drafts: Drafts,
}

/// A message as agents see it: with its author's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseMessage {
    #[serde(flatten)]
    pub message: Message,
    /// A note among agents.
    pub internal: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Handling {
    /// From when the targets count (R12).
    pub clock_at: Option<String>,
    /// An agent has confirmed the class: no directory changes that.
    pub by_hand: bool,
    /// An agent has raised the severity (R15).
    pub raised: bool,
    /// The product team that works on it.
    pub handed_to: Option<String>,
    /// From when the partner has to be told where it stands (R11); `null`: not, or told already.
    pub inform_at: Option<String>,
    /// When agents were reminded of that, after 24 and after 48 hours by the default policy.
    pub reminded_aim_at: Option<String>,
    pub reminded_due_at: Option<String>,
}

/// A ticket of any shop. The drafts are signed with the agent's name.
pub async fn view(app: &App, agent: &Agent, reference: &str) -> Result<CaseView, Refusal> {
    let whole = app.store.whole_case(reference).await?;
    let whole = whole.ok_or(Refusal::NotFound)?;
    let suggestions = suggest(app, &whole.ticket, &whole.messages).await?;
    let drafts = drafts(&whole.ticket, agent);
    Ok(dressed(whole, suggestions, drafts))
}

fn dressed(whole: WholeCase, suggestions: Suggestions, drafts: Drafts) -> CaseView {
    let WholeCase {
        ticket,
        shop_name,
        messages,
        history,
        attachments,
        audit,
        reminded_aim_at,
        reminded_due_at,
        inform_at,
    } = whole;
    let text = |at: Option<Timestamp>| at.map(Timestamp::rfc3339);
    let handling = Handling {
        clock_at: text(ticket.work.clock_at),
        by_hand: ticket.work.by_hand,
        raised: ticket.work.raised,
        handed_to: ticket.work.handed_to.clone(),
        inform_at: text(inform_at),
        reminded_aim_at: text(reminded_aim_at),
        reminded_due_at: text(reminded_due_at),
    };
    let shop = ShopName {
        id: ticket.shop_id.clone(),
        name: shop_name,
    };
    let partner = partner(&ticket);
    let detail = Whole {
        ticket,
        unread: false,
        messages: Vec::new(),
        history,
        attachments,
    };
    let TicketDetail { receipt, more } = detail.detail();
    CaseView {
        receipt,
        description: more.description,
        superadmin_email: more.superadmin_email,
        customer_email: more.customer_email,
        zuid: more.zuid,
        lang: more.lang,
        shop,
        partner,
        messages,
        attachments: more.attachments,
        timeline: more.timeline,
        history: more.history,
        handling,
        suggestions,
        audit,
        drafts,
    }
}

fn partner(ticket: &Record) -> Person {
    Person {
        name: ticket.created_by_name.clone(),
        email: ticket.created_by.clone(),
    }
}
