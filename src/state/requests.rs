//! The list of requests.

pub mod filter;
pub mod window;

use super::fault::Fault;
use filter::Filter;
use partner_rules::wire::{Page, Receipt};
use std::rc::Rc;
use window::Sight;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Load {
    #[default]
    Idle,
    /// `cursor` is `None` for the first page.
    Wanted {
        attempt: u32,
        cursor: Option<Rc<str>>,
    },
    Ready,
    /// `cursor` names the page that did not come.
    Failed {
        fault: Fault,
        cursor: Option<Rc<str>>,
    },
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    /// What is loaded, without a gap from the first one on.
    pub items: Vec<Rc<Receipt>>,
    /// The same by reference: doubles are found among thousands.
    known_by: Vec<Rc<Receipt>>,
    /// How many there are, as far as the endpoint has counted.
    pub total: Option<u32>,
    pub next_cursor: Option<Rc<str>>,
    pub load: Load,
    /// A first page has been loaded at least once.
    pub known: bool,
    pub filter: Filter,
    /// What the items were asked for by; another filter makes another list.
    pub shown: Filter,
    /// Counts how often all filters were taken back: selects show again what holds.
    pub cleared: u32,
    /// Service, severity and order are unfolded.
    pub unfolded: bool,
    pub sight: Sight,
}

impl Requests {
    /// Takes a first page in: another list, or the same one as it is now. Of the same one, what was loaded
    /// below stays, so that whoever comes back to the list finds it as far as it was. Gives by how many rows
    /// the one that was first in sight has moved down, if it was not the very first.
    pub(super) fn take_first(&mut self, page: Page<Receipt>) -> Option<i32> {
        let first = self.sight.first;
        let seen = self.items.get(first).filter(|_| first > 0).cloned();
        self.replace(page);
        let now = self.position(&seen?.reference)?;
        let moved = i32::try_from(now).ok()? - i32::try_from(first).ok()?;
        self.sight.first = now;
        Some(moved)
    }

    fn replace(&mut self, page: Page<Receipt>) {
        let old = std::mem::take(&mut self.items);
        let old_cursor = self.next_cursor.take();
        let same = self.known && self.shown == self.filter;
        self.known_by.clear();
        self.total = page.total;
        self.shown = self.filter.clone();
        self.known = true;
        self.load = Load::Ready;
        self.append(page.items.into_iter().map(Rc::new));
        let end = self.items.last().filter(|_| same).and_then(|last| {
            let same = |item: &Rc<Receipt>| item.reference == last.reference;
            old.iter().rposition(same)
        });
        self.next_cursor = page.next_cursor.map(Rc::from);
        let Some(end) = end.filter(|_| self.next_cursor.is_some()) else {
            return;
        };
        if end + 1 < old.len() {
            self.append(old.into_iter().skip(end + 1));
            self.next_cursor = old_cursor;
        }
    }

    /// What has become of a request: where it stands in the list, since a row that moves under somebody's
    /// pointer is clicked by mistake. One that is new comes on top; by how many rows that has moved what
    /// somebody looks at.
    pub(super) fn refresh(&mut self, receipt: Receipt) -> i32 {
        let before = self.items.len();
        if self.place(&receipt.reference).is_ok() {
            self.renew(&receipt);
        } else if self.known {
            self.put_first(receipt);
        }
        // At the top the new one is what one sees.
        if self.items.len() == before || self.sight.first == 0 {
            return 0;
        }
        self.sight.first += 1;
        1
    }

    /// What is new in a request has been seen.
    pub(super) fn read(&mut self, reference: &str) {
        if let Some(known) = self.find(reference) {
            let seen = Receipt {
                unread: false,
                ..Receipt::clone(known)
            };
            self.renew(&seen);
        }
    }

    /// Takes a later page in, without doubles: a ticket filed in between may come once more.
    pub(super) fn take_more(&mut self, page: Page<Receipt>) {
        self.append(page.items.into_iter().map(Rc::new));
        self.next_cursor = page.next_cursor.map(Rc::from);
        self.load = Load::Ready;
    }

    fn append(&mut self, items: impl Iterator<Item = Rc<Receipt>>) {
        for item in items {
            if let Err(at) = self.place(&item.reference) {
                self.known_by.insert(at, Rc::clone(&item));
                self.items.push(item);
            }
        }
    }

    /// Where a reference is in `known_by`, or would be.
    fn place(&self, reference: &str) -> Result<usize, usize> {
        self.known_by
            .binary_search_by(|known| known.reference.as_str().cmp(reference))
    }

    /// Whether there is anything to search in, or something that was found by.
    pub fn finds(&self) -> bool {
        let narrow = self.filter.is_narrow() || self.shown.is_narrow();
        self.known && (narrow || !self.items.is_empty())
    }

    /// The row of a request, counted from 0.
    fn position(&self, reference: &str) -> Option<usize> {
        let is_it = |item: &Rc<Receipt>| item.reference == reference;
        self.items.iter().position(is_it)
    }

    /// A request on the list.
    pub fn find(&self, reference: &str) -> Option<&Rc<Receipt>> {
        self.known_by.get(self.place(reference).ok()?)
    }

    /// A request on the list as it is now.
    pub fn renew(&mut self, receipt: &Receipt) {
        let Ok(at) = self.place(&receipt.reference) else {
            return;
        };
        let now = Rc::new(receipt.clone());
        let mut items = self.items.iter_mut();
        let known = self.known_by.get_mut(at);
        for slot in known
            .into_iter()
            .chain(items.find(|item| item.reference == now.reference))
        {
            *slot = Rc::clone(&now);
        }
    }

    /// Puts a ticket just filed on top, unless the list leaves something out or ends with it.
    pub(super) fn put_first(&mut self, receipt: Receipt) {
        if self.shown.is_narrow() || self.shown.sort == filter::Sort::Oldest {
            return;
        }
        match self.place(&receipt.reference) {
            // Filed with an earlier attempt.
            Ok(_) => self.renew(&receipt),
            Err(at) => {
                let receipt = Rc::new(receipt);
                self.known_by.insert(at, Rc::clone(&receipt));
                self.items.insert(0, receipt);
                self.total = self.total.map(|total| total.saturating_add(1));
            }
        }
    }
}
