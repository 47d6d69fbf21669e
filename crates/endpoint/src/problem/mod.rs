//! Refusals and failures as RFC 9457 problem answers.
//!
//! Never in an answer: the cause. It travels beside the answer to the one place that logs.

mod code;

pub use code::ProblemCode;

use crate::store::StoreError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use partner_rules::ViolationCode;
use partner_rules::wire::{Problem, WireViolation};
use std::error::Error;
use std::sync::Arc;

/// A locked or full disk rarely recovers sooner.
const STORE_RETRY_S: u64 = 5;

pub const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// What a handler returns instead of an answer.
#[derive(Debug)]
pub struct ApiError {
    code: ProblemCode,
    status: StatusCode,
    violations: Vec<WireViolation>,
    retry_after_s: Option<u64>,
    cause: Option<Arc<dyn Error + Send + Sync>>,
}

/// Beside a problem answer, for the log.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub code: ProblemCode,
    pub cause: Option<Arc<dyn Error + Send + Sync>>,
}

impl ApiError {
    pub fn new(code: ProblemCode) -> Self {
        Self {
            code,
            status: code.status(),
            violations: Vec::new(),
            retry_after_s: None,
            cause: None,
        }
    }

    /// Something failed that no request can be blamed for.
    pub fn internal(cause: impl Error + Send + Sync + 'static) -> Self {
        Self {
            cause: Some(Arc::new(cause)),
            ..Self::new(ProblemCode::Internal)
        }
    }

    /// A file could not be written or read: a full disk, most often. May pass.
    pub fn disk(cause: std::io::Error) -> Self {
        Self::new(ProblemCode::StorageUnavailable)
            .retry_after(STORE_RETRY_S)
            .cause(cause)
    }

    /// Whether who calls is in doubt, rather than what for.
    pub fn is_about_the_token(&self) -> bool {
        self.status == StatusCode::UNAUTHORIZED
    }

    #[must_use]
    pub fn violations(mut self, violations: Vec<WireViolation>) -> Self {
        self.violations = violations;
        self
    }

    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    #[must_use]
    pub fn cause(mut self, cause: impl Error + Send + Sync + 'static) -> Self {
        self.cause = Some(Arc::new(cause));
        self
    }

    /// Another status than the code's own; for scripted faults only.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

impl From<ProblemCode> for ApiError {
    fn from(code: ProblemCode) -> Self {
        Self::new(code)
    }
}

impl From<StoreError> for ApiError {
    fn from(cause: StoreError) -> Self {
        match cause {
            StoreError::Unavailable(_) => Self::new(ProblemCode::StorageUnavailable)
                .retry_after(STORE_RETRY_S)
                .cause(cause),
            StoreError::Damaged(_) => Self::internal(cause),
        }
    }
}

/// A violation of a body field or query parameter.
pub fn violation(field: impl Into<String>, code: ViolationCode) -> WireViolation {
    WireViolation {
        field: field.into(),
        code,
        limit: None,
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = Problem {
            kind: "about:blank".to_owned(),
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            code: self.code.text().to_owned(),
            violations: self.violations,
        };
        // A struct of text and numbers always serialises; an empty body would still carry the status.
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response =
            (self.status, [(header::CONTENT_TYPE, PROBLEM_JSON)], body).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after_s {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Refusal {
            code: self.code,
            cause: self.cause,
        });
        response
    }
}
