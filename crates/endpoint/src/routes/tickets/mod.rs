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
pub(crate) mod reply;
pub(crate) mod seen;
pub(crate) mod status;
mod uploads;
