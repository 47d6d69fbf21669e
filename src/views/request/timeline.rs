//! The targets of the commitment: aim and bound, what is due, what was when. Position and words tell where
//! each stands, not colour alone. Relative only: a time of day would read as a promise (R12).

use crate::i18n::{Key, Texts};
use crate::state::Ticket;
use partner_rules::policy::Hours;
use partner_rules::wire::{Stage, TimelineEntry};
use yew::prelude::*;

/// Nothing while there are no targets.
pub(super) fn timeline(texts: &Texts, ticket: &Ticket, now_ms: i64) -> Option<Html> {
    let entries = &ticket.more.timeline;
    if entries.is_empty() {
        return None;
    }
    let entry = |entry: &TimelineEntry| {
        let told = told(texts, ticket, entry, now_ms);
        html! {
            <li class="pd-timeline__entry" data-stage={stage_code(entry.stage)} data-state={told.state}>
                <span class="pd-timeline__stage">{ texts.get(stage_key(entry.stage)) }</span>
                { for told.lines.into_iter().map(|line| html! {
                    <span class="pd-timeline__when">{ line }</span>
                }) }
            </li>
        }
    };
    Some(html! {
        <section class="pd-targets" aria-label={texts.get(Key::DetailTargets)}>
            <ol class="pd-timeline" data-testid="pd-timeline">{ for entries.iter().map(entry) }</ol>
            <p class="pd-preview__note">{ texts.get(Key::TargetNote) }</p>
        </section>
    })
}

/// A target in words.
pub(super) struct Told {
    pub(super) state: &'static str,
    pub(super) lines: Vec<String>,
}

pub(super) fn told(texts: &Texts, ticket: &Ticket, entry: &TimelineEntry, now_ms: i64) -> Told {
    let formats = texts.formats();
    let instant = |at: &str| formats.instant(at);
    let left = |at: &str| instant(at).map_or(0, |at| at - now_ms);
    let (aim, due) = (left(&entry.aim_at), left(&entry.due_at));
    let (from, to) = (formats.duration(aim), formats.duration(due));
    let (state, line) = match &entry.done_at {
        Some(done) => done_line(texts, ticket, entry, done),
        None if due < 0 => ("passed", texts.with(Key::TargetPassed, &[("to", &to)])),
        None if aim < 0 => ("due", texts.with(Key::TargetAtMost, &[("to", &to)])),
        None => (
            "ahead",
            texts.with(Key::TargetAim, &[("from", &from), ("to", &to)]),
        ),
    };
    let mut lines = vec![line];
    if let Some(at) = entry.informed_at.as_deref().and_then(instant) {
        let when = formats.relative(at, now_ms);
        lines.push(texts.with(Key::TargetInformed, &[("when", &when)]));
    }
    Told { state, lines }
}

/// After how long it was, beside what was aimed at.
fn done_line(
    texts: &Texts,
    ticket: &Ticket,
    entry: &TimelineEntry,
    done: &str,
) -> (&'static str, String) {
    let formats = texts.formats();
    let instant = |at: &str| formats.instant(at).unwrap_or_default();
    let done_ms = instant(done);
    let time = formats.duration((done_ms - instant(ticket.clock_start())).max(0));
    let late = done_ms > instant(&entry.due_at);
    let hours = |hours: u32| formats.duration(i64::from(hours) * 3_600_000);
    let bounds = ticket.receipt.classification.commitment;
    let [from, to] = bounds.map_or([0, 0], |all| of_stage(&all, entry.stage));
    let values = [
        ("time", &*time),
        ("from", &*hours(from)),
        ("to", &*hours(to)),
    ];
    if late {
        ("late", texts.with(Key::TargetDoneLate, &values))
    } else {
        ("done", texts.with(Key::TargetDone, &values))
    }
}

const fn of_stage(hours: &Hours, stage: Stage) -> [u32; 2] {
    match stage {
        Stage::FirstResponse => hours.first_response_h,
        Stage::ProblemDetermination => hours.problem_determination_h,
        Stage::Resolution => hours.resolution_h,
    }
}

pub(super) const fn stage_key(stage: Stage) -> Key {
    match stage {
        Stage::FirstResponse => Key::TargetFirstResponseTitle,
        Stage::ProblemDetermination => Key::TargetProblemDeterminationTitle,
        Stage::Resolution => Key::TargetResolutionTitle,
    }
}

const fn stage_code(stage: Stage) -> &'static str {
    match stage {
        Stage::FirstResponse => "first_response",
        Stage::ProblemDetermination => "problem_determination",
        Stage::Resolution => "resolution",
    }
}
