//! Loading a policy: everything sound, or an error that names the field. Nothing is mended here.

mod places;
mod services;

use super::{Channels, Class, Commitment, Limits, Policy};
use crate::codes::{Field, Severity};
use crate::service::{Exclusion, Service};
use crate::text::is_line;

/// What is wrong with a policy file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("policy field `{field}`: {problem}")]
pub struct PolicyError {
    /// Path into the file, such as `services[3].id`.
    pub field: String,
    pub problem: String,
}

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
        is_date(&parts.date),
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

fn is_date(text: &str) -> bool {
    let number = |from: usize, to: usize| -> Option<u32> {
        let digits = text
            .get(from..to)
            .filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?;
        digits.parse().ok()
    };
    let separated = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    separated && (1..=days).contains(&day)
}

fn need(sound: bool, field: &str, problem: &str) -> Result<(), PolicyError> {
    if sound {
        Ok(())
    } else {
        Err(PolicyError {
            field: field.to_owned(),
            problem: problem.to_owned(),
        })
    }
}

/// [`need`] for `list[index]rest`.
fn need_at(
    sound: bool,
    list: &str,
    index: usize,
    rest: &str,
    problem: &str,
) -> Result<(), PolicyError> {
    if sound {
        Ok(())
    } else {
        need(false, &at(list, index, rest), problem)
    }
}

fn at(list: &str, index: usize, rest: &str) -> String {
    let mut path = String::from(list);
    path.push('[');
    path.push_str(&index.to_string());
    path.push(']');
    path.push_str(rest);
    path
}
