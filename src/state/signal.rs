//! One-off happenings that the shell carries out: focus, announcements, events for the page,
//! copying and printing. Each has a number, so that each is done exactly once.

use super::access::Whose;
use super::fault::Fault;
use super::feedback::Part;
use super::files::Told;
use super::guide::Topic;
use super::storage::Mirror;
use partner_rules::wire::{Access, TicketChange};
use partner_rules::{Field, Outcome, Severity};
use std::rc::Rc;

/// Where focus goes after the next rendering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FocusTarget {
    Title,
    Field(Field),
    Feedback(Part),
    /// An element by its id.
    Id(&'static str),
    /// The first field of a form that has only now come, unless somebody is at another control.
    FirstField,
    ErrorSummary,
    /// The problem notice above the submit button.
    Problem,
    AddTicket,
    /// The link to the question that the form asked.
    Asked(Topic),
    /// A question in Help, by its id.
    Question(Rc<str>),
    /// The button that opens the composer.
    Compose,
    /// The row of a request in the list.
    Row(Rc<str>),
    /// The button that takes back what was just thrown away.
    Undo,
}

/// What the live region says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spoken {
    Sending,
    Filed {
        reference: Rc<str>,
    },
    NotSent(Fault),
    /// An agent did something on a request.
    News {
        reference: Rc<str>,
        change: Option<TicketChange>,
    },
    Replied {
        reference: Rc<str>,
    },
    Closed {
        reference: Rc<str>,
    },
    Reopened {
        reference: Rc<str>,
    },
    /// It waits in the outbox.
    Queued,
    /// The same of something about a request.
    RemarkQueued,
    Cancelled,
    Files(Told),
    /// A request like the one in the form is open already.
    Alike(Rc<str>),
    /// It may be filed already.
    NotCancelled,
    Copied(bool),
    OptionCount(u32),
    /// Requests that fit filters and search.
    RequestsFound(u32),
    /// The verdict on the form has become another one.
    Verdict(Outcome),
    /// Questions that fit what is searched for.
    Found(u32),
    /// What somebody said about the translation has arrived.
    FeedbackSent,
    /// A file was handed to the browser.
    Saved,
    LauncherMoved,
    AccessSet {
        whose: Whose,
        to: Access,
    },
}

/// An event for the host page (embed contract). Never carries text or addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostEvent {
    Submitted {
        reference: Rc<str>,
        outcome: Outcome,
        severity: Option<Severity>,
        endpoint: Rc<str>,
        replayed: bool,
    },
    Queued {
        draft: Rc<str>,
    },
    Unread {
        count: u32,
    },
    Failed {
        draft: Rc<str>,
        code: Rc<str>,
        retryable: bool,
    },
}

/// A small document for the printer: a title and label–value lines, already in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub title: String,
    pub lines: Vec<(String, String)>,
}

/// A file for the person to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub name: String,
    pub mime: &'static str,
    pub content: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    Focus(FocusTarget),
    /// How far the tab is to be scrolled, in px; before focus goes somewhere in it.
    ScrollTo(i32),
    /// Requests have come in above what somebody looks at: the list is scrolled on by so many rows.
    ScrollRows(i32),
    /// Scrolls to the end of the conversation: what was just sent stands there.
    Reveal,
    /// Scrolls to where one begins to read in a conversation that somebody has just come to.
    Begin {
        /// What is new begins there, counted from 0; `None`: with the last line.
        line: Option<usize>,
    },
    /// The foot has grown over the end of the conversation: that is brought above it.
    MakeWay,
    Emit(HostEvent),
    Copy(Rc<str>),
    Save(Rc<Paper>),
    Print(Rc<Sheet>),
    /// Said when nothing newer has come for a moment: counts must not chatter.
    SayLater(Spoken),
    /// Bring what is kept in the browser in line with the state.
    Keep(Mirror),
    /// An entry has left the outbox: other tabs learn by it that theirs is over.
    KeepOver {
        key: Rc<str>,
        reference: Option<Rc<str>>,
    },
    /// The bytes of these files are not needed any more.
    DropFiles(Vec<Rc<str>>),
    /// Nothing of this owner stays in the browser; `None`: of the last one. `tell`: nor in other tabs.
    Purge {
        owner: Option<Rc<str>>,
        tell: bool,
    },
    /// `signOut()` is done, as soon as what was kept is gone.
    Left {
        sent: u32,
        dropped: u32,
    },
    /// The feedback form needs what only the shell knows.
    BeginFeedback,
    /// Another language: the element is told, and it tells everybody.
    Speak(&'static str),
    /// The launcher to the other side: the loader keeps where it is.
    MoveLauncher,
    /// The token of the one who has signed out.
    ForgetToken,
    /// A choice that was refused: its select shows again what holds.
    ShowLevel(Whose, Access),
    /// The page's token provider is another one: ask it, and see who it speaks for.
    RenewToken,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signals {
    /// Errands not yet run, oldest first, each with its number.
    pub errands: Vec<(u32, Errand)>,
    /// What was said last; the number tells repeated sentences apart.
    pub spoken: Option<(u32, Spoken)>,
}
