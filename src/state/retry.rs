//! Waiting as long as the endpoint asked for. What was refused for being too much is then tried again
//! by itself, and the views say when.

use super::fault::Fault;

/// Seconds to wait when the endpoint does not say.
const DEFAULT_S: u32 = 30;

/// One wait; whatever was refused meanwhile is tried again when it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    pub attempt: u32,
    pub seconds: u32,
    /// When it is over, in milliseconds since 1970; known as soon as the shell has started to wait.
    pub at_ms: Option<i64>,
}

/// How long a fault asks to wait, if it does.
pub(super) fn wait_s(fault: &Fault) -> Option<u32> {
    match fault {
        Fault::RateLimited { retry_after_s } => Some(retry_after_s.unwrap_or(DEFAULT_S)),
        Fault::Server { retry_after_s, .. } => *retry_after_s,
        Fault::Unreachable
        | Fault::Unreadable
        | Fault::SignedOut
        | Fault::Token
        | Fault::Provider
        | Fault::AccessDenied
        | Fault::WrongDataCentre
        | Fault::ChannelUnavailable
        | Fault::NotFound
        | Fault::KeyUsed
        | Fault::TicketClosed
        | Fault::TicketNotClosed
        | Fault::TicketFull
        | Fault::Refused { .. } => None,
    }
}
