//! The endpoint in use: its rules and who we are there.

use super::fault::Fault;
use partner_rules::wire::{Access, Session};
use partner_rules::{Dc, Policy};
use std::rc::Rc;

#[derive(Clone, Debug, PartialEq)]
pub enum Connection {
    /// The page named no data centre, or a wrong one: channels only.
    NoDataCentre,
    /// Nothing asked yet: before the first opening nothing is sent.
    Idle,
    Wanted {
        attempt: u32,
    },
    Ready(Rc<Connected>),
    Failed(Fault),
}

/// An endpoint whose policy lists our data centre, and its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Connected {
    /// Base URL, without a trailing slash.
    pub base: Rc<str>,
    pub session: Session,
    pub policy: Rc<Policy>,
    /// The endpoint is in demo mode and lets us honour `qa`.
    pub demo: bool,
}

impl Connected {
    /// Filing needs access and a widget channel for the data centre.
    pub fn may_file(&self, dc: Option<Dc>) -> bool {
        self.session.access != Access::None && self.has_channel(dc)
    }

    pub fn has_channel(&self, dc: Option<Dc>) -> bool {
        dc.is_some_and(|dc| !self.policy.channels().widget_pages(dc).is_empty())
    }
}
