//! What the form holds: text as typed, nothing checked.

use crate::codes::OrgIdKind;

/// The form's fields as typed. The endpoint fills the same struct from a request body, so that
/// browser and endpoint check exactly the same thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub service: String,
    pub org_id_kind: OrgIdKind,
    pub org_id: String,
    pub subject: String,
    pub description: String,
    pub superadmin_email: String,
    /// "I don't know it" (R14). On the wire: `superadmin_email: null`.
    pub superadmin_unknown: bool,
    /// Ignored unless `superadmin_unknown`, or the policy requires it.
    pub customer_email: String,
    /// Ignored unless `superadmin_unknown`, or the policy requires it.
    pub zuid: String,
}
