//! The screens: one folder each. Properties in, callbacks out; they know neither endpoint nor
//! storage, and they decide nothing.

pub mod access;
pub mod add_ticket;
pub mod composer;
pub mod fault;
pub mod feedback;
pub mod frame;
pub mod help;
pub mod receipt;
pub mod request;
pub mod requests;
pub mod unread;
pub mod waiting;
