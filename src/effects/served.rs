//! Which endpoints have shown, on this page, that they serve which data centre.

use partner_rules::Dc;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Clone, Default)]
pub(crate) struct Served(Rc<RefCell<Vec<Known>>>);

/// A base URL and a data centre that its policy lists.
type Known = (Rc<str>, Dc);

impl Served {
    pub(super) fn learn(&self, base: &Rc<str>, dc: Dc) {
        if !self.knows(base, dc) {
            self.0.borrow_mut().push((Rc::clone(base), dc));
        }
    }

    pub(super) fn knows(&self, base: &str, dc: Dc) -> bool {
        let served = self.0.borrow();
        served
            .iter()
            .any(|(known, at)| &**known == base && *at == dc)
    }
}
