//! Notices to whoever filed a ticket: that a mail became one, what an agent answered, what became of it. They
//! are left in the transaction of what they tell (`store::mail::outbox`), written and sent here.

mod send;
pub(super) mod texts;
mod write;

pub(super) use send::deliver;
