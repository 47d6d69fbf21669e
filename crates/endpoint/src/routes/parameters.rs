//! Query parameters, taken out one by one: every one that is wrong is named. Empty ones count as absent,
//! and those that nobody knows are ignored.

use crate::problem::{ApiError, ProblemCode, violation};
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use partner_rules::ViolationCode;
use partner_rules::wire::{SEARCH_MAX, WireViolation};

const LIMIT_DEFAULT: u32 = 50;
const LIMIT_MAX: u32 = 200;

/// The extractor for a query with parameters.
pub(crate) type RawQuery = Result<Query<Vec<(String, String)>>, QueryRejection>;

pub(super) struct Parameters {
    given: Vec<(String, String)>,
    violations: Vec<WireViolation>,
}

impl Parameters {
    pub(super) fn read(query: RawQuery) -> Result<Self, ApiError> {
        let Query(given) = query.map_err(|_| ProblemCode::MalformedRequest)?;
        Ok(Self {
            given,
            violations: Vec::new(),
        })
    }

    /// The parameter as read; a value that cannot be read is a violation, and so are two of them.
    pub(super) fn one<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let mut values = self.given.iter().filter(|(given, _)| given == name);
        let (_, value) = values.next()?;
        if values.next().is_some() {
            // Which of them was meant?
            self.violations
                .push(violation(name, ViolationCode::UnknownValue));
            return None;
        }
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

    /// What to search for, in lower case.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let text = self.one(name, |text| Some(text.to_lowercase()))?;
        if text.chars().count() > SEARCH_MAX as usize {
            self.violations.push(WireViolation {
                field: name.to_owned(),
                code: ViolationCode::TooLong,
                limit: Some(SEARCH_MAX),
            });
        }
        Some(text)
    }

    /// How many rows a page has.
    pub(super) fn limit(&mut self) -> u32 {
        self.one("limit", limit).unwrap_or(LIMIT_DEFAULT)
    }

    pub(super) fn finish(self) -> Result<(), ApiError> {
        if self.violations.is_empty() {
            Ok(())
        } else {
            Err(ApiError::new(ProblemCode::InvalidParameters).violations(self.violations))
        }
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
