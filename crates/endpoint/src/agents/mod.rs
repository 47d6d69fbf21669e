//! Support agents: who they are, their passwords and secrets, and `partner-endpoint agents …`.
//!
//! Never here: a password or a secret kept in a form that somebody could use who reads it.

mod ask;
mod bearer;
mod command;
mod error;
mod password;
mod secret;

pub use ask::ask;
pub use bearer::AgentCaller;
pub use command::run;
pub use error::AgentsError;
pub use password::{Doorman, PasswordError, generate, hash, too_weak};
pub use secret::Secret;

use partner_rules::wire::{Author, AuthorKind};

/// Longer names do not fit a line of a ticket's history.
pub const NAME_MAX: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    pub id: i64,
    pub email: String,
    /// Shown to partners.
    pub name: String,
}

impl Agent {
    /// As the one who says or does something.
    pub fn author(&self) -> Author {
        Author {
            kind: AuthorKind::Agent,
            name: self.name.clone(),
            email: Some(self.email.clone()),
        }
    }
}
