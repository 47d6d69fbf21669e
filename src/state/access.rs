//! What the shop's users may see, as a super administrator sets it.

use super::fault::Fault;
use super::requests::Load;
use partner_rules::wire::{Access, AccessChange, AccessUser};
use std::rc::Rc;

/// Whose access: a user's, by address, or the default for new users.
pub type Whose = Option<Rc<str>>;

/// A page of users; with the first one comes the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPage {
    pub users: Vec<AccessUser>,
    pub next_cursor: Option<String>,
    pub default: Option<Access>,
}

/// A change that is on its way, or that did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub attempt: u32,
    pub whose: Whose,
    pub to: Access,
    pub fault: Option<Fault>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessState {
    pub query: String,
    pub users: Vec<Rc<AccessUser>>,
    pub next_cursor: Option<Rc<str>>,
    pub load: Load,
    /// A first page has been loaded at least once.
    pub known: bool,
    /// `None` until it is known.
    pub default: Option<Access>,
    /// At most one for each user, and one for the default.
    pub changes: Vec<Change>,
    /// Newest first.
    pub log: Vec<Rc<AccessChange>>,
    pub log_cursor: Option<Rc<str>>,
    pub log_load: Load,
    /// Somebody looks at the log: it is kept up to date.
    pub log_open: bool,
}

impl AccessState {
    pub fn change(&self, whose: Option<&str>) -> Option<&Change> {
        self.changes
            .iter()
            .find(|change| change.whose.as_deref() == whose)
    }

    /// The changes that are on their way.
    pub fn under_way(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.fault.is_none())
    }
}
