//! Everything that can happen. Times, keys and answers come in as data.

use super::connection::Connected;
use super::conversation::Ticket;
use super::fault::Fault;
use super::feedback::FeedbackAction;
use super::files::FilesAction;
use super::form::Input;
use super::guide::{Guide, Topic};
use super::help::Place;
use super::news::NewsAction;
use super::screen::Screen;
use super::signal::Sheet;
use super::storage::{Kept, Lack};
use super::submission::{Filed, Taken};
use super::transition::{AccessAction, ConversingAction, ListAction, OutboxAction, ViewingAction};
use crate::options::Options;
use partner_rules::wire::{Page, Receipt, WireViolation};
use partner_rules::{Account, Draft, Field};
use std::rc::Rc;

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    // The panel.
    /// `None` keeps the screen that was there.
    Opened {
        screen: Option<Screen>,
        now_ms: i64,
    },
    Closed,
    OptionsChanged(Rc<Options>),
    /// Nothing of the one who was signed in stays.
    SignedOut,
    /// The same, by another tab.
    SignedOutElsewhere,
    /// `signOut()`: what is unsent gets a last chance.
    SignOutWanted,
    /// That chance is over.
    LeaveDue {
        attempt: u32,
    },
    /// The page has set another token provider, or none.
    ProviderChanged,
    /// The page gives no token any more.
    SessionLost,
    /// The wait of this attempt is over at that time.
    Waiting {
        attempt: u32,
        at_ms: i64,
    },
    Waited {
        attempt: u32,
    },
    Tick {
        now_ms: i64,
    },
    /// The browser's clock has jumped: the endpoint is asked for the time.
    ClockDoubted,
    ClockSet {
        attempt: u32,
        now_ms: i64,
    },
    Go(Screen),
    /// A tab: the focus stays on it.
    TabChosen(Screen),
    Back,

    // The endpoint.
    Reconnect,
    Connected {
        attempt: u32,
        connected: Rc<Connected>,
        now_ms: i64,
    },
    ConnectFailed {
        attempt: u32,
        fault: Fault,
    },

    // What is kept in the browser.
    /// Whose drafts are meant, as a hash; `None`: the token does not say.
    Identified(Option<Rc<str>>),
    KeptRead {
        attempt: u32,
        result: Result<Box<Kept>, Lack>,
    },
    /// Another tab has written something.
    KeptElsewhere,
    Written(Result<(), Lack>),
    /// The draft is thrown away, and taken back.
    DraftDiscarded,
    DraftTakenBack,
    Outbox(OutboxAction),

    // The form.
    Prefilled(Draft),
    Edited(Input),
    Left(Field),
    /// Takes what a hint proposes: the near service, the corrected address.
    SuggestionTaken(Field),
    KeyMade(Rc<str>),
    Verified {
        attempt: u32,
        result: Result<Account, Fault>,
    },
    FieldWanted(Field),
    /// With the attachments of the form, or of what is being sent.
    Files(FilesAction),
    /// Requests about the same organisation.
    AlikeLoaded {
        attempt: u32,
        result: Result<Vec<Receipt>, Fault>,
    },

    /// The SuperAdmin address last used for the organisation; empty: there is none to offer.
    UsualRead {
        attempt: u32,
        address: Rc<str>,
    },
    UsualTaken,

    // Sending.
    /// Files the ticket; after an unknown outcome it sends the same parcel again.
    Submit,
    SubmitAnswered {
        attempt: u32,
        answer: Answer,
    },

    // Requests.
    RequestsWanted,
    /// With the list.
    List(ListAction),
    /// The page that did not come, once more.
    RequestsAgain,
    RequestsLoaded {
        attempt: u32,
        result: Result<Page<Receipt>, Fault>,
    },
    DetailLoaded {
        attempt: u32,
        result: Result<Box<Ticket>, Fault>,
    },
    /// Something happened to this request: if it is shown it is fetched again, in place.
    DetailStale {
        reference: Rc<str>,
    },

    News(NewsAction),
    Conversing(ConversingAction),
    /// With the files of the conversation.
    Viewing(ViewingAction),

    /// In the tab Access.
    Access(AccessAction),
    // Help.
    GuideWanted,
    GuideLoaded {
        attempt: u32,
        result: Result<Rc<Guide>, Fault>,
    },
    Searched(Rc<str>),
    PlaceChosen(Place),
    /// A question that the preview raises.
    Asked(Topic),
    Feedback(FeedbackAction),
    /// In the language menu; a tag that the loader knows.
    LanguageChosen(&'static str),
    /// The launcher is to go to the other side.
    LauncherMoved,
    /// What is to become of the message. The link opens by itself; what has to go by the clipboard
    /// is copied.
    MailWanted(MailUse),

    // One-off happenings.
    ErrandDone(u32),
    OptionsCounted(u32),
    Copy(Rc<str>),
    Copied(bool),
    Print(Rc<Sheet>),
}

/// What somebody does with a finished message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailUse {
    Open { by_clipboard: bool },
    Copy,
    Save,
}

/// What came back for an entry of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Accepted(Box<Filed>),
    /// A reply, or a change of the status, is stored.
    Taken(Box<Taken>),
    /// Nothing was stored. Violations are those of the endpoint, by JSON name.
    Refused {
        fault: Fault,
        violations: Vec<WireViolation>,
    },
    /// It may have been stored.
    Unknown(Fault),
    /// Nothing has left the browser.
    NotSent(Fault),
    /// Another tab is sending it, or has just done so.
    Busy,
}
