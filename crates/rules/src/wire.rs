//! The JSON of `/v1` (design, section 4). IDs are strings, times RFC 3339 UTC.
//!
//! Never here: a threshold, a licence count, a sentence.

mod access;
mod answer;
mod conversation;
mod feedback;
mod news;
mod policy;
mod session;
mod ticket;

pub use access::{AccessChange, AccessLevel, AccessUser};
pub use answer::{Page, Problem, SEARCH_MAX, VerifyAnswer, VerifyRequest, WireViolation};
pub use conversation::{
    Attachment, Author, AuthorKind, EventChange, HistoryEntry, LastChange, Message, NewReply,
    Stage, StatusChange, TicketChange, TicketEvent, TimelineEntry, Upload,
};
pub use feedback::FeedbackReceipt;
pub use news::{SeenUntil, Unread};
pub use policy::{ClassView, PolicyView};
pub use session::{Access, Role, Session, Shop, User};
pub use ticket::{
    Channel, ClassificationView, NewTicket, Preview, Receipt, Status, TicketDetail, TicketMore,
};
