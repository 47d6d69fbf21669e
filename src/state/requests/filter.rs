//! What is asked of the list: which requests, and in which order. Codes are those of `GET /v1/tickets`.

use partner_rules::wire::{SEARCH_MAX, Status};
use std::rc::Rc;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// As typed.
    pub query: String,
    pub status: Option<Status>,
    /// The id of a service.
    pub service: Option<Rc<str>>,
    pub severity: Option<SeverityWanted>,
    pub sort: Sort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeverityWanted {
    S1,
    /// Only those without a severity.
    Unset,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Newest,
    Oldest,
    Updated,
}

/// A choice in one of the selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Status(Option<Status>),
    Service(Option<Rc<str>>),
    Severity(Option<SeverityWanted>),
    Sort(Sort),
}

impl Filter {
    pub(in crate::state) fn choose(&mut self, choice: Choice) {
        match choice {
            Choice::Status(status) => self.status = status,
            Choice::Service(service) => self.service = service,
            Choice::Severity(severity) => self.severity = severity,
            Choice::Sort(sort) => self.sort = sort,
        }
    }

    /// Everything again, in the same order.
    pub(in crate::state) fn clear(&mut self) {
        *self = Self {
            sort: self.sort,
            ..Self::default()
        };
    }

    /// How many of the selects leave something out.
    pub fn count(&self) -> u32 {
        u32::from(self.status.is_some())
            + u32::from(self.service.is_some())
            + u32::from(self.severity.is_some())
    }

    /// Whether something may be left out.
    pub fn is_narrow(&self) -> bool {
        self.count() > 0 || !self.query.trim().is_empty()
    }

    /// The endpoint refuses to look for this.
    pub fn is_too_long(&self) -> bool {
        self.query.trim().chars().count() > SEARCH_MAX as usize
    }
}

impl SeverityWanted {
    pub const fn code(self) -> &'static str {
        match self {
            Self::S1 => "S1",
            Self::Unset => "none",
        }
    }
}

impl Sort {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Updated => "updated",
        }
    }
}

pub const fn status_code(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::OnHold => "on_hold",
        Status::Closed => "closed",
    }
}
