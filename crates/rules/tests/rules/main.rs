//! The crate from outside: cases as data (`fixtures/`), and properties over anything.

mod accounts;
mod codes;
mod conversation;
mod drafts;
mod emails;
mod identifiers;
mod policies;
mod properties;
mod services;
mod similar;
mod support;
mod verdicts;
mod wire;
