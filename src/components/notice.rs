//! A notice: icon, title, text, and whatever can be done about it.

use super::{Glyph, Icon};
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

#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    pub tone: Tone,
    pub title: AttrValue,
    /// Where focus can be sent: makes the notice focusable by script.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let (tone, glyph) = props.tone.look();
    let tabindex = props.id.is_some().then_some("-1");
    html! {
        <section class="pd-notice" data-tone={tone} id={props.id.clone()} tabindex={tabindex}
            aria-label={props.title.clone()}>
            <p class="pd-notice__title"><Icon {glyph} />{ props.title.clone() }</p>
            { props.children.clone() }
        </section>
    }
}
