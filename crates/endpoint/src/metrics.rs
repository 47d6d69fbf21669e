//! Counters in Prometheus' text format. Labels are routes and codes, never what a caller sent.

use crate::casework::queue::Count;
use crate::store::casework::TargetCount;
use partner_rules::wire::{AuthorKind, TicketChange};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Series {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    count: u64,
    seconds: f64,
}

#[derive(Debug, Default)]
pub struct Metrics {
    answers: Mutex<BTreeMap<Series, Sum>>,
    tickets: Mutex<BTreeMap<&'static str, u64>>,
    changes: Mutex<BTreeMap<(&'static str, &'static str), u64>>,
    feedback: AtomicU64,
}

impl Metrics {
    pub fn answered(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let sum = answers
            .entry(Series {
                method,
                route: route.to_owned(),
                status,
            })
            .or_default();
        sum.count += 1;
        sum.seconds += took.as_secs_f64();
    }

    pub fn filed(&self, outcome: &'static str) {
        let mut tickets = self.tickets.lock().unwrap_or_else(PoisonError::into_inner);
        *tickets.entry(outcome).or_default() += 1;
    }

    /// Counts what was said or done about a ticket after it was filed.
    pub fn changed(&self, change: TicketChange, by: AuthorKind) {
        let by = match by {
            AuthorKind::Partner => "partner",
            AuthorKind::Agent => "agent",
        };
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        *changes.entry((code(change), by)).or_default() += 1;
    }

    /// Counts feedback on a translation.
    pub fn feedback_filed(&self) {
        self.feedback.fetch_add(1, Ordering::Relaxed);
    }

    /// What this process counted. `streams`: how many watch events.
    pub fn text(&self, streams: usize) -> String {
        let mut text = String::new();
        text.push_str("# HELP partner_endpoint_answers_total Answers by route and status.\n");
        text.push_str("# TYPE partner_endpoint_answers_total counter\n");
        let answers = self
            .answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        for (
            Series {
                method,
                route,
                status,
            },
            sum,
        ) in &answers
        {
            let labels = format!("{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}");
            // Writing to a string cannot fail.
            let _ = writeln!(text, "partner_endpoint_answers_total{labels} {}", sum.count);
        }
        text.push_str("# HELP partner_endpoint_answer_seconds_total Time spent on answers.\n");
        text.push_str("# TYPE partner_endpoint_answer_seconds_total counter\n");
        for (
            Series {
                method,
                route,
                status,
            },
            sum,
        ) in &answers
        {
            let labels = format!("{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}");
            let _ = writeln!(
                text,
                "partner_endpoint_answer_seconds_total{labels} {:.6}",
                sum.seconds
            );
        }
        text.push_str("# HELP partner_endpoint_tickets_total Tickets filed by outcome.\n");
        text.push_str("# TYPE partner_endpoint_tickets_total counter\n");
        for (outcome, count) in self
            .tickets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
        {
            let _ = writeln!(
                text,
                "partner_endpoint_tickets_total{{outcome=\"{outcome}\"}} {count}"
            );
        }
        text.push_str("# HELP partner_endpoint_changes_total What happened to tickets after they were filed.\n");
        text.push_str("# TYPE partner_endpoint_changes_total counter\n");
        let changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        for ((change, by), count) in changes.iter() {
            let labels = format!("{{change=\"{change}\",by=\"{by}\"}}");
            let _ = writeln!(text, "partner_endpoint_changes_total{labels} {count}");
        }
        drop(changes);
        text.push_str(
            "# HELP partner_endpoint_event_streams Users who watch events at the moment.\n",
        );
        text.push_str("# TYPE partner_endpoint_event_streams gauge\n");
        let _ = writeln!(text, "partner_endpoint_event_streams {streams}");
        text.push_str("# HELP partner_endpoint_feedback_total Feedback on translations filed.\n");
        text.push_str("# TYPE partner_endpoint_feedback_total counter\n");
        let feedback = self.feedback.load(Ordering::Relaxed);
        let _ = writeln!(text, "partner_endpoint_feedback_total {feedback}");
        text
    }
}

/// What the database counts: queues, and how targets were met.
pub fn work_text(queues: &[Count], targets: &[TargetCount]) -> String {
    let mut text = String::new();
    text.push_str("# HELP partner_endpoint_queue_tickets Tickets in each queue of the agents.\n");
    text.push_str("# TYPE partner_endpoint_queue_tickets gauge\n");
    for Count { queue, tickets } in queues {
        let queue = queue.code();
        let _ = writeln!(
            text,
            "partner_endpoint_queue_tickets{{queue=\"{queue}\"}} {tickets}"
        );
    }
    text.push_str(
        "# HELP partner_endpoint_targets_total Targets of commitments: met by the aim, met when due, or passed.\n",
    );
    text.push_str("# TYPE partner_endpoint_targets_total counter\n");
    for TargetCount {
        stage,
        result,
        targets,
    } in targets
    {
        let _ = writeln!(
            text,
            "partner_endpoint_targets_total{{stage=\"{stage}\",result=\"{result}\"}} {targets}"
        );
    }
    text
}

fn code(change: TicketChange) -> &'static str {
    match change {
        TicketChange::Filed => "filed",
        TicketChange::Replied => "replied",
        TicketChange::Closed => "closed",
        TicketChange::Reopened => "reopened",
        TicketChange::Held => "held",
        TicketChange::Resumed => "resumed",
        TicketChange::Completed => "completed",
        TicketChange::Verified => "verified",
        TicketChange::Reclassified => "reclassified",
        TicketChange::Raised => "raised",
    }
}
