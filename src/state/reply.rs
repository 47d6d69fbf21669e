//! What somebody writes about a request: what is being typed ([`Writing`]), and what is on its way, frozen
//! ([`Remark`], in the outbox).

use super::files::Files;
use partner_rules::Dc;
use partner_rules::conversation::Wrong;
use std::rc::Rc;

/// What is done to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Reply,
    Close,
    Reopen,
}

impl Act {
    /// The last part of the path on the wire without the slash.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reply => "replies",
            Self::Close => "close",
            Self::Reopen => "reopen",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        let all = [Self::Reply, Self::Close, Self::Reopen];
        all.into_iter().find(|act| act.code() == code)
    }

    /// Whether it changes the status.
    pub const fn is_switch(self) -> bool {
        match self {
            Self::Close | Self::Reopen => true,
            Self::Reply => false,
        }
    }
}

/// Something about a request as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub act: Act,
    pub reference: Rc<str>,
    pub dc: Dc,
    /// The reply, or the reason; of a reason none is empty.
    pub text: Rc<str>,
}

/// What is being written about one request. As safe as the ticket's draft: kept in the browser on every change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    pub reference: Rc<str>,
    pub text: Rc<str>,
    pub files: Files,
    /// The idempotency key of the reply: made when it is first touched, the same on every attempt.
    pub key: Option<Rc<str>>,
    /// Why the request is closed or reopened.
    pub reason: Rc<str>,
    /// Counts the changes, over all tabs: the higher one is the newer one.
    pub revision: u32,
    /// What stands there was left by an earlier page.
    pub restored: bool,
    /// What is wrong with the text, and with the reason, as far as it is shown.
    pub wrong: Option<Wrong>,
    pub reason_wrong: Option<Wrong>,
    /// The field for the reason is open.
    pub reasoning: bool,
    /// Somebody has begun to write: all of the reply's parts are shown.
    pub begun: bool,
    /// It is to be closed while a reply is not sent: what is to become of that?
    pub asking: bool,
    /// A change of the status that goes as soon as it has its key.
    pub wanted: Option<Act>,
}

impl Writing {
    /// Nothing of a reply that would be missed.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.files.list.is_empty()
    }

    /// Whether nobody writes, so that one line is enough for it.
    pub fn is_small(&self) -> bool {
        let texts = self.text.is_empty() && self.reason.is_empty();
        texts && self.files.list.is_empty() && !self.begun && !self.reasoning
    }

    /// Whether a key has to be made.
    pub fn wants_key(&self) -> bool {
        self.wanted.is_some() || (self.key.is_none() && !self.is_blank())
    }
}

/// All that is being written, a [`Writing`] for each request that somebody began to answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writings {
    pub all: Vec<Writing>,
}

impl Writings {
    pub fn of(&self, reference: &str) -> Option<&Writing> {
        self.all.iter().find(|known| *known.reference == *reference)
    }

    pub fn of_mut(&mut self, reference: &Rc<str>) -> &mut Writing {
        let at = self
            .all
            .iter()
            .position(|known| known.reference == *reference);
        let at = at.unwrap_or_else(|| {
            self.all.push(Writing {
                reference: Rc::clone(reference),
                ..Writing::default()
            });
            self.all.len() - 1
        });
        // It was found or has just been put there.
        #[expect(clippy::indexing_slicing, reason = "the position is one of the list")]
        &mut self.all[at]
    }

    /// The one that waits for a key.
    pub fn keyless(&self) -> Option<&Rc<str>> {
        let mut all = self.all.iter();
        let found = all.find(|writing| writing.wants_key())?;
        Some(&found.reference)
    }
}
