//! A notice: icon, title, text, and whatever can be done about it.

use super::{Glyph, icon};
use yew::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Accent,
    Amber,
    Critical,
    Done,
}

impl Tone {
    const fn look(self) -> (&'static str, Glyph) {
        match self {
            Self::Accent => ("accent", Glyph::Info),
            Self::Amber => ("amber", Glyph::Info),
            Self::Critical => ("critical", Glyph::Alert),
            Self::Done => ("done", Glyph::Check),
        }
    }
}

/// `id` is where focus can be sent: it makes the notice focusable by script.
pub fn notice(tone: Tone, title: &str, id: Option<&'static str>, content: Html) -> Html {
    let (tone, glyph) = tone.look();
    let tabindex = id.map(|_| "-1");
    html! {
        <section class="pd-notice" data-tone={tone} {id} {tabindex} aria-label={title.to_owned()}>
            <p class="pd-notice__title">{ icon(glyph) }{ title.to_owned() }</p>
            { content }
        </section>
    }
}
