//! What waits for agents, in queues, oldest due first.

use super::refusal::Refusal;
use crate::app::App;
use crate::clock::Timestamp;
use crate::store::casework::Queued;
use crate::store::tickets::Position;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use partner_rules::wire::Receipt;
use serde::{Deserialize, Serialize};

/// Which tickets. One can be in several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    /// Nobody has set "Customer Primary Email Address" (R9); every e-mail ticket waits for that (R9a).
    NeedsAddress,
    /// Undecided, with an address: the account's class is to be confirmed.
    NeedsVerification,
    /// No agent has written to the partner yet.
    FirstResponse,
    /// A target's aim has passed, or it is due soon.
    Forecast,
    /// The partner has to be told where it stands (R11).
    Duty,
    /// The partner has answered, or reopened it.
    Replied,
    /// On hold, or with a product team.
    Parked,
    /// All that are not closed.
    Open,
}

impl Queue {
    pub const ALL: [Self; 8] = [
        Self::NeedsAddress,
        Self::NeedsVerification,
        Self::FirstResponse,
        Self::Forecast,
        Self::Duty,
        Self::Replied,
        Self::Parked,
        Self::Open,
    ];

    /// As in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NeedsAddress => "needs_address",
            Self::NeedsVerification => "needs_verification",
            Self::FirstResponse => "first_response",
            Self::Forecast => "forecast",
            Self::Duty => "duty",
            Self::Replied => "replied",
            Self::Parked => "parked",
            Self::Open => "open",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|queue| queue.code() == code)
    }
}

/// Which page of a queue.
#[derive(Clone, Debug)]
pub struct Ask {
    pub queue: Queue,
    /// How soon a target has to be due to count as near; in hours.
    pub within_h: u32,
    /// Text to be found in subject, reference, IDs or addresses; any case.
    pub text: Option<String>,
    pub after: Option<Position>,
    pub limit: u32,
}

/// Hours ahead that are looked at unless somebody says otherwise: the first response of S1 is due after three.
pub const WITHIN_H: u32 = 2;

impl Ask {
    /// The first page.
    pub fn first(queue: Queue) -> Self {
        Self {
            queue,
            within_h: WITHIN_H,
            text: None,
            after: None,
            limit: 50,
        }
    }
}

#[derive(Clone, Debug)]
pub struct QueuePage {
    pub items: Vec<QueueItem>,
    /// Where the next page begins; `None`: there is none.
    pub next: Option<Position>,
}

/// A ticket in a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QueueItem {
    #[serde(flatten)]
    pub receipt: Receipt,
    pub shop: ShopName,
    pub partner: Person,
    /// The product team that works on it.
    pub handed_to: Option<String>,
    /// From when the partner has to be told where it stands (R11).
    pub inform_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShopName {
    pub id: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    pub name: String,
    pub email: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    pub queue: Queue,
    pub tickets: u64,
}

/// A page of a queue.
pub async fn queue(app: &App, ask: &Ask) -> Result<QueuePage, Refusal> {
    let now = app.clock.now();
    // One more than asked for says whether there is a next page.
    let wanted = Ask {
        limit: ask.limit.saturating_add(1),
        text: ask.text.as_ref().map(|text| text.to_lowercase()),
        ..ask.clone()
    };
    let mut found = app.store.queue(&wanted, now).await?;
    let more = found.len() > ask.limit as usize;
    found.truncate(ask.limit as usize);
    let next = found.last().filter(|_| more).map(|last| last.position);
    Ok(QueuePage {
        items: found.into_iter().map(item).collect(),
        next,
    })
}

/// How many tickets are in each queue, in the order of [`Queue::ALL`].
pub async fn queues(app: &App, within_h: u32) -> Result<Vec<Count>, Refusal> {
    Ok(app.store.queue_counts(app.clock.now(), within_h).await?)
}

fn item(found: Queued) -> QueueItem {
    let Queued {
        ticket,
        shop_name,
        inform_at,
        position: _,
    } = found;
    QueueItem {
        receipt: ticket.receipt(),
        shop: ShopName {
            id: ticket.shop_id,
            name: shop_name,
        },
        partner: Person {
            name: ticket.created_by_name,
            email: ticket.created_by,
        },
        handed_to: ticket.work.handed_to,
        inform_at: inform_at.map(Timestamp::rfc3339),
    }
}

/// A place in a queue as text, for links and JSON. It grants nothing.
pub fn cursor(queue: Queue, position: Position) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}:{}:{}", queue.code(), position.at, position.id))
}

/// `None` for anything that [`cursor`] did not make for the same queue.
pub fn position(queue: Queue, text: &str) -> Option<Position> {
    let decoded = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let (at, id) = decoded
        .strip_prefix(queue.code())?
        .strip_prefix(':')?
        .split_once(':')?;
    let position = Position {
        at: at.parse().ok()?,
        id: id.parse().ok()?,
    };
    // Numbers have other spellings, such as +1 and 01.
    (cursor(queue, position) == text).then_some(position)
}
