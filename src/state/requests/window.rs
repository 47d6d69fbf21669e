//! The part of a long list that is drawn: thousands of rows would make every key press slow.

use super::Requests;
use std::ops::Range;
use std::rc::Rc;

/// How many rows are drawn at a time, one more aside that has focus: with what may wait in the outbox
/// there are never more than sixty. A panel as high as a screen shows about twenty.
pub const ROWS: usize = 40;
/// The window moves by this many rows, and so many stay drawn above what is in sight.
const STEP: usize = 10;
/// What comes so soon below the window is loaded ahead.
const AHEAD: usize = 30;

/// Where somebody is in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// The first row that is in sight, counted from 0.
    pub first: usize,
    /// How far the tab is scrolled, in px, to come back to.
    pub px: i32,
    /// The reference of the row that has focus: it stays drawn, wherever it is.
    pub focused: Option<Rc<str>>,
}

impl Requests {
    /// The rows of the list, loaded or not.
    pub fn rows(&self) -> usize {
        let total = self.total.unwrap_or_default() as usize;
        if self.next_cursor.is_some() {
            total.max(self.items.len())
        } else {
            self.items.len()
        }
    }

    /// The loaded rows that are drawn.
    pub fn window(&self) -> Range<usize> {
        let start = (self.sight.first / STEP).saturating_sub(1) * STEP;
        let end = (start + ROWS).min(self.items.len());
        start.min(end)..end
    }

    /// The row outside the window that is drawn since it has focus.
    pub fn aside(&self) -> Option<usize> {
        let at = self.position(self.sight.focused.as_deref()?)?;
        (!self.window().contains(&at)).then_some(at)
    }

    /// Whether somebody is about to look at rows that are not there yet.
    pub(in crate::state) fn lacks_rows(&self) -> bool {
        self.next_cursor.is_some() && self.sight.first + AHEAD > self.items.len()
    }

    /// Whether somebody looks at rows that are not there yet.
    pub fn shows_gap(&self) -> bool {
        self.next_cursor.is_some() && self.sight.first + STEP > self.items.len()
    }
}
