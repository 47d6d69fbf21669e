//! What agents do on tickets: the other side of the counter.
//!
//! - [`act`]: everything that changes a ticket, each once, in one transaction – [`Act`] says what;
//! - [`file()`]: a ticket from a call or a chat;
//! - [`queue`] and [`queues`]: what waits, in the order in which it is due;
//! - [`view()`]: a ticket with everything about it, and what the directory knows ([`suggest`]);
//! - [`mails`]: mails of unverified senders, which are nobody's ticket yet;
//! - [`reverify`], and reminders of R11 (`store/casework/remind.rs`): what happens by itself;
//! - [`calendar`]: when the hours of a commitment count.
//!
//! What an act does to a ticket is decided in `decide`, which is pure; SQL is in `store/casework/`.
//!
//! Never here: who an agent is ([`Agent`] comes in), HTML, sentences outside `static/desk/`. What agents see of
//! audit, notes and licence counts goes nowhere else: partners have calls of their own.

mod act;
mod agent;
pub mod audit;
pub mod calendar;
mod decide;
pub mod file;
pub mod mails;
mod perform;
pub mod queue;
mod refusal;
pub mod reverify;
pub mod suggest;
mod texts;
pub(crate) mod upstream;
mod verdict;
pub mod view;

pub use act::{Act, Class, Complete, Done, HandOver, Note, Raise, Reason, Reply, Verify};
pub use agent::Agent;
pub(crate) use decide::{NewWords, Step};
pub use file::{CallOrChat, NewCase, file};
pub use perform::act;
pub use queue::{Queue, queue, queues};
pub use refusal::Refusal;
pub(crate) use upstream::News;
pub(crate) use verdict::Rules;
pub use view::{CaseView, view};
