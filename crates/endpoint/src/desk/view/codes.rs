//! Codes as sentences: which key says what a code means.

use crate::casework::Queue;
use crate::casework::audit::AuditAct;
use crate::casework::suggest::{FoundKind, FoundSource};
use crate::desk::texts::Texts;
use partner_rules::wire::{Channel, Stage, Status, TicketChange, WireViolation};
use partner_rules::{Account, Metric, Outcome, Reason, ViolationCode};

pub(in crate::desk) const fn queue(queue: Queue) -> &'static str {
    match queue {
        Queue::NeedsAddress => "queue.needs_address",
        Queue::NeedsVerification => "queue.needs_verification",
        Queue::FirstResponse => "queue.first_response",
        Queue::Forecast => "queue.forecast",
        Queue::Duty => "queue.duty",
        Queue::Replied => "queue.replied",
        Queue::Parked => "queue.parked",
        Queue::Open => "queue.open",
    }
}

/// What is in it and what is to be done.
pub(in crate::desk) const fn queue_lead(queue: Queue) -> &'static str {
    match queue {
        Queue::NeedsAddress => "queue.needs_address_lead",
        Queue::NeedsVerification => "queue.needs_verification_lead",
        Queue::FirstResponse => "queue.first_response_lead",
        Queue::Forecast => "queue.forecast_lead",
        Queue::Duty => "queue.duty_lead",
        Queue::Replied => "queue.replied_lead",
        Queue::Parked => "queue.parked_lead",
        Queue::Open => "queue.open_lead",
    }
}

pub(in crate::desk) const fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "status.open",
        Status::OnHold => "status.on_hold",
        Status::Closed => "status.closed",
    }
}

/// As in attributes, for the style sheet and for tests.
pub(in crate::desk) const fn status_code(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::OnHold => "on_hold",
        Status::Closed => "closed",
    }
}

pub(in crate::desk) const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Widget => "channel.widget",
        Channel::HelpCenter => "channel.help_center",
        Channel::Email => "channel.email",
        Channel::Phone => "channel.phone",
        Channel::Chat => "channel.chat",
    }
}

pub(in crate::desk) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Excluded => "outcome.excluded",
        Outcome::Incomplete => "outcome.incomplete",
        Outcome::Manual => "outcome.manual",
        Outcome::Priority => "outcome.priority",
        Outcome::Standard => "outcome.standard",
        Outcome::Undecided => "outcome.undecided",
    }
}

pub(in crate::desk) const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::ServiceExcluded => "reason.service_excluded",
        Reason::ServiceEligible => "reason.service_eligible",
        Reason::ServiceUnlisted => "reason.service_unlisted",
        Reason::FormIncomplete => "reason.form_incomplete",
        Reason::SuperadminUnknown => "reason.superadmin_unknown",
        Reason::AccountLarge => "reason.account_large",
        Reason::AccountStandard => "reason.account_standard",
        Reason::AccountUnverified => "reason.account_unverified",
        Reason::AccountMismatch => "reason.account_mismatch",
    }
}

pub(in crate::desk) const fn metric(metric: Metric) -> &'static str {
    match metric {
        Metric::Contacts => "metric.contacts",
        Metric::MonthlyRows => "metric.monthly_rows",
        Metric::MonthlyVisitors => "metric.monthly_visitors",
        Metric::Volume => "metric.volume",
    }
}

pub(in crate::desk) const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::FirstResponse => "stage.first_response",
        Stage::ProblemDetermination => "stage.problem_determination",
        Stage::Resolution => "stage.resolution",
    }
}

pub(in crate::desk) const fn change(change: TicketChange) -> &'static str {
    match change {
        TicketChange::Filed => "change.filed",
        TicketChange::Replied => "change.replied",
        TicketChange::Closed => "change.closed",
        TicketChange::Reopened => "change.reopened",
        TicketChange::Held => "change.held",
        TicketChange::Resumed => "change.resumed",
        TicketChange::Completed => "change.completed",
        TicketChange::Verified => "change.verified",
        TicketChange::Reclassified => "change.reclassified",
        TicketChange::Raised => "change.raised",
    }
}

pub(in crate::desk) const fn found(kind: FoundKind) -> &'static str {
    match kind {
        FoundKind::SuperadminEmail => "found.superadmin_email",
        FoundKind::CustomerEmail => "found.customer_email",
        FoundKind::Zuid => "found.zuid",
        FoundKind::Zoid => "found.zoid",
        FoundKind::Zgid => "found.zgid",
    }
}

/// Nothing for what somebody filled in as such.
pub(in crate::desk) const fn source(source: FoundSource) -> Option<&'static str> {
    match source {
        FoundSource::Field => None,
        FoundSource::Mail => Some("found.in_mail"),
        FoundSource::Text => Some("found.in_text"),
    }
}

pub(in crate::desk) const fn account(account: Account) -> &'static str {
    match account {
        Account::Large => "account_class.large",
        Account::Standard => "account_class.standard",
        Account::Unknown => "account_class.unknown",
    }
}

pub(in crate::desk) const fn audit(act: AuditAct) -> &'static str {
    match act {
        AuditAct::Filed => "audit.filed",
        AuditAct::Assigned => "audit.assigned",
        AuditAct::Replied => "audit.replied",
        AuditAct::Noted => "audit.noted",
        AuditAct::Informed => "audit.informed",
        AuditAct::Determined => "audit.determined",
        AuditAct::Resolved => "audit.resolved",
        AuditAct::Held => "audit.held",
        AuditAct::Resumed => "audit.resumed",
        AuditAct::Closed => "audit.closed",
        AuditAct::Reopened => "audit.reopened",
        AuditAct::HandedOver => "audit.handed_over",
        AuditAct::TakenBack => "audit.taken_back",
        AuditAct::Raised => "audit.raised",
        AuditAct::Verified => "audit.verified",
        AuditAct::LicencesSeen => "audit.licences_seen",
        AuditAct::Completed => "audit.completed",
        AuditAct::Classified => "audit.classified",
        AuditAct::Reclassified => "audit.reclassified",
        AuditAct::Reminded => "audit.reminded",
    }
}

/// Why a mail is not verified, or was set aside.
pub(in crate::desk) fn mail_reason(code: &str) -> &'static str {
    match code {
        "no_sender" => "mail_reason.no_sender",
        "not_authenticated" => "mail_reason.not_authenticated",
        "not_passed" => "mail_reason.not_passed",
        "unknown_user" => "mail_reason.unknown_user",
        "several_shops" => "mail_reason.several_shops",
        "too_large" => "mail_reason.too_large",
        "headers_too_large" => "mail_reason.headers_too_large",
        "too_many_parts" => "mail_reason.too_many_parts",
        "unreadable" => "mail_reason.unreadable",
        "auto_submitted" => "mail_reason.auto_submitted",
        "bulk" => "mail_reason.bulk",
        "bounce" => "mail_reason.bounce",
        "own_address" => "mail_reason.own_address",
        "own_message" => "mail_reason.own_message",
        "by_agent" => "mail_reason.by_agent",
        _ => "mail_reason.other",
    }
}

/// What is wrong with a field, and how to mend it.
pub(in crate::desk) fn violation(texts: &Texts, label: &str, wrong: &WireViolation) -> String {
    let key = match wrong.code {
        ViolationCode::Required => "wrong.required",
        ViolationCode::TooLong => "wrong.too_long",
        ViolationCode::TooShort => "wrong.too_short",
        ViolationCode::ControlCharacter => "wrong.control_character",
        ViolationCode::NotDigits => "wrong.not_digits",
        ViolationCode::LeadingZero => "wrong.leading_zero",
        ViolationCode::RecordId => "wrong.record_id",
        ViolationCode::Syntax | ViolationCode::NoDot => "wrong.syntax",
        ViolationCode::LabelTooLong | ViolationCode::LocalTooLong => "wrong.part_too_long",
        ViolationCode::TooManyFiles => "wrong.too_many_files",
        ViolationCode::FileTooLarge => "wrong.file_too_large",
        ViolationCode::FileType => "wrong.file_type",
        ViolationCode::UploadExpired => "wrong.upload_expired",
        ViolationCode::UnknownField | ViolationCode::UnknownValue => "wrong.unknown_value",
    };
    let limit = wrong.limit.map(|limit| limit.to_string());
    let limit = limit.as_deref().unwrap_or_default();
    texts.with(key, &[("label", label), ("limit", limit)])
}
