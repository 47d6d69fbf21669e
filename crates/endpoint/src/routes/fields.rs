//! The fields of a JSON body, taken out one by one. What is wrong is collected, not thrown: a caller
//! hears of everything at once, and of fields that the call does not know.

use crate::problem::{ApiError, ProblemCode, violation};
use partner_rules::ViolationCode;
use partner_rules::wire::WireViolation;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

#[derive(Debug)]
pub(crate) struct Fields {
    rest: Map<String, Value>,
    violations: Vec<WireViolation>,
}

impl Fields {
    pub(crate) fn read(body: &[u8]) -> Result<Self, ApiError> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(rest)) => Ok(Self {
                rest,
                violations: Vec::new(),
            }),
            Ok(_) | Err(_) => Err(ProblemCode::MalformedJson.into()),
        }
    }

    pub(crate) fn wrong(&mut self, field: &str, code: ViolationCode) {
        self.violations.push(violation(field, code));
    }

    /// Text; empty when absent – what that means is the rules' question.
    pub(crate) fn text(&mut self, field: &str) -> String {
        match self.rest.remove(field) {
            None => String::new(),
            Some(Value::String(text)) => text,
            Some(_) => {
                self.wrong(field, ViolationCode::UnknownValue);
                String::new()
            }
        }
    }

    /// Text; absent or `null` is `None`.
    pub(crate) fn optional_text(&mut self, field: &str) -> Option<String> {
        self.optional(field)
    }

    /// One of a list of codes; absent is a violation.
    pub(crate) fn code<T: DeserializeOwned>(&mut self, field: &str) -> Option<T> {
        let Some(value) = self.rest.remove(field) else {
            self.wrong(field, ViolationCode::Required);
            return None;
        };
        self.convert(field, value)
    }

    /// Anything with a JSON form of its own; absent or `null` is `None`.
    pub(crate) fn optional<T: DeserializeOwned>(&mut self, field: &str) -> Option<T> {
        match self.rest.remove(field) {
            None | Some(Value::Null) => None,
            Some(value) => self.convert(field, value),
        }
    }

    /// The raw value, for fields where `null` has a meaning.
    pub(crate) fn take(&mut self, field: &str) -> Option<Value> {
        self.rest.remove(field)
    }

    fn convert<T: DeserializeOwned>(&mut self, field: &str, value: Value) -> Option<T> {
        match T::deserialize(value) {
            Ok(value) => Some(value),
            Err(_) => {
                self.wrong(field, ViolationCode::UnknownValue);
                None
            }
        }
    }

    /// What is left over is unknown; otherwise the violations so far.
    pub(crate) fn finish(self) -> Result<Vec<WireViolation>, ApiError> {
        if self.rest.is_empty() {
            return Ok(self.violations);
        }
        let unknown = self
            .rest
            .into_iter()
            .map(|(name, _)| violation(name, ViolationCode::UnknownField));
        Err(ApiError::new(ProblemCode::UnknownField)
            .violations(unknown.chain(self.violations).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use partner_rules::Dc;

    #[test]
    fn only_objects_are_bodies() {
        for body in ["", "[]", "1", "{", "{\"a\":\"\\ud800\"}", "null"] {
            assert!(Fields::read(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn wrong_types_are_collected_by_field() {
        let mut fields = Fields::read(br#"{"dc":"mars","subject":5,"lang":null}"#).expect("object");
        assert_eq!(fields.code::<Dc>("dc"), None);
        assert_eq!(fields.code::<Dc>("region"), None);
        assert_eq!(fields.text("subject"), "");
        assert_eq!(fields.optional_text("lang"), None);
        let violations = fields.finish().expect("nothing unknown");
        assert_eq!(
            violations,
            [
                violation("dc", ViolationCode::UnknownValue),
                violation("region", ViolationCode::Required),
                violation("subject", ViolationCode::UnknownValue),
            ]
        );
    }

    #[test]
    fn unknown_fields_are_each_named() {
        let fields = Fields::read(br#"{"b":1,"a":2}"#).expect("object");
        assert!(fields.finish().is_err());
    }
}
