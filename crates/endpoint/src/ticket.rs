//! A filed ticket, and what partners see of it.

use crate::casework::calendar::{Calendar, add_hours};
use crate::clock::Timestamp;
use partner_rules::policy::Hours;
use partner_rules::service::Resolved;
use partner_rules::wire::{
    Attachment, AuthorKind, Channel, ClassificationView, HistoryEntry, LastChange, Message,
    Preview, Receipt, Stage, Status, TicketChange, TicketDetail, TicketMore, TimelineEntry,
};
use partner_rules::{Classification, Dc, OrgIdKind, Region, Severity};

/// Everything that is kept of a ticket; all text normalised by the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// `PS-EU-000123`; empty until it is filed.
    pub reference: String,
    pub shop_id: String,
    /// The filing user's address as compared.
    pub created_by: String,
    pub created_by_name: String,
    pub dc: Dc,
    pub region: Region,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub channel: Channel,
    pub lang: Option<String>,
    pub status: Status,
    pub service: Resolved,
    pub org_id_kind: OrgIdKind,
    pub org_id: String,
    pub subject: String,
    pub description: String,
    pub superadmin_email: Option<String>,
    pub customer_email: Option<String>,
    pub zuid: Option<String>,
    pub severity: Option<Severity>,
    pub priority_customer: bool,
    pub classification: ClassificationView,
    pub preview: Option<Preview>,
    pub last: LastChange,
    pub work: Work,
}

/// What agents have done and promised; of instants, `None`: not yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// From when the targets count (R12).
    pub clock_at: Option<Timestamp>,
    pub first_response_at: Option<Timestamp>,
    pub determined_at: Option<Timestamp>,
    pub resolved_at: Option<Timestamp>,
    /// When the partner was last told where it stands (R11).
    pub informed_at: Option<Timestamp>,
    /// The commitment as instants, as it was when it was given: [`Record::promise`] sets them.
    pub targets: Option<Targets>,
    /// An agent has decided the account's class: no directory changes that.
    pub by_hand: bool,
    /// An agent has raised the severity (R15): no verdict takes that back.
    pub raised: bool,
    /// The product team that works on it.
    pub handed_to: Option<String>,
}

/// Lower and upper bounds: aim, and when it is passed (R10, R11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Targets {
    pub first_response: Bounds,
    pub determination: Bounds,
    pub resolution: Bounds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub aim_at: Timestamp,
    pub due_at: Timestamp,
}

impl Targets {
    fn new(start: Timestamp, hours: Hours, calendar: &Calendar) -> Self {
        let bounds = |[aim, due]: [u32; 2]| Bounds {
            aim_at: add_hours(start, aim, calendar),
            due_at: add_hours(start, due, calendar),
        };
        Self {
            first_response: bounds(hours.first_response_h),
            determination: bounds(hours.problem_determination_h),
            resolution: bounds(hours.resolution_h),
        }
    }
}

/// A ticket with what was said and done about it, as far as partners see that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    pub ticket: Record,
    /// For whoever asks.
    pub unread: bool,
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Oldest first.
    pub history: Vec<HistoryEntry>,
    /// Those of the ticket itself; messages have their own.
    pub attachments: Vec<Attachment>,
}

impl Whole {
    pub fn detail(self) -> TicketDetail {
        let Self {
            ticket,
            unread,
            messages,
            history,
            attachments,
        } = self;
        TicketDetail {
            receipt: ticket.receipt_for(unread),
            more: TicketMore {
                timeline: ticket.timeline(),
                description: ticket.description,
                superadmin_email: ticket.superadmin_email,
                customer_email: ticket.customer_email,
                zuid: ticket.zuid,
                lang: ticket.lang,
                messages,
                attachments,
                history,
            },
        }
    }
}

/// What the world sees of a verdict.
pub fn view(classification: &Classification) -> ClassificationView {
    ClassificationView {
        outcome: classification.outcome,
        metric: classification.metric,
        reasons: classification.reasons.clone(),
        commitment: classification.commitment,
        policy_version: classification.policy_version.clone(),
    }
}

impl Record {
    /// As somebody sees it for whom something on it is unread, or nothing.
    pub fn receipt_for(&self, unread: bool) -> Receipt {
        Receipt {
            unread,
            ..self.receipt()
        }
    }

    /// As it is kept for whoever repeats a request: what is unread changes.
    pub fn receipt(&self) -> Receipt {
        Receipt {
            reference: self.reference.clone(),
            dc: self.dc,
            region: self.region,
            created_at: self.created_at.rfc3339(),
            updated_at: self.updated_at.rfc3339(),
            subject: self.subject.clone(),
            org_id_kind: self.org_id_kind,
            org_id: self.org_id.clone(),
            status: self.status,
            severity: self.severity,
            priority_customer: self.priority_customer,
            channel: self.channel,
            service: self.service.clone(),
            classification: self.classification.clone(),
            preview: self.preview.clone(),
            due: self.due(),
            last: Some(self.last),
            unread: false,
        }
    }

    /// The same ticket after something happened to it. Always later than what happened before, even if the
    /// machine's clock was set back: a conversation does not run backwards, and who has seen it up to an
    /// instant has seen all of that instant.
    #[must_use]
    pub fn changed(self, now: Timestamp, change: TicketChange, by: AuthorKind) -> Self {
        Self {
            last: LastChange { change, by },
            updated_at: self.updated_at.next().max(now),
            ..self
        }
    }

    /// Turns the commitment into instants, as soon as there is one and its clock runs. What was promised once
    /// stays, whatever becomes of the calendar; without a commitment nothing is promised.
    pub fn promise(&mut self, calendar: &Calendar) {
        self.work.targets = match (self.classification.commitment, self.work.clock_at) {
            (Some(hours), Some(start)) => self
                .work
                .targets
                .or_else(|| Some(Targets::new(start, hours, calendar))),
            (None, _) | (_, None) => None,
        };
    }

    /// The commitment as partners see it.
    fn timeline(&self) -> Vec<TimelineEntry> {
        let Some(targets) = self.work.targets else {
            return Vec::new();
        };
        let work = &self.work;
        [
            (
                Stage::FirstResponse,
                targets.first_response,
                work.first_response_at,
            ),
            (
                Stage::ProblemDetermination,
                targets.determination,
                work.determined_at,
            ),
            (Stage::Resolution, targets.resolution, work.resolved_at),
        ]
        .map(|(stage, bounds, done)| TimelineEntry {
            stage,
            aim_at: bounds.aim_at.rfc3339(),
            due_at: bounds.due_at.rfc3339(),
            done_at: done.map(Timestamp::rfc3339),
            informed_at: match stage {
                Stage::Resolution => work.informed_at.map(Timestamp::rfc3339),
                Stage::FirstResponse | Stage::ProblemDetermination => None,
            },
        })
        .to_vec()
    }

    /// The target that comes next; a closed ticket has none.
    fn due(&self) -> Option<TimelineEntry> {
        let open = |entry: &TimelineEntry| entry.done_at.is_none();
        match self.status {
            Status::Open | Status::OnHold => self.timeline().into_iter().find(open),
            Status::Closed => None,
        }
    }

    /// What a search looks through: lower case, one line each.
    pub fn search_text(&self) -> String {
        let optional = [&self.superadmin_email, &self.customer_email, &self.zuid];
        let given = [&self.subject, &self.reference, &self.org_id].into_iter();
        let lines: Vec<&str> = given
            .chain(optional.into_iter().flatten())
            .map(String::as_str)
            .collect();
        lines.join("\n").to_lowercase()
    }
}
