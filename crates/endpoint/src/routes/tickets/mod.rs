//! `/v1/tickets`.

pub(super) mod attachment;
pub(crate) mod body;
mod change;
pub(super) mod create;
pub(crate) mod cursor;
pub(super) mod detail;
pub(crate) mod key;
pub(super) mod list;
pub(crate) mod parameters;
pub(super) mod reply;
pub(crate) mod seen;
pub(super) mod status;
mod uploads;
