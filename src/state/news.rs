//! What happens to requests elsewhere: at the other side of the counter, by a colleague, in another tab.
//! The endpoint's events say only which request has changed; what has become of it is asked then, and only
//! while somebody can see the page.

use super::fault::Fault;
use partner_rules::wire::Receipt;
use std::rc::Rc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// The attempt that follows the events of the endpoint in use.
    pub follow: Option<u32>,
    /// Whether somebody can see the page: hidden tabs stay quiet.
    pub visible: bool,
    /// Requests that have changed since they were asked for.
    pub stale: Vec<Rc<str>>,
    /// Something was missed: anything may have changed.
    pub gap: bool,
    /// The number of unread requests is to be asked for.
    pub doubt: bool,
    pub asking: Option<Asking>,
    /// Requests in which an agent has done something that this user has not seen.
    pub unread: u32,
    /// The number that the page and the launcher were told last.
    pub told: u32,
    /// What was shown last and had something new in it.
    pub seen: Option<Seen>,
}

impl Default for News {
    fn default() -> Self {
        Self {
            follow: None,
            visible: true,
            stale: Vec::new(),
            gap: false,
            doubt: false,
            asking: None,
            unread: 0,
            told: 0,
            seen: None,
        }
    }
}

/// A question about what has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    pub attempt: u32,
    /// Empty: only how many are unread.
    pub references: Rc<[Rc<str>]>,
    /// Anything may have changed.
    pub gap: bool,
}

/// A request on screen, and up to when it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub attempt: u32,
    pub reference: Rc<str>,
    /// `updated_at` of what was shown.
    pub until: Rc<str>,
    /// The endpoint has not been told yet.
    pub pending: bool,
}

/// More than these are not asked for one by one.
pub const SINGLY_MAX: usize = 8;

#[derive(Clone, Debug, PartialEq)]
pub enum NewsAction {
    /// The page is seen again, or is hidden.
    Looked(bool),
    Happened(Rc<str>),
    /// From now on nothing is missed; what was before is compared by the number of unread requests.
    Began,
    /// Events may have been missed, or cannot be had.
    Missed,
    Asked {
        attempt: u32,
        result: Result<Answered, Fault>,
    },
    /// The number of unread requests afterwards; `None`: it could not be told.
    Marked {
        attempt: u32,
        unread: Option<u32>,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// Those of the requests that could be read.
    pub receipts: Vec<Receipt>,
    pub unread: u32,
}
