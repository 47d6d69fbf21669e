//! The query of `GET /v1/tickets`: every parameter that is wrong is named. Empty ones count as absent,
//! and those that nobody knows are ignored.

use super::cursor;
use crate::problem::{ApiError, ProblemCode, violation};
use crate::store::tickets::{Filter, Sort};
use partner_rules::wire::{Status, WireViolation};
use partner_rules::{Policy, Severity, ViolationCode};

const LIMIT_DEFAULT: u32 = 50;
const LIMIT_MAX: u32 = 200;
/// Longer than anything that one would look for by hand.
const TEXT_MAX: u32 = 255;

struct Parameters {
    given: Vec<(String, String)>,
    violations: Vec<WireViolation>,
}

pub(super) fn read(given: Vec<(String, String)>, policy: &Policy) -> Result<Filter, ApiError> {
    let mut parameters = Parameters {
        given,
        violations: Vec::new(),
    };
    let status = parameters.one("status", status);
    let service_id = parameters.one("service", |typed| {
        Some(policy.catalogue().resolve(typed).id)
    });
    let severity = parameters.one("severity", severity);
    let sort = parameters.one("sort", sort).unwrap_or_default();
    let limit = parameters.one("limit", limit).unwrap_or(LIMIT_DEFAULT);
    let after = parameters.one("cursor", |text| cursor::read(text, sort));
    let text = parameters.one("q", |text| Some(text.to_lowercase()));
    if text
        .as_ref()
        .is_some_and(|text| text.chars().count() > TEXT_MAX as usize)
    {
        let (field, code) = ("q".to_owned(), ViolationCode::TooLong);
        parameters.violations.push(WireViolation {
            field,
            code,
            limit: Some(TEXT_MAX),
        });
    }
    if parameters.violations.is_empty() {
        Ok(Filter {
            status,
            service_id,
            severity,
            text,
            sort,
            after,
            limit,
        })
    } else {
        Err(ApiError::new(ProblemCode::InvalidParameters).violations(parameters.violations))
    }
}

impl Parameters {
    /// The parameter as read; a value that cannot be read is a violation.
    fn one<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let (_, value) = self.given.iter().find(|(given, _)| given == name)?;
        let value = value.trim();
        if value.is_empty() {
            return None;
        }
        let read = read(value);
        if read.is_none() {
            self.violations
                .push(violation(name, ViolationCode::UnknownValue));
        }
        read
    }
}

fn status(code: &str) -> Option<Status> {
    match code {
        "open" => Some(Status::Open),
        "on_hold" => Some(Status::OnHold),
        "closed" => Some(Status::Closed),
        _ => None,
    }
}

fn severity(code: &str) -> Option<Option<Severity>> {
    match code {
        "S1" => Some(Some(Severity::S1)),
        "none" => Some(None),
        _ => None,
    }
}

fn sort(code: &str) -> Option<Sort> {
    match code {
        "newest" => Some(Sort::Newest),
        "oldest" => Some(Sort::Oldest),
        "updated" => Some(Sort::Updated),
        _ => None,
    }
}

/// More than the maximum is clamped, however many digits it has; 0 and anything else is wrong.
fn limit(text: &str) -> Option<u32> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.parse::<u32>() {
        Ok(0) => None,
        Ok(number) => Some(number.min(LIMIT_MAX)),
        Err(_) => Some(LIMIT_MAX),
    }
}
