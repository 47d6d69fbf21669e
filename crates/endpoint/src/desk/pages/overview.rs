//! The first page: how much waits in which queue, and a way to find any ticket.

use crate::app::App;
use crate::casework::{self, queue::WITHIN_H};
use crate::desk::view::codes;
use crate::desk::view::form::{self, Field, Line};
use crate::desk::view::frame::{self, State as PageState};
use crate::desk::visit::Signed;
use crate::problem::ApiError;
use axum::extract::State;
use maud::{Markup, html};
use std::sync::Arc;

pub(super) async fn show(State(app): State<Arc<App>>, signed: Signed) -> Result<Markup, ApiError> {
    let counts = casework::queues(&app, WITHIN_H).await?;
    let feedback = u64::try_from(app.store.count_feedback().await?).unwrap_or_default();
    let mails = app.store.count_unverified().await?;
    // Nothing for those who take no mails, unless some are left from when they did.
    let mails = (app.config.mail.is_some() || mails > 0).then(|| {
        (
            "/mails".to_owned(),
            "mails",
            "mails.title",
            "mails.lead",
            mails,
        )
    });
    let texts = signed.visit.texts;
    let title = texts.say("overview.title");
    let queues = counts.iter().map(|count| {
        (
            format!("/queues/{}", count.queue.code()),
            count.queue.code(),
            codes::queue(count.queue),
            codes::queue_lead(count.queue),
            count.tickets,
        )
    });
    let visitors = (
        "/feedback".to_owned(),
        "feedback",
        "feedback.title",
        "feedback.lead",
        feedback,
    );
    let main = html! {
        h1 { (title) }
        (search_form(&signed, ""))
        h2 { (texts.say("overview.queues")) }
        ul.tiles {
            @for (place, code, name, lead, count) in queues.chain(mails).chain([visitors]) {
                li.tile data-testid="desk-queue" data-queue=(code) data-count=(count) {
                    a href=(place) {
                        span.tile__name { (texts.say(name)) }
                        span.tile__count { (texts.count("overview.count", count)) }
                    }
                    p.soft { (texts.say(lead)) }
                }
            }
        }
    };
    Ok(frame::signed(&signed, title, PageState::Fine, &main))
}

pub(super) fn search_form(signed: &Signed, text: &str) -> Markup {
    let texts = signed.visit.texts;
    html! {
        form.search method="get" action="/search" role="search" {
            (form::line(texts, Field {
                name: "q", label: texts.say("search.label"), hint: Some(texts.say("search.hint")), value: text,
                required: true, ..Field::default()
            }, Line::Search))
            button type="submit" data-testid="desk-search" { (texts.say("search.submit")) }
        }
    }
}
