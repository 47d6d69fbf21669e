//! What somebody does in Help, and where they came from.

use super::guide::{Loading, Topic};
use super::screen::Screen;
use partner_rules::{Dc, Region};
use std::rc::Rc;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    pub guide: Loading,
    /// What stands in the search field.
    pub query: Rc<str>,
    /// Chosen where the page names no data centre. It narrows the channels down, nothing else.
    pub place: Place,
    /// The question that the form led to: its link is there, unfolded, when one comes back.
    pub asked: Option<Topic>,
    /// Where "back" leads from an answer or the composer.
    pub origin: Option<Screen>,
}

/// A data centre and a region, each known or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub dc: Option<Dc>,
    /// The data centre's while none is chosen.
    pub region: Option<Region>,
}

impl Place {
    pub fn region(self) -> Option<Region> {
        self.region.or(self.dc.map(Region::from))
    }
}
