//! Which files are refused, by the policy's limits or by the endpoint, and what that means for the ticket.
//! Never refuses silently: a refused file stays on the list, under its name, until somebody takes it off.

use super::{Fault, Files, Standing};
use partner_rules::policy::Limits;
use partner_rules::wire::WireViolation;
use partner_rules::{Field, Violation, ViolationCode};

impl Files {
    /// Says of every file whether the limits allow it; what was one too many may be allowed now. To be
    /// called when other rules hold, too.
    pub fn measure(&mut self, limits: &Limits) {
        let mut allowed = 0;
        for file in &mut self.list {
            let too_many = match &file.standing {
                Standing::Refused(violation) => violation.code == ViolationCode::TooManyFiles,
                Standing::Waiting
                | Standing::Sending { .. }
                | Standing::Ready { .. }
                | Standing::Failed(_)
                | Standing::Gone => false,
            };
            if file.size > u64::from(limits.file_bytes_max) {
                file.standing = Standing::Refused(too_large(limits));
            } else if matches!(file.standing, Standing::Refused(_)) && !too_many {
                // The endpoint's word: it takes no place, and nothing here makes it right.
            } else if allowed >= limits.files_max {
                let limit = Some(limits.files_max);
                file.standing = Standing::Refused(refusal(ViolationCode::TooManyFiles, limit));
            } else {
                allowed += 1;
                if too_many {
                    file.standing = Standing::Waiting;
                }
            }
        }
    }

    /// What keeps the ticket from going until somebody takes files off, each cause once. Files that
    /// are on their way, or failed to arrive, are none: those are waited for, or tried again.
    pub fn violations(&self) -> Vec<Violation> {
        let mut found: Vec<Violation> = Vec::new();
        for file in &self.list {
            let violation = match &file.standing {
                Standing::Refused(violation) => *violation,
                Standing::Gone => refusal(ViolationCode::UploadExpired, None),
                Standing::Waiting
                | Standing::Sending { .. }
                | Standing::Ready { .. }
                | Standing::Failed(_) => continue,
            };
            if !found.contains(&violation) {
                found.push(violation);
            }
        }
        found
    }
}

/// What an endpoint's refusal says about the file: its type, or that it is too large after all.
pub(super) fn about_the_file(
    fault: &Fault,
    violations: &[WireViolation],
    limits: &Limits,
) -> Option<Violation> {
    let named = violations
        .iter()
        .find(|violation| violation.field == Field::Attachments.wire_name());
    if let Some(violation) = named {
        return Some(refusal(violation.code, violation.limit));
    }
    matches!(fault, Fault::Refused { status: 413, .. }).then(|| too_large(limits))
}

fn too_large(limits: &Limits) -> Violation {
    refusal(ViolationCode::FileTooLarge, Some(limits.file_bytes_max))
}

const fn refusal(code: ViolationCode, limit: Option<u32>) -> Violation {
    Violation {
        field: Field::Attachments,
        code,
        limit,
    }
}
