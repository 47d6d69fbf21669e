//! A request on the list that is like the one being written, to be pointed out before it is filed; and the
//! SuperAdmin address that was used for the same organisation.
//! Never keeps anybody from filing: it is a remark, and what it misses is no fault.

use super::requests::Load;
use partner_rules::similar::near_equal;
use partner_rules::wire::{Receipt, Status};
use partner_rules::{Draft, identifier};
use std::rc::Rc;

/// Requests about the organisation that stands in the form, whatever page of the list they are on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alike {
    pub org_id: String,
    pub load: Load,
    pub items: Vec<Rc<Receipt>>,
    /// The one that was pointed out last.
    pub twin: Option<Rc<Receipt>>,
    /// Where the address last used for this organisation can be read.
    pub usual: Option<Usual>,
}

/// The SuperAdmin address last used for an organisation (R8a): offered, never filled in by itself. It is
/// read from a request of this user's, so nothing of it is kept and signing out forgets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usual {
    pub attempt: u32,
    /// The newest request about the organisation.
    pub reference: Rc<str>,
    /// `None`: not read yet.
    pub address: Option<Rc<str>>,
}

impl Alike {
    /// The attempt that reads the address.
    pub fn reading(&self) -> Option<u32> {
        let usual = self.usual.as_ref()?;
        usual.address.is_none().then_some(usual.attempt)
    }

    /// What can be offered for a draft: while there is room for it, and nobody has said that it is not known.
    pub fn offer(&self, draft: &Draft) -> Option<&Rc<str>> {
        let address = self.usual.as_ref()?.address.as_ref()?;
        let free = draft.superadmin_email.is_empty() && !draft.superadmin_unknown;
        (free && !address.is_empty()).then_some(address)
    }
}

/// The organisation of a draft, once it can be one.
pub fn organisation(draft: &Draft) -> Option<String> {
    let read = identifier::read(&draft.org_id).identifier.ok()?;
    Some(read.as_str().to_owned())
}

/// The first of `receipts` that is open or on hold, about the same service and organisation, with a
/// near-equal subject. `service_id` is what the draft's service resolves to.
pub fn twin<'a>(
    draft: &Draft,
    service_id: &str,
    receipts: impl IntoIterator<Item = &'a Rc<Receipt>>,
) -> Option<&'a Rc<Receipt>> {
    if draft.subject.trim().is_empty() {
        return None;
    }
    let org_id = organisation(draft)?;
    receipts.into_iter().find(|receipt| {
        let under_way = match receipt.status {
            Status::Open | Status::OnHold => true,
            Status::Closed => false,
        };
        under_way
            && receipt.service.id == service_id
            && receipt.org_id_kind == draft.org_id_kind
            && receipt.org_id == org_id
            && near_equal(&receipt.subject, &draft.subject)
    })
}
