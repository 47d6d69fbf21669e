//! One request as it is open: what is known of it, and in which order it is told.

use super::fault::Fault;
use partner_rules::Outcome;
use partner_rules::wire::{
    Author, AuthorKind, HistoryEntry, Message, Receipt, TicketChange, TicketMore,
};
use std::rc::Rc;

/// A request as the detail view shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub receipt: Receipt,
    pub more: TicketMore,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    #[default]
    Closed,
    Wanted {
        attempt: u32,
        reference: Rc<str>,
    },
    Ready {
        ticket: Rc<Ticket>,
        /// The attempt that fetches it once more while this is shown.
        again: Option<u32>,
    },
    Failed {
        reference: Rc<str>,
        fault: Fault,
    },
}

impl Detail {
    pub fn ticket(&self) -> Option<&Rc<Ticket>> {
        match self {
            Self::Ready { ticket, .. } => Some(ticket),
            Self::Closed | Self::Wanted { .. } | Self::Failed { .. } => None,
        }
    }

    /// The request with this reference, if it is the one that is shown.
    pub fn showing(&self, reference: &str) -> Option<&Rc<Ticket>> {
        self.ticket()
            .filter(|ticket| ticket.receipt.reference == reference)
    }

    /// The same to be changed.
    pub(super) fn showing_mut(&mut self, reference: &str) -> Option<&mut Ticket> {
        match self {
            Self::Ready { ticket, .. } if ticket.receipt.reference == reference => {
                Some(Rc::make_mut(ticket))
            }
            Self::Ready { .. } | Self::Closed | Self::Wanted { .. } | Self::Failed { .. } => None,
        }
    }

    /// The attempt under way, and whose request it fetches.
    pub fn fetching(&self) -> Option<(u32, &str)> {
        match self {
            Self::Wanted { attempt, reference } => Some((*attempt, reference)),
            Self::Ready { ticket, again } => Some(((*again)?, &ticket.receipt.reference)),
            Self::Closed | Self::Failed { .. } => None,
        }
    }
}

/// One line of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// What the request was filed with: the first message.
    Filed,
    Message(&'a Message),
    /// What happened to it.
    Change(&'a HistoryEntry),
}

impl Ticket {
    /// Everything that was said and done, oldest first. At the same moment what was said comes first: a
    /// question is closed after it was answered.
    pub fn lines(&self) -> Vec<Line<'_>> {
        let mut lines = vec![Line::Filed];
        let mut changes = self
            .more
            .history
            .iter()
            .filter(|entry| entry.change != TicketChange::Filed)
            .peekable();
        for message in &self.more.messages {
            while let Some(entry) =
                changes.next_if(|entry| is_before(&entry.at, &message.created_at))
            {
                lines.push(Line::Change(entry));
            }
            lines.push(Line::Message(message));
        }
        lines.extend(changes.map(Line::Change));
        lines
    }

    /// Who said or did it, as far as that is known.
    pub fn author<'a>(&'a self, line: &Line<'a>) -> Option<&'a Author> {
        match line {
            Line::Filed => {
                let mut history = self.more.history.iter();
                let filed = history.find(|entry| entry.change == TicketChange::Filed)?;
                filed.by.as_ref()
            }
            Line::Message(message) => Some(&message.author),
            Line::Change(entry) => entry.by.as_ref(),
        }
    }

    /// The line at which somebody with this address begins to read, counted from 0: the first thing that
    /// agents did since they themselves did something. `None`: nothing is new to them. The endpoint tells
    /// whether something is, not since when.
    pub fn first_new(&self, me: &str) -> Option<usize> {
        if !self.receipt.unread {
            return None;
        }
        let mut new = None;
        for (at, line) in self.lines().iter().enumerate() {
            match self.author(line) {
                Some(author) if is_me(author, me) => new = None,
                Some(author) if author.kind == AuthorKind::Agent => new = new.or(Some(at)),
                Some(_) | None => {}
            }
        }
        new
    }

    /// Since when the targets count (R12): since receipt, or since an agent made it complete.
    pub fn clock_start(&self) -> &str {
        let (mut history, filed) = (self.more.history.iter(), &self.receipt.created_at);
        let first = history.next().map(|entry| entry.classification.outcome);
        if first != Some(Outcome::Manual) {
            return filed;
        }
        let completes = |entry: &&HistoryEntry| {
            matches!(entry.change, TicketChange::Completed | TicketChange::Raised)
        };
        history.find(completes).map_or(filed, |entry| &entry.at)
    }

    /// Takes in a message that has just been stored, unless it is there already.
    pub fn add(&mut self, message: Message) {
        let messages = &mut self.more.messages;
        if !messages.iter().any(|known| known.id == message.id) {
            messages.push(message);
        }
    }
}

/// Whether this is the partner with this address.
pub fn is_me(author: &Author, me: &str) -> bool {
    let same = |email: &String| email.to_lowercase() == me.to_lowercase();
    author.kind == AuthorKind::Partner && author.email.as_ref().is_some_and(same)
}

/// Whether one instant of the endpoint is before another. They are UTC and written alike, but for the
/// digits of a second: without its "Z" a shorter one sorts first.
fn is_before(one: &str, other: &str) -> bool {
    let digits = |at: &str| String::from(at.trim_end_matches('Z'));
    digits(one) < digits(other)
}
