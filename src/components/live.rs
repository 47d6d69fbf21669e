//! The live regions: there before they speak, each sentence once.

use super::use_texts;
use crate::i18n::{Key, Texts};
use crate::state::signal::Spoken;
use crate::views::fault::fault_text;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct LiveProps {
    pub spoken: Option<(u32, Spoken)>,
}

#[component]
pub fn Live(props: &LiveProps) -> Html {
    let texts = use_texts();
    let said = props
        .spoken
        .as_ref()
        .map(|(number, spoken)| (*number, sentence(&texts, spoken)));
    let urgent = matches!(props.spoken, Some((_, Spoken::NotSent(_))));
    // The key makes a repeated sentence a new node, so that it is spoken again.
    let content = |wanted: bool| {
        said.iter()
            .filter(|_| wanted)
            .map(|(number, text)| html! { <p key={*number}>{ text }</p> })
            .collect::<Html>()
    };
    html! {
        <>
            <div class="pd-hidden" role="status" aria-live="polite" data-testid="pd-live">
                { content(!urgent) }
            </div>
            <div class="pd-hidden" role="alert" aria-live="assertive">{ content(urgent) }</div>
        </>
    }
}

fn sentence(texts: &Texts, spoken: &Spoken) -> String {
    match spoken {
        Spoken::Sending => texts.get(Key::FormSending).to_string(),
        Spoken::Filed { reference } => texts.with(Key::SayFiled, &[("reference", reference)]),
        Spoken::NotSent(fault) => fault_text(texts, fault),
        Spoken::Copied(true) => texts.get(Key::ReceiptCopied).to_string(),
        Spoken::Copied(false) => texts.get(Key::ReceiptCopyFailed).to_string(),
        Spoken::OptionCount(count) => texts.count(Key::FormServiceCount, *count),
        Spoken::Loaded { more } => texts.count(Key::RequestsLoaded, *more),
    }
}
