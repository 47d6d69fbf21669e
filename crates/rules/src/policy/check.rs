//! Loading a policy: everything sound, or an error that names the field. Nothing is mended here.

mod date;
mod places;
mod services;

use super::error::{PolicyError, need, need_at};
use super::{Channels, Class, Commitment, Limits, Policy};
use crate::codes::{Field, Severity};
use crate::service::{Exclusion, Service};
use crate::text::is_line;

/// The form's own five fields (R8); a policy may require more, never fewer.
const FORM: [Field; 5] = [
    Field::Service,
    Field::OrgId,
    Field::Subject,
    Field::Description,
    Field::SuperadminEmail,
];

/// What the file and the browser's view have in common, unchecked.
pub(super) struct Parts {
    pub(super) version: String,
    pub(super) date: String,
    pub(super) exclusions: Vec<Exclusion>,
    pub(super) commitments: Vec<Commitment>,
    pub(super) channels: Channels,
    pub(super) limits: Limits,
    pub(super) required_fields: Vec<Field>,
    pub(super) services: Vec<Service>,
}

pub(super) fn policy(parts: Parts) -> Result<Policy, PolicyError> {
    need(
        is_line(&parts.version),
        "version",
        "must be one line of text",
    )?;
    need(
        date::is_day(&parts.date),
        "date",
        "must be a day written YYYY-MM-DD",
    )?;
    limits(&parts.limits)?;
    commitments(&parts.commitments)?;
    required_fields(&parts.required_fields)?;
    places::channels(&parts.channels)?;
    let catalogue = services::catalogue(parts.services, parts.limits.service_max)?;
    services::exclusions(&parts.exclusions, &catalogue)?;
    Ok(Policy {
        version: parts.version,
        date: parts.date,
        catalogue,
        exclusions: parts.exclusions,
        commitments: parts.commitments,
        channels: parts.channels,
        limits: parts.limits,
        required_fields: parts.required_fields,
    })
}

/// Classes are the endpoint's alone.
pub(super) fn classes(classes: &[Class]) -> Result<(), PolicyError> {
    need(
        !classes.is_empty(),
        "classes",
        "must hold at least one class",
    )?;
    for (index, class) in classes.iter().enumerate() {
        need_at(
            is_line(&class.name),
            "classes",
            index,
            ".name",
            "must be one line of text",
        )?;
        let twice = classes
            .iter()
            .take(index)
            .any(|earlier| earlier.name == class.name);
        need_at(!twice, "classes", index, ".name", "stands twice")?;
        for (dc, threshold) in &class.thresholds {
            let mut rest = String::from(".thresholds.");
            rest.push_str(dc.code());
            need_at(
                *threshold > 0,
                "classes",
                index,
                &rest,
                "must be at least 1",
            )?;
        }
    }
    Ok(())
}

fn limits(limits: &Limits) -> Result<(), PolicyError> {
    for (bound, field) in [
        (limits.service_max, "limits.service_max"),
        (limits.subject_max, "limits.subject_max"),
        (limits.description_max, "limits.description_max"),
        (limits.email_max, "limits.email_max"),
        (limits.files_max, "limits.files_max"),
        (limits.file_bytes_max, "limits.file_bytes_max"),
    ] {
        need(bound > 0, field, "must be at least 1")?;
    }
    Ok(())
}

fn commitments(commitments: &[Commitment]) -> Result<(), PolicyError> {
    let published = commitments.iter().any(|c| c.severity == Severity::S1);
    need(published, "commitments", "must hold the targets for S1")?;
    for (index, commitment) in commitments.iter().enumerate() {
        let twice = commitments
            .iter()
            .take(index)
            .any(|earlier| earlier.severity == commitment.severity);
        need_at(!twice, "commitments", index, ".severity", "stands twice")?;
        for ([aim, passed], field) in [
            (commitment.first_response_h, ".first_response_h"),
            (
                commitment.problem_determination_h,
                ".problem_determination_h",
            ),
            (commitment.resolution_h, ".resolution_h"),
        ] {
            need_at(
                aim > 0,
                "commitments",
                index,
                field,
                "must be at least 1 hour",
            )?;
            need_at(
                aim <= passed,
                "commitments",
                index,
                field,
                "lower bound is above the upper one",
            )?;
        }
    }
    Ok(())
}

fn required_fields(fields: &[Field]) -> Result<(), PolicyError> {
    let complete = FORM.iter().all(|field| fields.contains(field));
    need(
        complete,
        "required_fields",
        "must hold the five fields of the form",
    )?;
    for (index, field) in fields.iter().enumerate() {
        let possible = *field != Field::Attachments;
        need_at(
            possible,
            "required_fields",
            index,
            "",
            "attachments cannot be required",
        )?;
        let twice = fields.iter().take(index).any(|earlier| earlier == field);
        need_at(!twice, "required_fields", index, "", "stands twice")?;
    }
    Ok(())
}
