//! CORE: everything the widget knows, and the only place where it decides.
//!
//! No Yew, no browser, no clock, no randomness: time, keys and answers arrive inside actions, and
//! what has to be done outside follows from the state ([`effect::pending`]).

pub mod access;
pub mod action;
pub mod builtin;
pub mod connection;
pub mod effect;
pub mod fault;
pub mod files;
pub mod form;
pub mod guide;
pub mod help;
pub mod mail;
pub mod requests;
pub mod retry;
pub mod screen;
pub mod signal;
pub mod submission;
pub mod transition;
pub mod twin;
pub mod verification;

pub use action::Action;
pub use connection::{Connected, Connection};
pub use effect::{Effect, pending};
pub use fault::Fault;
pub use form::{Assessment, Form, Input};
pub use help::Help;
pub use requests::{Detail, Requests};
pub use screen::Screen;
pub use submission::{Filed, Submission};
pub use transition::transition;
pub use verification::Verification;

use crate::options::Options;
use access::AccessState;
use partner_rules::Policy;
use partner_rules::wire::{Access, Role};
use retry::Retry;
use signal::Signals;
use std::rc::Rc;

/// The whole state. Parts that views receive are shared, so that comparing them is cheap.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub options: Rc<Options>,
    pub open: bool,
    pub screen: Screen,
    pub connection: Connection,
    pub form: Rc<Form>,
    pub verification: Verification,
    pub submission: Submission,
    /// What the last submit became; shown on the receipt screen.
    pub filed: Option<Rc<Filed>>,
    pub requests: Rc<Requests>,
    pub detail: Detail,
    pub access: Rc<AccessState>,
    /// Too many requests: when it goes on.
    pub retry: Option<Retry>,
    pub help: Help,
    /// Corrected by the endpoint's clock once one is connected; milliseconds since 1970.
    pub now_ms: i64,
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
            submission: Submission::Editing,
            filed: None,
            requests: Rc::default(),
            detail: Detail::default(),
            access: Rc::default(),
            retry: None,
            help: Help::default(),
            now_ms: 0,
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

    /// Whether this partner may file tickets here.
    pub fn may_file(&self) -> bool {
        self.connected()
            .is_some_and(|connected| connected.may_file(self.options.dc))
    }
}
