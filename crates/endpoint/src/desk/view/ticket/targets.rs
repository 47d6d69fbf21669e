//! The commitment on this ticket: aims, bounds, and when each was met. Targets, not guarantees.

use super::Page;
use crate::clock::Timestamp;
use crate::desk::instant::{read, told};
use crate::desk::view::codes;
use maud::{Markup, html};
use partner_rules::wire::{Stage, TimelineEntry};

/// How a target stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Before the lower bound.
    Ahead,
    /// Between the bounds.
    Due,
    Passed,
    /// Done by the lower bound, by the upper one, or after it.
    Met,
    InTime,
    Late,
}

fn standing(entry: &TimelineEntry, now: Timestamp) -> Standing {
    let (aim, due) = (read(&entry.aim_at), read(&entry.due_at));
    let by = |bound: Option<Timestamp>, at: Timestamp| bound.is_some_and(|bound| at <= bound);
    match entry.done_at.as_deref().and_then(read) {
        Some(done) if by(aim, done) => Standing::Met,
        Some(done) if by(due, done) => Standing::InTime,
        Some(_) => Standing::Late,
        None if by(aim, now) => Standing::Ahead,
        None if by(due, now) => Standing::Due,
        None => Standing::Passed,
    }
}

const fn words(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Ahead => ("target.ahead", "ahead"),
        Standing::Due => ("target.due", "due"),
        Standing::Passed => ("target.passed", "passed"),
        Standing::Met => ("target.met", "met"),
        Standing::InTime => ("target.in_time", "met"),
        Standing::Late => ("target.late", "passed"),
    }
}

pub(super) fn timeline(page: Page<'_>) -> Markup {
    let texts = page.signed.visit.texts;
    let entries = &page.case.timeline;
    let handling = &page.case.handling;
    html! {
        section.card aria-labelledby="targets" {
            h2 #targets { (texts.say("target.title")) }
            @if entries.is_empty() { p { (texts.say("target.none")) } }
            @else { p.soft { (texts.say("target.note")) } }
            ol.targets data-testid="desk-timeline" { @for entry in entries { (one(page, entry)) } }
            @if let Some(at) = &handling.inform_at {
                p.duty data-testid="desk-duty" {
                    (texts.say("target.inform")) " " (told(texts, page.signed.visit.now, at)) " "
                    a href="?draft=status#reply-text" { (texts.say("target.inform_now")) }
                }
            }
        }
    }
}

fn one(page: Page<'_>, entry: &TimelineEntry) -> Markup {
    let visit = &page.signed.visit;
    let (texts, now) = (visit.texts, visit.now);
    let (word, code) = words(standing(entry, now));
    html! {
        li.target data-state=(code) data-stage=(codes::stage(entry.stage)) {
            h3 { (texts.say(codes::stage(entry.stage))) " " span.badge data-kind=(code) { (texts.say(word)) } }
            dl.facts {
                @if let Some(done) = &entry.done_at {
                    div { dt { (texts.say("target.done")) } dd { (told(texts, now, done)) } }
                }
                div { dt { (texts.say("target.aim")) } dd { (told(texts, now, &entry.aim_at)) } }
                div { dt { (texts.say("target.bound")) } dd { (told(texts, now, &entry.due_at)) } }
                @if entry.stage == Stage::Resolution && let Some(informed) = &entry.informed_at {
                    div { dt { (texts.say("target.informed")) } dd { (told(texts, now, informed)) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_ahead_then_due_then_passed_and_met_by_its_bound() {
        let start = Timestamp::from_millis(1_790_000_000_000);
        let at = |hours: i64| start.plus_seconds(hours * 3600);
        let entry = |done: Option<i64>| TimelineEntry {
            stage: Stage::FirstResponse,
            aim_at: at(1).rfc3339(),
            due_at: at(3).rfc3339(),
            done_at: done.map(|hours| at(hours).rfc3339()),
            informed_at: None,
        };
        for (done, now, expected) in [
            (None, 0, Standing::Ahead),
            (None, 1, Standing::Ahead),
            (None, 2, Standing::Due),
            (None, 3, Standing::Due),
            (None, 4, Standing::Passed),
            (Some(1), 9, Standing::Met),
            (Some(2), 9, Standing::InTime),
            (Some(4), 9, Standing::Late),
        ] {
            assert_eq!(standing(&entry(done), at(now)), expected, "{done:?} {now}");
        }
    }
}
