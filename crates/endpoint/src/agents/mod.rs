//! Support agents: who they are, their passwords and secrets, and `partner-endpoint agents …`.
//!
//! Never here: a password or a secret kept in a form that somebody could use who reads it.

mod ask;
mod command;
mod error;
mod password;
mod secret;

pub use crate::casework::Agent;
pub use ask::ask;
pub use command::run;
pub use error::AgentsError;
pub use password::{Doorman, PasswordError, generate, hash, too_weak};
pub use secret::Secret;

/// Longer names do not fit a line of a ticket's history.
pub const NAME_MAX: usize = 200;
