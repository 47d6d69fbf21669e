//! The forms of a ticket's page: what they are called, what somebody typed into one, and what they ask for.

use super::fields::Fields;
use super::texts::Texts;
use super::view::codes;
use super::view::form::id;
use crate::casework::{
    Act, CaseView, Class, Complete, HandOver, Note, Raise, Reason, Reply, Verify,
};
use crate::problem::violation;
use partner_rules::wire::WireViolation;
use partner_rules::{OrgIdKind, ViolationCode};

/// Which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Reply,
    Note,
    Complete,
    Verify,
    Raise,
    Hold,
    Resume,
    HandOver,
    TakeBack,
    Close,
    Reopen,
}

impl Form {
    pub(super) const ALL: [Self; 11] = [
        Self::Reply,
        Self::Note,
        Self::Complete,
        Self::Verify,
        Self::Raise,
        Self::Hold,
        Self::Resume,
        Self::HandOver,
        Self::TakeBack,
        Self::Close,
        Self::Reopen,
    ];

    /// The last part of its address.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Complete => "complete",
            Self::Verify => "verify",
            Self::Raise => "raise",
            Self::Hold => "hold",
            Self::Resume => "resume",
            Self::HandOver => "hand-over",
            Self::TakeBack => "take-back",
            Self::Close => "close",
            Self::Reopen => "reopen",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }

    /// What it is for.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Reply => "act.reply_title",
            Self::Note => "act.note_title",
            Self::Complete => "act.complete_title",
            Self::Verify => "act.verify_title",
            Self::Raise => "act.raise_title",
            Self::Hold => "act.hold_title",
            Self::Resume => "act.resume_title",
            Self::HandOver => "act.hand_over_title",
            Self::TakeBack => "act.take_back_title",
            Self::Close => "act.close_title",
            Self::Reopen => "act.reopen_title",
        }
    }

    /// On its button.
    pub(super) const fn submit(self) -> &'static str {
        match self {
            Self::Reply => "act.reply",
            Self::Note => "act.note",
            Self::Complete => "act.complete",
            Self::Verify => "act.verify",
            Self::Raise => "act.raise",
            Self::Hold => "act.hold",
            Self::Resume => "act.resume",
            Self::HandOver => "act.hand_over",
            Self::TakeBack => "act.take_back",
            Self::Close => "act.close",
            Self::Reopen => "act.reopen",
        }
    }

    /// Once it was done.
    pub(super) const fn done(self) -> &'static str {
        match self {
            Self::Reply => "act.reply_done",
            Self::Note => "act.note_done",
            Self::Complete => "act.complete_done",
            Self::Verify => "act.verify_done",
            Self::Raise => "act.raise_done",
            Self::Hold => "act.hold_done",
            Self::Resume => "act.resume_done",
            Self::HandOver => "act.hand_over_done",
            Self::TakeBack => "act.take_back_done",
            Self::Close => "act.close_done",
            Self::Reopen => "act.reopen_done",
        }
    }

    pub(super) const fn has_files(self) -> bool {
        matches!(self, Self::Reply | Self::Note)
    }

    pub(super) const fn needs_reason(self) -> bool {
        matches!(self, Self::Raise | Self::HandOver)
    }
}

/// Something wrong with what was typed.
#[derive(Clone, Debug)]
pub(super) struct Wrong {
    /// The field's; empty: none in particular.
    pub(super) id: String,
    pub(super) text: String,
}

/// Up to where somebody knew a ticket when they opened its page.
#[derive(Clone, Debug)]
pub(super) struct News {
    pub(super) seen_at: String,
    pub(super) audit_seen: usize,
}

/// What somebody typed into one of the forms.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) form: Option<Form>,
    pub(super) fields: Fields,
    pub(super) errors: Vec<Wrong>,
    pub(super) news: Option<News>,
}

impl Typed {
    /// A value, of this form only.
    pub(super) fn text(&self, of: Form, name: &str) -> String {
        if self.form == Some(of) {
            self.fields.text(name)
        } else {
            String::new()
        }
    }

    pub(super) fn error(&self, of: Form, name: &str) -> Option<&str> {
        let wanted = id(of.code(), name);
        let mut errors = self.errors.iter();
        let found = errors.find(|wrong| wrong.id == wanted);
        found.map(|wrong| wrong.text.as_str())
    }

    /// Files that have arrived with this form already: values and names.
    pub(super) fn kept(&self, of: Form) -> Vec<(&str, &str)> {
        if self.form != Some(of) {
            return Vec::new();
        }
        let values = self.fields.all("upload").into_iter();
        values
            .filter_map(|value| Some((value, value.split_once(':')?.1)))
            .collect()
    }

    /// Says what is wrong, at the fields.
    pub(super) fn refuse(&mut self, texts: &Texts, of: Form, violations: &[WireViolation]) {
        for wrong in violations {
            let name = match wrong.field.as_str() {
                "uploads" => "files",
                other => other,
            };
            self.errors.push(Wrong {
                id: id(of.code(), name),
                text: codes::violation(texts, texts.say(label(name)), wrong),
            });
        }
    }
}

/// What a field is called.
fn label(name: &str) -> &'static str {
    match name {
        "text" => "field.text",
        "files" => "field.files",
        "team" => "field.team",
        "superadmin_email" => "field.superadmin_email",
        "service" => "field.service",
        "org_id_kind" => "field.org_id_kind",
        "org_id" => "field.org_id",
        "class" => "field.class",
        "licences" => "field.licences",
        _ => "field.reason",
    }
}

/// What a ticket is like, for noticing that somebody else was faster: partners change the instant, agents add
/// lines to the audit trail.
pub(super) fn version(case: &CaseView) -> String {
    format!("{}/{}", case.receipt.updated_at, case.audit.len())
}

/// Where a form was opened, by its version.
pub(super) fn news(version: &str) -> News {
    let (seen_at, audit_seen) = version.rsplit_once('/').unwrap_or_default();
    News {
        seen_at: seen_at.to_owned(),
        audit_seen: audit_seen.parse().unwrap_or_default(),
    }
}

/// What the form asks for, or what is missing in it. Texts are judged where it is done.
pub(super) fn asked(of: Form, fields: &Fields) -> Result<Act, Vec<WireViolation>> {
    let given = |name: &str| Some(fields.text(name)).filter(|text| !text.trim().is_empty());
    let reason = || Reason {
        reason: given("reason"),
    };
    let ids = || -> Vec<String> {
        let values = fields.all("upload").into_iter();
        values
            .map(|value| value.split(':').next().unwrap_or_default().to_owned())
            .collect()
    };
    Ok(match of {
        Form::Reply => Act::Reply(Reply {
            text: fields.text("text"),
            uploads: ids(),
            status_note: given("status_note").is_some(),
            determined: given("determined").is_some(),
            resolved: given("resolved").is_some(),
        }),
        Form::Note => Act::Note(Note {
            text: fields.text("text"),
            uploads: ids(),
        }),
        Form::Complete => Act::Complete(Complete {
            superadmin_email: fields.text("superadmin_email"),
            service: given("service"),
            org_id_kind: given("org_id").map(|_| match fields.get("org_id_kind") {
                Some("zgid") => OrgIdKind::Zgid,
                Some(_) | None => OrgIdKind::Zoid,
            }),
            org_id: given("org_id"),
        }),
        Form::Verify => Act::Verify(verify(fields)?),
        Form::Raise => Act::Raise(Raise {
            reason: fields.text("reason"),
        }),
        Form::Hold => Act::Hold(reason()),
        Form::Resume => Act::Resume(reason()),
        Form::HandOver => Act::HandOver(HandOver {
            team: fields.text("team"),
            reason: fields.text("reason"),
        }),
        Form::TakeBack => Act::TakeBack(reason()),
        Form::Close => Act::Close(reason()),
        Form::Reopen => Act::Reopen(reason()),
    })
}

fn verify(fields: &Fields) -> Result<Verify, Vec<WireViolation>> {
    let class = match fields.get("class") {
        Some("large") => Ok(Class::Large),
        Some("standard") => Ok(Class::Standard),
        Some(_) => Err(ViolationCode::UnknownValue),
        None => Err(ViolationCode::Required),
    };
    let licences = fields.text("licences");
    let licences = match licences.trim() {
        "" => Err(ViolationCode::Required),
        text => text.parse::<u32>().map_err(|_| ViolationCode::NotDigits),
    };
    match (class, licences) {
        (Ok(class), Ok(licences)) => Ok(Verify { class, licences }),
        (class, licences) => Err([("class", class.err()), ("licences", licences.err())]
            .into_iter()
            .filter_map(|(field, code)| Some(violation(field, code?)))
            .collect()),
    }
}
