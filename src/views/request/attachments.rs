//! Files of a message.

use super::Part;
use crate::i18n::Key;
use partner_rules::wire::Attachment;
use yew::prelude::*;

pub(super) fn attached(part: &Part<'_>, files: &[Attachment]) -> Option<Html> {
    if files.is_empty() {
        return None;
    }
    let texts = part.texts;
    let row = |file: &Attachment| {
        html! {
            <li class="pd-files__file" key={file.id.clone()} data-testid="pd-message-file">
                <p class="pd-files__name"><bdi>{ file.name.clone() }</bdi></p>
                <p class="pd-files__state">{ texts.formats().bytes(u64::from(file.size)) }</p>
            </li>
        }
    };
    Some(html! {
        <ul class="pd-files" aria-label={texts.get(Key::FilesList)}>{ for files.iter().map(row) }</ul>
    })
}
