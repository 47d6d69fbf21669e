//! `/v1/tickets`.

pub(super) mod attachment;
mod body;
pub(super) mod create;
mod cursor;
pub(super) mod detail;
mod key;
pub(super) mod list;
mod parameters;
