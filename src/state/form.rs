//! The Add Ticket form: what is typed, what it comes to, which errors are shown.

use super::files::Files;
use partner_rules::{Checked, Classification, Draft, Field, Hint, OrgIdKind, Violation};
use std::rc::Rc;

/// One change of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Service(String),
    OrgIdKind(OrgIdKind),
    OrgId(String),
    Subject(String),
    Description(String),
    SuperadminEmail(String),
    SuperadminUnknown(bool),
    CustomerEmail(String),
    Zuid(String),
}

/// What the rules say about the form as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    pub checked: Checked,
    pub classification: Classification,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub draft: Draft,
    pub files: Files,
    /// The idempotency key: made when the form is first touched, the same on every retry.
    pub key: Option<Rc<str>>,
    pub touched: bool,
    /// Somebody has typed: what the page alone has filled in is no draft.
    pub typed: bool,
    /// A submit has failed: from now on leaving a field may show its error.
    pub submitted: bool,
    /// Fields left since they were last edited; hints are shown for these.
    pub settled: Vec<Field>,
    /// Errors on show, in form order.
    pub errors: Vec<Violation>,
    /// `None` until the rules are loaded.
    pub assessment: Option<Rc<Assessment>>,
}

impl Form {
    /// Applies an input; returns the field it belongs to.
    pub fn apply(&mut self, input: Input) -> Field {
        self.touched = true;
        self.typed = true;
        let draft = &mut self.draft;
        match input {
            Input::Service(text) => set(&mut draft.service, text, Field::Service),
            Input::OrgIdKind(kind) => {
                draft.org_id_kind = kind;
                Field::OrgId
            }
            Input::OrgId(text) => set(&mut draft.org_id, text, Field::OrgId),
            Input::Subject(text) => set(&mut draft.subject, text, Field::Subject),
            Input::Description(text) => set(&mut draft.description, text, Field::Description),
            Input::SuperadminEmail(text) => {
                set(&mut draft.superadmin_email, text, Field::SuperadminEmail)
            }
            Input::SuperadminUnknown(unknown) => {
                draft.superadmin_unknown = unknown;
                Field::SuperadminEmail
            }
            Input::CustomerEmail(text) => {
                set(&mut draft.customer_email, text, Field::CustomerEmail)
            }
            Input::Zuid(text) => set(&mut draft.zuid, text, Field::Zuid),
        }
    }

    /// The violations as the rules see them now; none while the rules are not loaded.
    pub fn violations(&self) -> &[Violation] {
        match &self.assessment {
            Some(assessment) => match &assessment.checked.ticket {
                Ok(_) => &[],
                Err(violations) => violations,
            },
            None => &[],
        }
    }

    pub fn violation(&self, field: Field) -> Option<Violation> {
        self.violations()
            .iter()
            .find(|violation| violation.field == field)
            .copied()
    }

    pub fn error(&self, field: Field) -> Option<Violation> {
        self.errors
            .iter()
            .find(|violation| violation.field == field)
            .copied()
    }

    /// Hints on a field, once it has been left.
    pub fn hints(&self, field: Field) -> impl Iterator<Item = &Hint> {
        let settled = self.settled.contains(&field);
        self.assessment
            .iter()
            .filter(move |_| settled)
            .flat_map(|assessment| &assessment.checked.hints)
            .filter(move |hint| hint.field == field)
    }

    /// After an edit: an error on show goes as soon as its cause is gone, and says the new cause
    /// if there is another. An error of the endpoint goes with the first edit of its field.
    pub fn refresh_error(&mut self, field: Field) {
        if self.error(field).is_some() {
            self.errors.retain(|error| error.field != field);
            self.add_error(field);
        }
    }

    /// After leaving a field.
    pub fn show_error(&mut self, field: Field) {
        if self.submitted && self.error(field).is_none() {
            self.add_error(field);
        }
    }

    /// Errors stand in form order.
    fn add_error(&mut self, field: Field) {
        if let Some(violation) = self.violation(field) {
            let at = self
                .errors
                .iter()
                .take_while(|error| error.field < field)
                .count();
            self.errors.insert(at, violation);
        }
    }

    /// What keeps it from being sent: what the rules say, and what is wrong with the attachments.
    pub fn obstacles(&self) -> Vec<Violation> {
        let mut all = self.violations().to_vec();
        all.extend(self.files.violations().first());
        all
    }

    /// Whether anything was typed or attached that would be missed.
    pub fn is_empty(&self) -> bool {
        if !self.files.list.is_empty() {
            return false;
        }
        let draft = &self.draft;
        [
            &draft.service,
            &draft.org_id,
            &draft.subject,
            &draft.description,
            &draft.superadmin_email,
            &draft.customer_email,
            &draft.zuid,
        ]
        .iter()
        .all(|text| text.is_empty())
    }
}

fn set(target: &mut String, text: String, field: Field) -> Field {
    *target = text;
    field
}
