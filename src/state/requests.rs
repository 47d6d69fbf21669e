//! The list of requests.

use super::fault::Fault;
use partner_rules::wire::Receipt;
use std::rc::Rc;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Load {
    #[default]
    Idle,
    /// `cursor` is `None` for the first page, which replaces the list.
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
    /// Newest first.
    pub items: Vec<Rc<Receipt>>,
    pub next_cursor: Option<Rc<str>>,
    pub load: Load,
    /// A first page has been loaded at least once.
    pub known: bool,
}

impl Requests {
    /// Takes a page in. A first page replaces; a later one is appended without doubles, since a
    /// ticket filed in between moves the pages.
    pub fn take(&mut self, first: bool, items: Vec<Receipt>, next_cursor: Option<String>) {
        if first {
            self.items.clear();
        }
        for item in items {
            if !self
                .items
                .iter()
                .any(|known| known.reference == item.reference)
            {
                self.items.push(Rc::new(item));
            }
        }
        self.next_cursor = next_cursor.map(Rc::from);
        self.load = Load::Ready;
        self.known = true;
    }

    /// Takes in what has become of a request: where it stands in the list, since a row that moves under
    /// somebody's pointer is clicked by mistake. One that is new comes on top.
    pub fn refresh(&mut self, receipt: Receipt) {
        let mut known = self.items.iter_mut();
        match known.find(|known| known.reference == receipt.reference) {
            Some(known) => *known = Rc::new(receipt),
            None if self.known => self.put_first(receipt),
            None => {}
        }
    }

    /// What is new in a request has been seen.
    pub fn read(&mut self, reference: &str) {
        let mut known = self.items.iter_mut();
        if let Some(known) = known.find(|known| known.reference == reference) {
            Rc::make_mut(known).unread = false;
        }
    }

    /// Puts a ticket just filed on top.
    pub fn put_first(&mut self, receipt: Receipt) {
        self.items
            .retain(|known| known.reference != receipt.reference);
        self.items.insert(0, Rc::new(receipt));
    }

    /// A request of the list is known better now; where it stands does not change.
    pub fn renew(&mut self, receipt: &Receipt) {
        let mut items = self.items.iter_mut();
        if let Some(known) = items.find(|known| known.reference == receipt.reference) {
            *known = Rc::new(receipt.clone());
        }
    }
}
