//! A desk in a test: the state with methods that read like what happens.

use partner_desk::options::{Options, RawOptions};
use partner_desk::state::action::Answer;
use partner_desk::state::form::Input;
use partner_desk::state::outbox::{Entry, Standing};
use partner_desk::state::signal::{Errand, FocusTarget, HostEvent};
use partner_desk::state::storage::{Kept, Lack, Mirror};
use partner_desk::state::transition::{ConversingAction, OutboxAction};
use partner_desk::state::{
    Action, Connected, Effect, Fault, Filed, Screen, State, pending, transition,
};
use partner_rules::policy::{DEFAULT_JSON, FullPolicy, RawPolicy};
use partner_rules::wire::{Access, Page, Receipt, Role, Session};
use partner_rules::{Dc, Field};
use serde_json::json;
use std::rc::Rc;

pub(crate) struct Desk {
    pub(crate) state: State,
    keys: u32,
}

pub(crate) fn options(dc: &str) -> Options {
    Options::from(RawOptions {
        dc: Some(dc.to_owned()),
        endpoint: Some("https://desk.example".to_owned()),
        ..RawOptions::default()
    })
}

impl Desk {
    pub(crate) fn new(dc: &str) -> Self {
        Self {
            state: State::new(options(dc)),
            keys: 0,
        }
    }

    /// Opened, connected, on the form.
    pub(crate) fn on_form() -> Self {
        Self::on_form_of("eu")
    }

    pub(crate) fn on_form_of(dc: &str) -> Self {
        let mut desk = Self::new(dc);
        desk.act(Action::Opened {
            screen: None,
            now_ms: 0,
        });
        desk.connect(Access::Company);
        desk.act(Action::Go(Screen::AddTicket));
        desk
    }

    pub(crate) fn complete() -> Self {
        let mut desk = Self::on_form();
        desk.fill("Zoho CRM", "20000000001", "admin@large.example");
        desk
    }

    pub(crate) fn act(&mut self, action: Action) {
        transition(&mut self.state, action);
        // The shell makes the key as soon as it is wanted.
        if pending(&self.state).contains(&Effect::MakeKey) {
            self.keys += 1;
            let key = format!("key-{}", self.keys);
            transition(&mut self.state, Action::KeyMade(Rc::from(key)));
        }
        if pending(&self.state).contains(&Effect::MakeReplyKey) {
            self.keys += 1;
            let key = Rc::from(format!("key-{}", self.keys));
            let made = ConversingAction::KeyMade(key);
            transition(&mut self.state, Action::Conversing(made));
        }
    }

    pub(crate) fn connect_as_member(&mut self) {
        let mut connected = connected(Access::Own);
        connected.session.role = Role::Member;
        self.connect_with(connected);
    }

    pub(crate) fn connect(&mut self, access: Access) {
        self.connect_with(connected(access));
    }

    fn connect_with(&mut self, connected: Connected) {
        let attempt = attempt!(self, Connect);
        let connected = Rc::new(connected);
        self.act(Action::Connected {
            attempt,
            connected,
            now_ms: 1_000,
        });
    }

    pub(crate) fn attempt(&self, pick: impl Fn(Effect) -> Option<u32>) -> u32 {
        pending(&self.state)
            .into_iter()
            .find_map(pick)
            .expect("the effect is pending")
    }

    pub(crate) fn submit_attempt(&self) -> u32 {
        attempt!(self, Submit)
    }

    pub(crate) fn fill(&mut self, service: &str, org_id: &str, superadmin: &str) {
        for input in [
            Input::Service(service.to_owned()),
            Input::OrgId(org_id.to_owned()),
            Input::Subject("Cannot sign in".to_owned()),
            Input::Description("Since 09:12 UTC".to_owned()),
            Input::SuperadminEmail(superadmin.to_owned()),
        ] {
            self.act(Action::Edited(input));
        }
    }

    pub(crate) fn answer(&mut self, answer: Answer) {
        let attempt = self.submit_attempt();
        self.act(Action::SubmitAnswered { attempt, answer });
    }

    pub(crate) fn accept(&mut self) {
        self.answer(Answer::Accepted(Box::new(filed("PS-EU-000001", false))));
    }

    pub(crate) fn unknown(&mut self) {
        self.answer(Answer::Unknown(Fault::Unreachable));
    }

    pub(crate) fn outcome(&self) -> &'static str {
        let assessment = self.state.form.assessment.as_ref().expect("assessed");
        assessment.classification.outcome.code()
    }

    pub(crate) fn errors(&self) -> Vec<Field> {
        self.state
            .form
            .errors
            .iter()
            .map(|error| error.field)
            .collect()
    }

    /// The entry of the outbox that the form shows.
    pub(crate) fn shown(&self) -> &Entry {
        self.state.shown().expect("the form shows an entry")
    }

    pub(crate) fn key_sent(&self) -> Rc<str> {
        Rc::clone(&self.shown().key)
    }

    /// What is in the outbox, by key, with where each stands.
    pub(crate) fn outbox(&self) -> Vec<(&str, &Standing)> {
        let entries = self.state.outbox.entries.iter();
        entries
            .map(|entry| (&*entry.key, &entry.standing))
            .collect()
    }

    /// Signed in as somebody whose drafts are kept; `kept` is what an earlier page has left.
    pub(crate) fn identify(&mut self, kept: Kept) {
        self.act(Action::Identified(Some(Rc::from("owner"))));
        self.read(Ok(kept));
    }

    /// What is kept was read, for the first time or once more.
    pub(crate) fn read(&mut self, result: Result<Kept, Lack>) {
        let attempt = attempt!(self, ReadKept);
        let result = result.map(Box::new);
        self.act(Action::KeptRead { attempt, result });
    }

    /// The errands that write something into the browser's storage, run and gone.
    pub(crate) fn written(&mut self) -> Vec<Mirror> {
        let mut mirrors = Vec::new();
        for (number, errand) in self.state.signals.errands.clone() {
            if let Errand::Keep(mirror) = errand {
                mirrors.push(mirror);
                self.act(Action::ErrandDone(number));
            }
        }
        mirrors
    }

    pub(crate) fn pause_ends(&mut self) {
        let attempt = attempt!(self, Pause);
        self.act(Action::Outbox(OutboxAction::Due { attempt }));
    }

    pub(crate) fn focus(&self) -> Option<&FocusTarget> {
        self.state
            .signals
            .errands
            .iter()
            .rev()
            .find_map(|(_, errand)| {
                if let Errand::Focus(target) = errand {
                    Some(target)
                } else {
                    None
                }
            })
    }

    pub(crate) fn events(&self) -> Vec<&HostEvent> {
        let errands = self.state.signals.errands.iter();
        errands
            .filter_map(|(_, errand)| {
                if let Errand::Emit(event) = errand {
                    Some(event)
                } else {
                    None
                }
            })
            .collect()
    }
}

pub(crate) fn connected(access: Access) -> Connected {
    let raw: RawPolicy = serde_json::from_str(DEFAULT_JSON).expect("the default policy is JSON");
    let policy = FullPolicy::try_from(raw).expect("the default policy is right");
    let view = policy.view(&Dc::ALL);
    let session: Session = serde_json::from_value(json!({
        "user": {"email": "ada@partner.example", "name": "Ada"},
        "shop": {"id": "shop", "name": "Shop"},
        "role": "superadmin",
        "access": access,
        "dc": "eu",
        "server_time": "2026-11-23T10:00:00Z",
        "limits": view.limits,
        "policy_version": view.version,
    }))
    .expect("a session");
    Connected {
        base: Rc::from("https://desk.example"),
        session,
        policy: Rc::new(policy.rules().clone()),
        demo: false,
    }
}

/// A page as the endpoint gives it; `total` comes with the first one.
pub(crate) fn page(items: Vec<Receipt>, next: Option<&str>, total: Option<u32>) -> Page<Receipt> {
    Page {
        items,
        next_cursor: next.map(str::to_owned),
        total,
    }
}

pub(crate) fn receipt(reference: &str) -> Receipt {
    serde_json::from_value(json!({
        "reference": reference, "dc": "eu", "region": "eu",
        "created_at": "2026-11-23T10:00:00Z", "updated_at": "2026-11-23T10:00:00Z",
        "subject": "Cannot sign in", "org_id_kind": "zoid", "org_id": "20000000001",
        "status": "open", "severity": "S1", "priority_customer": true, "channel": "widget",
        "service": {"id": "crm", "name": "Zoho CRM", "listed": true},
        "classification": {
            "outcome": "priority", "reasons": ["service_eligible", "account_large"],
            "commitment": {"first_response_h": [1, 3], "problem_determination_h": [2, 8],
                           "resolution_h": [24, 48]},
            "policy_version": "2026-11",
        },
    }))
    .expect("a receipt")
}

pub(crate) fn filed(reference: &str, replayed: bool) -> Filed {
    Filed {
        receipt: receipt(reference),
        endpoint: Rc::from("https://desk.example"),
        replayed,
        previewed: None,
    }
}
