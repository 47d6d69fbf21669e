//! What is around every page: head, banner with the ways through the desk, language, footer.

use crate::desk::fields::SECRET;
use crate::desk::statics;
use crate::desk::texts::{Lang, Texts};
use crate::desk::visit::{Signed, Visit};
use maud::{DOCTYPE, Markup, html};

/// Goes before the title of a page with a form that was refused, so that a screen reader says it first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum State {
    Fine,
    Wrong,
}

/// A page of somebody who is signed in.
pub(in crate::desk) fn signed(signed: &Signed, title: &str, state: State, main: &Markup) -> Markup {
    let texts = signed.visit.texts;
    let form = signed.secret.form();
    let banner = html! {
        nav aria-label=(texts.say("frame.ways")) {
            ul.ways {
                @for (place, name) in [
                    ("/", "overview.title"),
                    ("/queues/open", "queue.open"),
                    ("/new", "filing.title"),
                    ("/shops", "shops.title"),
                    ("/feedback", "feedback.title"),
                ] {
                    li { (way(texts, &signed.visit.place, place, name)) }
                }
            }
        }
        div.who {
            a href="/account" { (signed.agent.name) }
            form method="post" action="/sign-out" {
                input type="hidden" name=(SECRET) value=(form);
                button.quiet type="submit" { (texts.say("frame.sign_out")) }
            }
        }
    };
    document(&signed.visit, title, state, Some(&form), &banner, main)
}

/// A page of anybody.
pub(in crate::desk) fn open(visit: &Visit, title: &str, state: State, main: &Markup) -> Markup {
    let form = visit.secret().map(crate::agents::Secret::form);
    document(visit, title, state, form.as_deref(), &html! {}, main)
}

/// A page without forms, for whoever asks.
pub(in crate::desk) fn bare(texts: &Texts, title: &str, head: &Markup, main: &Markup) -> Markup {
    whole(texts, title, State::Fine, head, &html! {}, main, &html! {})
}

fn way(texts: &Texts, here: &str, place: &str, name: &'static str) -> Markup {
    let path = here.split('?').next().unwrap_or_default();
    html! {
        a href=(place) aria-current=[(path == place).then_some("page")] { (texts.say(name)) }
    }
}

fn document(
    visit: &Visit,
    title: &str,
    state: State,
    form: Option<&str>,
    banner: &Markup,
    main: &Markup,
) -> Markup {
    let footer = html! {
        @if let Some(form) = form { (languages(visit, form)) }
    };
    whole(visit.texts, title, state, &html! {}, banner, main, &footer)
}

fn whole(
    texts: &Texts,
    title: &str,
    state: State,
    head: &Markup,
    banner: &Markup,
    main: &Markup,
    footer: &Markup,
) -> Markup {
    let name = texts.say("frame.name");
    let title = match state {
        State::Fine => texts.with("frame.title", &[("title", title), ("name", name)]),
        State::Wrong => texts.with("frame.title_wrong", &[("title", title), ("name", name)]),
    };
    let version = statics::version();
    html! {
        (DOCTYPE)
        html lang=(texts.lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="icon" href=(format!("/desk.svg?{version}")) type="image/svg+xml";
                link rel="stylesheet" href=(format!("/desk.css?{version}"));
                (head)
            }
            body {
                a.skip href="#main" { (texts.say("frame.skip")) }
                header.banner {
                    a.brand href="/" { (name) }
                    (banner)
                }
                main #main tabindex="-1" { (main) }
                footer.foot { (footer) }
            }
        }
    }
}

fn languages(visit: &Visit, form: &str) -> Markup {
    html! {
        form.languages method="post" action="/language" {
            input type="hidden" name=(SECRET) value=(form);
            input type="hidden" name="to" value=(visit.place);
            @for lang in Lang::ALL {
                @let chosen = lang == visit.texts.lang;
                button.quiet type="submit" name="lang" value=(lang.code()) lang=(lang.code())
                    aria-pressed=(if chosen { "true" } else { "false" })
                    data-testid=(format!("desk-lang-{}", lang.code())) { (lang.name()) }
            }
        }
    }
}
