//! CORE: everything the widget knows, and the only place where it decides.
//!
//! No Yew, no browser, no clock, no randomness: time, keys and answers arrive inside actions, and
//! what has to be done outside follows from the state ([`effect::pending`]).

pub mod access;
pub mod action;
pub mod builtin;
pub mod connection;
pub mod conversation;
pub mod effect;
pub mod fault;
pub mod feedback;
pub mod files;
pub mod form;
pub mod guide;
pub mod help;
pub mod mail;
pub mod news;
pub mod outbox;
pub mod picture;
pub mod reply;
pub mod requests;
pub mod retry;
pub mod screen;
pub mod signal;
pub mod storage;
pub mod submission;
pub mod transition;
pub mod twin;
pub mod verification;
pub mod viewing;

pub use action::Action;
pub use connection::{Connected, Connection};
pub use conversation::{Detail, Ticket};
pub use effect::{Effect, pending};
pub use fault::Fault;
pub use form::{Assessment, Form, Input};
pub use help::Help;
pub use news::{News, NewsAction};
pub use outbox::Outbox;
pub use requests::Requests;
pub use screen::Screen;
pub use storage::Storage;
pub use submission::{Filed, Submission};
pub use transition::transition;
pub use verification::Verification;

use crate::options::Options;
use access::AccessState;
use feedback::Feedback;
use files::Files;
use outbox::Entry;
use partner_rules::Policy;
use partner_rules::wire::{Access, Role};
use reply::{Writing, Writings};
use retry::Retry;
use signal::Signals;
use std::rc::Rc;
use transition::Leaving;
use twin::Alike;
use viewing::Viewing;

/// The whole state. Parts that views receive are shared, so that comparing them is cheap.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub options: Rc<Options>,
    pub open: bool,
    pub screen: Screen,
    pub connection: Connection,
    pub form: Rc<Form>,
    pub verification: Verification,
    /// Requests that may be about the same.
    pub alike: Rc<Alike>,
    pub submission: Submission,
    /// The draft, while the form shows an entry of the outbox.
    pub shelved: Option<Rc<Form>>,
    /// The form holds what an earlier page had left.
    pub restored: bool,
    /// The draft that was thrown away last, to be taken back.
    pub discarded: Option<Rc<Form>>,
    /// Counts the changes of the draft, over all tabs.
    pub revision: u32,
    pub outbox: Rc<Outbox>,
    pub storage: Storage,
    /// Whose drafts these are: a hash, known as soon as a token is.
    pub owner: Option<Rc<str>>,
    /// The number of the moment in which that became known.
    pub owner_since: u32,
    /// `signOut()` is under way.
    pub leaving: Option<Leaving>,
    /// What the last submit became; shown on the receipt screen.
    pub filed: Option<Rc<Filed>>,
    pub requests: Rc<Requests>,
    pub detail: Detail,
    /// Somebody has come to the request on screen, and how it is now has not: what is new in it is where one
    /// begins to read.
    pub coming: bool,
    /// What is being written about requests.
    pub writings: Rc<Writings>,
    /// Files of the request on screen that are fetched.
    pub viewing: Rc<Viewing>,
    pub access: Rc<AccessState>,
    /// Too many requests: when it goes on.
    pub retry: Option<Retry>,
    pub help: Help,
    pub news: News,
    pub feedback: Rc<Feedback>,
    /// Corrected by the endpoint's clock once one is connected; milliseconds since 1970.
    pub now_ms: i64,
    /// The browser's clock has jumped; the attempt that asks for the time.
    pub doubt: Option<u32>,
    pub signals: Signals,
    /// The last attempt number handed out; every effect carries one.
    pub attempts: u32,
}

impl State {
    pub fn new(options: Options) -> Self {
        let connection = if options.dc.is_none() {
            Connection::NoDataCentre
        } else {
            Connection::Idle
        };
        let screen = if options.dc.is_none() {
            Screen::Help
        } else {
            Screen::Requests
        };
        Self {
            options: Rc::new(options),
            open: false,
            screen,
            connection,
            form: Rc::default(),
            verification: Verification::Idle,
            alike: Rc::default(),
            submission: Submission::Editing,
            shelved: None,
            restored: false,
            discarded: None,
            revision: 0,
            outbox: Rc::default(),
            storage: Storage::Unasked,
            owner: None,
            owner_since: 0,
            leaving: None,
            filed: None,
            requests: Rc::default(),
            detail: Detail::default(),
            coming: false,
            writings: Rc::default(),
            viewing: Rc::default(),
            access: Rc::default(),
            retry: None,
            help: Help::default(),
            news: News::default(),
            feedback: Rc::default(),
            now_ms: 0,
            doubt: None,
            signals: Signals::default(),
            attempts: 0,
        }
    }

    /// The next attempt number.
    pub fn attempt(&mut self) -> u32 {
        self.attempts += 1;
        self.attempts
    }

    pub fn connected(&self) -> Option<&Rc<Connected>> {
        match &self.connection {
            Connection::Ready(connected) => Some(connected),
            Connection::NoDataCentre
            | Connection::Idle
            | Connection::Wanted { .. }
            | Connection::Failed(_) => None,
        }
    }

    /// The entry of the outbox that the form shows.
    pub fn shown(&self) -> Option<&Rc<Entry>> {
        match &self.submission {
            Submission::Filing { key } => self.outbox.entry(key),
            Submission::Editing | Submission::Refused { .. } => None,
        }
    }

    /// Attachments that may be on their way: the form's, the replies', and those of what is being sent.
    pub fn all_files(&self) -> impl Iterator<Item = &Files> {
        let shown = self.submission.is_frozen();
        let form = std::iter::once(&self.form.files).filter(move |_| !shown);
        let sent = self.outbox.entries.iter().map(|entry| &entry.files);
        let written = self.writings.all.iter().map(|writing| &writing.files);
        form.chain(sent).chain(written)
    }

    /// The request that is on screen and known, with what is being written about it.
    pub fn at_hand(&self) -> Option<(&Rc<str>, &Rc<Ticket>, Option<&Writing>)> {
        let Screen::Request(reference) = &self.screen else {
            return None;
        };
        let ticket = self.detail.showing(reference)?;
        Some((reference, ticket, self.writings.of(reference)))
    }

    /// The address of whoever is signed in.
    pub fn me(&self) -> &str {
        self.connected()
            .map_or("", |connected| &*connected.session.user.email)
    }

    /// Whether this partner may reply to requests, close and reopen them.
    pub fn may_answer(&self) -> bool {
        self.connected()
            .is_some_and(|connected| connected.session.access != Access::None)
    }

    /// Whether this is a super administrator of the shop.
    pub fn administers(&self) -> bool {
        self.connected()
            .is_some_and(|connected| connected.session.role == Role::Superadmin)
    }

    /// The rules that the form is checked by: the endpoint's, or the built-in ones while there is
    /// none, since an e-mail can be written all the same. No rules without a data centre.
    pub fn rules(&self) -> Option<Rc<Policy>> {
        match self.connected() {
            Some(connected) => Some(Rc::clone(&connected.policy)),
            None if self.options.dc.is_some() => builtin::policy().map(Rc::new),
            None => None,
        }
    }

    /// Where an e-mail goes: by region, whatever the data centre. Without a data centre there is no
    /// form, so nothing that could be sent; while nobody is signed in, what was typed waits unseen.
    pub fn mail_address(&self) -> Option<String> {
        if self.connection == Connection::Failed(Fault::SignedOut) {
            return None;
        }
        let rules = self.rules()?;
        let address = rules.channels().email_address(self.options.region?)?;
        Some(address.to_owned())
    }

    /// Whether e-mail stands in place of the form: access is there, a widget channel is not.
    pub fn mails_instead(&self) -> bool {
        let connected = self.connected().is_some_and(|connected| {
            connected.session.access != Access::None && !connected.has_channel(self.options.dc)
        });
        connected && self.mail_address().is_some()
    }

    /// What of the list is drawn; `attempts` differs once more is loaded.
    pub fn drawn_rows(&self) -> impl PartialEq + use<> {
        let requests = &self.requests;
        let focused = requests.sight.focused.clone();
        let gap = requests.shows_gap();
        (requests.window(), focused, gap, self.attempts)
    }

    /// Whether this partner may file tickets here.
    pub fn may_file(&self) -> bool {
        self.connected()
            .is_some_and(|connected| connected.may_file(self.options.dc))
    }
}
