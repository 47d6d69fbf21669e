//! Enums of the wire as text in columns: the same codes as in JSON.

use super::StoreError;
use serde::de::value::{Error as CodeError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};

/// The code of a fieldless enum, as in JSON.
pub(super) fn text(value: &impl Serialize) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => Ok(code),
        Ok(_) | Err(_) => Err(StoreError::Damaged("not a code".to_owned())),
    }
}

pub(super) fn parse<'a, T: Deserialize<'a>>(code: &'a str) -> Result<T, StoreError> {
    let code: StrDeserializer<'a, CodeError> = code.into_deserializer();
    T::deserialize(code).map_err(|cause| StoreError::Damaged(cause.to_string()))
}

pub(super) fn to_json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|cause| StoreError::Damaged(cause.to_string()))
}

/// Names to be looked for with `json_each`. No name has a NUL in it, and PostgreSQL takes none.
pub(super) fn list(names: &[impl AsRef<str>]) -> Result<String, StoreError> {
    let names: Vec<_> = names
        .iter()
        .map(|name| name.as_ref().replace('\0', "\u{fffd}"))
        .collect();
    to_json(&names)
}

pub(super) fn from_json<T: DeserializeOwned>(json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|cause| StoreError::Damaged(cause.to_string()))
}
