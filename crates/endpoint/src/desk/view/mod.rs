//! Parts of pages. Values in, markup out: no store, no clock, no request.

pub(super) mod codes;
pub(super) mod ended;
pub(super) mod form;
pub(super) mod frame;
pub(super) mod mail;
pub(super) mod passage;
pub(super) mod refusal;
pub(super) mod row;
pub(super) mod ticket;
pub(super) mod words;
