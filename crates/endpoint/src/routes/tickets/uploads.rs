//! The field `uploads` of a ticket or a reply.

use crate::problem::{ApiError, ProblemCode, violation};
use crate::routes::Fields;
use partner_rules::ViolationCode;
use partner_rules::policy::Limits;
use partner_rules::wire::WireViolation;
use std::collections::BTreeSet;

const FIELD: &str = "uploads";

/// Ids in order, each once.
pub(super) fn read(fields: &mut Fields) -> Vec<String> {
    let uploads: Vec<String> = fields.optional(FIELD).unwrap_or_default();
    if uploads.iter().collect::<BTreeSet<_>>().len() < uploads.len() {
        fields.wrong(FIELD, ViolationCode::UnknownValue);
    }
    uploads
}

/// Adds what is wrong: too many, or, if nothing else is, one that this user does not have.
pub(super) fn check(
    uploads: &[String],
    known: bool,
    limits: &Limits,
    violations: &mut Vec<WireViolation>,
) {
    if !u32::try_from(uploads.len()).is_ok_and(|count| count <= limits.files_max) {
        violations.push(WireViolation {
            limit: Some(limits.files_max),
            ..violation(FIELD, ViolationCode::TooManyFiles)
        });
    }
    if !known && violations.iter().all(|one| one.field != FIELD) {
        violations.push(violation(FIELD, ViolationCode::UploadExpired));
    }
}

/// One was taken or removed since.
pub(super) fn gone() -> ApiError {
    let gone = violation(FIELD, ViolationCode::UploadExpired);
    ApiError::new(ProblemCode::InvalidFields).violations(vec![gone])
}
