//! A request on the list that is like the one being written, to be pointed out before it is filed.
//! Never keeps anybody from filing: it is a remark, and what it misses is no fault.

use partner_rules::similar::near_equal;
use partner_rules::wire::{Receipt, Status};
use partner_rules::{Draft, identifier};

/// The first of `receipts` that is open or on hold, about the same service and organisation, with a
/// near-equal subject. `service_id` is what the draft's service resolves to.
pub fn twin<'a>(
    draft: &Draft,
    service_id: &str,
    receipts: impl IntoIterator<Item = &'a Receipt>,
) -> Option<&'a Receipt> {
    if draft.subject.trim().is_empty() {
        return None;
    }
    let org_id = identifier::read(&draft.org_id).identifier.ok()?;
    receipts.into_iter().find(|receipt| {
        let under_way = match receipt.status {
            Status::Open | Status::OnHold => true,
            Status::Closed => false,
        };
        under_way
            && receipt.service.id == service_id
            && receipt.org_id_kind == draft.org_id_kind
            && receipt.org_id == org_id.as_str()
            && near_equal(&receipt.subject, &draft.subject)
    })
}
