//! Loading a policy: everything sound, or an error that names the field. Nothing is mended here.

mod date;
mod places;
mod services;

use super::error::{Findings, PolicyError};
use super::{Class, Commitment, Limits, Policy};
use crate::codes::{Field, Severity};
use crate::text::is_line;

/// The form's own five fields (R8); a policy may require more, never fewer.
const FORM: [Field; 5] = [
    Field::Service,
    Field::OrgId,
    Field::Subject,
    Field::Description,
    Field::SuperadminEmail,
];

/// The policy itself if nothing is wrong with it.
pub(super) fn policy(policy: Policy) -> Result<Policy, PolicyError> {
    let mut found = Findings::default();
    found.need(
        is_line(&policy.version),
        "version",
        "must be one line of text",
    );
    let day = date::is_day(&policy.date);
    found.need(day, "date", "must be a day written YYYY-MM-DD");
    limits(&mut found, &policy.limits);
    commitments(&mut found, &policy.commitments);
    required_fields(&mut found, &policy.required_fields);
    places::channels(&mut found, &policy.channels);
    services::catalogue(&mut found, &policy.catalogue, policy.limits.service_max);
    services::exclusions(&mut found, &policy.exclusions, &policy.catalogue);
    match found.first() {
        None => Ok(policy),
        Some(error) => Err(error),
    }
}

/// Classes are the endpoint's alone.
pub(super) fn classes(classes: &[Class]) -> Result<(), PolicyError> {
    let mut found = Findings::default();
    found.need(
        !classes.is_empty(),
        "classes",
        "must hold at least one class",
    );
    for (index, class) in classes.iter().enumerate() {
        let at = ("classes", index, ".name");
        found.need_at(is_line(&class.name), at, "must be one line of text");
        let twice = classes
            .iter()
            .take(index)
            .any(|earlier| earlier.name == class.name);
        found.need_at(!twice, at, "stands twice");
        for (dc, threshold) in &class.thresholds {
            let rest = [".thresholds.", dc.code()].concat();
            found.need_at(
                *threshold > 0,
                ("classes", index, &rest),
                "must be at least 1",
            );
        }
    }
    found.first().map_or(Ok(()), Err)
}

fn limits(found: &mut Findings, limits: &Limits) {
    for (bound, field) in [
        (limits.service_max, "limits.service_max"),
        (limits.subject_max, "limits.subject_max"),
        (limits.description_max, "limits.description_max"),
        (limits.email_max, "limits.email_max"),
        (limits.files_max, "limits.files_max"),
        (limits.file_bytes_max, "limits.file_bytes_max"),
    ] {
        found.need(bound > 0, field, "must be at least 1");
    }
}

fn commitments(found: &mut Findings, commitments: &[Commitment]) {
    let published = commitments.iter().any(|c| c.severity == Severity::S1);
    found.need(published, "commitments", "must hold the targets for S1");
    for (index, commitment) in commitments.iter().enumerate() {
        let mut earlier = commitments.iter().take(index);
        let twice = earlier.any(|earlier| earlier.severity == commitment.severity);
        found.need_at(!twice, ("commitments", index, ".severity"), "stands twice");
        for ([aim, passed], field) in [
            (commitment.first_response_h, ".first_response_h"),
            (
                commitment.problem_determination_h,
                ".problem_determination_h",
            ),
            (commitment.resolution_h, ".resolution_h"),
        ] {
            let sound = (1..=passed).contains(&aim);
            let problem = "must be two numbers of hours from 1, the lower one first";
            found.need_at(sound, ("commitments", index, field), problem);
        }
    }
}

fn required_fields(found: &mut Findings, fields: &[Field]) {
    let complete = FORM.iter().all(|field| fields.contains(field));
    found.need(
        complete,
        "required_fields",
        "must hold the five fields of the form",
    );
    for (index, field) in fields.iter().enumerate() {
        let at = ("required_fields", index, "");
        found.need_at(
            *field != Field::Attachments,
            at,
            "attachments cannot be required",
        );
        let twice = fields.iter().take(index).any(|earlier| earlier == field);
        found.need_at(!twice, at, "stands twice");
    }
}
