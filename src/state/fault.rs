//! Why something did not work, as a code. Sentences for it are in the catalogues.

use std::rc::Rc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No answer came: offline, blocked, timed out, cut off.
    Unreachable,
    /// The endpoint, or something before it, answered 5xx.
    Server {
        status: u16,
        /// Seconds until it wants to be asked again, if it said.
        retry_after_s: Option<u32>,
    },
    /// An answer came that is not what the contract says.
    Unreadable,
    /// The page gives no token: nobody is signed in.
    SignedOut,
    /// The page's token is refused.
    Token,
    /// The page's token provider failed, or gave something that is no token.
    Provider,
    /// Too many requests; seconds until the next one, if the endpoint said.
    RateLimited {
        retry_after_s: Option<u32>,
    },
    /// No access to the widget by the shop's super administrator.
    AccessDenied,
    /// No endpoint of the list serves this data centre.
    WrongDataCentre,
    /// The policy has no widget channel for this data centre.
    ChannelUnavailable,
    NotFound,
    /// A ticket with this key is stored already, with other content.
    KeyUsed,
    /// The ticket is closed: it takes no reply, and is not closed again.
    TicketClosed,
    /// The ticket is open: there is nothing to reopen.
    TicketNotClosed,
    /// The ticket has as many messages as one takes.
    TicketFull,
    /// Any other refusal, with its problem code.
    Refused {
        status: u16,
        code: Rc<str>,
    },
}

const NOT_FOUND: &str = "not_found";
const TICKET_CLOSED: &str = "ticket_closed";
const TICKET_NOT_CLOSED: &str = "ticket_not_closed";
const TICKET_FULL: &str = "ticket_full";
/// The code of a refusal that had none.
const NO_CODE: &str = "refused";

impl Fault {
    /// Whether the same request may have been carried out although no answer says so.
    pub fn outcome_unknown(&self) -> bool {
        match self {
            Self::Unreachable | Self::Server { .. } | Self::Unreadable => true,
            Self::SignedOut
            | Self::Token
            | Self::Provider
            | Self::RateLimited { .. }
            | Self::AccessDenied
            | Self::WrongDataCentre
            | Self::ChannelUnavailable
            | Self::NotFound
            | Self::KeyUsed
            | Self::TicketClosed
            | Self::TicketNotClosed
            | Self::TicketFull => false,
            // 409: the first request with this key is still running. The refusals among them have faults of
            // their own.
            Self::Refused { status, .. } => *status == 409,
        }
    }

    /// Whether a refusal says nothing about earlier attempts with the same key: the endpoint gave it
    /// before it looked the key up.
    pub fn leaves_open(&self) -> bool {
        match self {
            Self::RateLimited { .. }
            | Self::SignedOut
            | Self::Token
            | Self::Provider
            | Self::AccessDenied => true,
            // Without a code it was somebody on the way, who knows nothing of keys.
            Self::Refused { status, code } => {
                matches!(*status, 401 | 403 | 408) || &**code == NO_CODE
            }
            Self::Unreachable
            | Self::Server { .. }
            | Self::Unreadable
            | Self::WrongDataCentre
            | Self::ChannelUnavailable
            | Self::NotFound
            | Self::KeyUsed
            // Said after the key was looked up.
            | Self::TicketClosed
            | Self::TicketNotClosed
            | Self::TicketFull => false,
        }
    }

    /// The code in `pd-failed`.
    pub fn code(&self) -> &str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Server { .. } => "server_error",
            Self::Unreadable => "unreadable_answer",
            Self::SignedOut => "signed_out",
            Self::Token | Self::Provider => "token",
            Self::RateLimited { .. } => "rate_limited",
            Self::AccessDenied => "access_denied",
            Self::WrongDataCentre => "wrong_dc",
            Self::ChannelUnavailable => "channel_unavailable",
            Self::NotFound => "not_found",
            Self::KeyUsed => "idempotency_mismatch",
            Self::TicketClosed => TICKET_CLOSED,
            Self::TicketNotClosed => TICKET_NOT_CLOSED,
            Self::TicketFull => TICKET_FULL,
            Self::Refused { code, .. } => code,
        }
    }

    /// The fault that has this code; what else it said is gone.
    pub fn from_code(code: &str) -> Self {
        match code {
            "unreachable" => Self::Unreachable,
            "unreadable_answer" => Self::Unreadable,
            "signed_out" => Self::SignedOut,
            "token" => Self::Token,
            "rate_limited" => Self::RateLimited {
                retry_after_s: None,
            },
            "access_denied" => Self::AccessDenied,
            "wrong_dc" => Self::WrongDataCentre,
            "channel_unavailable" => Self::ChannelUnavailable,
            NOT_FOUND => Self::NotFound,
            "idempotency_mismatch" => Self::KeyUsed,
            TICKET_CLOSED => Self::TicketClosed,
            TICKET_NOT_CLOSED => Self::TicketNotClosed,
            TICKET_FULL => Self::TicketFull,
            other => Self::Refused {
                status: 0,
                code: Rc::from(other),
            },
        }
    }

    /// Whether another endpoint of the list may be asked: this one did not answer, or its proxy did.
    pub fn passes_on(&self) -> bool {
        match self {
            Self::Unreachable => true,
            Self::Server { status, .. } => matches!(*status, 502..=504),
            Self::Unreadable
            | Self::SignedOut
            | Self::Token
            | Self::Provider
            | Self::RateLimited { .. }
            | Self::AccessDenied
            | Self::WrongDataCentre
            | Self::ChannelUnavailable
            | Self::NotFound
            | Self::KeyUsed
            | Self::TicketClosed
            | Self::TicketNotClosed
            | Self::TicketFull
            | Self::Refused { .. } => false,
        }
    }

    /// Sorts an error answer by status and problem code.
    pub fn from_answer(status: u16, code: &str, retry_after_s: Option<u32>) -> Self {
        match (status, code) {
            (500.., _) => Self::Server {
                status,
                retry_after_s,
            },
            (429, _) => Self::RateLimited { retry_after_s },
            (401, _) => Self::Token,
            (404, NOT_FOUND) => Self::NotFound,
            (_, "access_denied") => Self::AccessDenied,
            (_, "wrong_dc") => Self::WrongDataCentre,
            (_, "channel_unavailable") => Self::ChannelUnavailable,
            (_, "idempotency_mismatch") => Self::KeyUsed,
            (409, TICKET_CLOSED) => Self::TicketClosed,
            (409, TICKET_NOT_CLOSED) => Self::TicketNotClosed,
            (409, TICKET_FULL) => Self::TicketFull,
            (400..=499, _) => Self::Refused {
                status,
                code: Rc::from(if code.is_empty() { NO_CODE } else { code }),
            },
            _ => Self::Unreadable,
        }
    }
}
