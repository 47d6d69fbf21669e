//! Files of a message: each can be saved, and pictures can be looked at on demand, drawn to a canvas.

use super::Part;
use crate::components::place;
use crate::i18n::Key;
use crate::state::Action;
use crate::state::transition::ViewingAction;
use crate::state::viewing::{Fetch, Purpose, Standing, Trouble, is_picture};
use crate::views::fault::fault_text;
use partner_rules::wire::Attachment;
use std::rc::Rc;
use yew::prelude::*;

pub(super) fn attached(part: &Part<'_>, files: &[Attachment]) -> Option<Html> {
    if files.is_empty() {
        return None;
    }
    let label = part.texts.get(Key::FilesList);
    Some(html! {
        <ul class="pd-files" aria-label={label}>
            { for files.iter().map(|file| row(part, file)) }
        </ul>
    })
}

fn row(part: &Part<'_>, file: &Attachment) -> Html {
    let texts = part.texts;
    let viewing = &part.state.viewing;
    let fetches = [Purpose::Save, Purpose::Look].map(|purpose| viewing.of(&file.id, purpose));
    let looked_at = viewing.of(&file.id, Purpose::Look);
    let size = texts.formats().bytes(u64::from(file.size));
    html! {
        <li class="pd-files__file" key={file.id.clone()} data-testid="pd-message-file">
            <p class="pd-files__name"><bdi>{ file.name.clone() }</bdi></p>
            <p class="pd-files__state">{ size }{ place(told(part, &fetches)) }</p>
            <div class="pd-files__buttons">
                if is_picture(file) {
                    { look(part, file, looked_at.is_some()) }
                }
                { button(part, file, "pd-download", Key::AttachmentDownload, Key::AttachmentDownloadNamed,
                    wanted(file, Purpose::Save)) }
            </div>
            // What may come and go has a place of its own, or what stands before it is drawn anew.
            if let Some(fetch) = looked_at {
                { picture(part, file, fetch) }
            }
        </li>
    }
}

fn wanted(file: &Attachment, purpose: Purpose) -> ViewingAction {
    ViewingAction::Wanted {
        id: Rc::from(&*file.id),
        name: Rc::from(&*file.name),
        purpose,
    }
}

fn look(part: &Part<'_>, file: &Attachment, is_open: bool) -> Html {
    let (label, named, action) = if is_open {
        let hidden = ViewingAction::Hidden(Rc::from(&*file.id));
        (Key::AttachmentHide, Key::AttachmentHideNamed, hidden)
    } else {
        let wanted = wanted(file, Purpose::Look);
        (Key::AttachmentPreview, Key::AttachmentPreviewNamed, wanted)
    };
    button(part, file, "pd-look", label, named, action)
}

fn button(
    part: &Part<'_>,
    file: &Attachment,
    hook: &'static str,
    label: Key,
    named: Key,
    action: ViewingAction,
) -> Html {
    let onclick = part
        .dispatch
        .reform(move |_: MouseEvent| Action::Viewing(action.clone()));
    let name = part.texts.with(named, &[("name", &file.name)]);
    html! {
        <button type="button" class="pd-link" data-testid={hook} aria-label={name} {onclick}>
            { part.texts.get(label) }
        </button>
    }
}

/// How far it has got, or why it has not.
fn told(part: &Part<'_>, fetches: &[Option<&Fetch>]) -> Option<Html> {
    let texts = part.texts;
    let text = fetches
        .iter()
        .flatten()
        .find_map(|fetch| match &fetch.standing {
            Standing::Wanted { .. } => Some(texts.get(Key::PanelLoading).to_string()),
            Standing::Shown => None,
            Standing::Failed(Trouble::Fault(fault)) => {
                let reason = fault_text(texts, fault);
                Some(texts.with(Key::AttachmentFailed, &[("reason", &reason)]))
            }
            Standing::Failed(Trouble::TooLarge) => {
                Some(texts.get(Key::AttachmentTooLarge).to_string())
            }
            Standing::Failed(Trouble::Broken) => Some(texts.get(Key::AttachmentBroken).to_string()),
        })?;
    Some(html! { <span role="status">{ " · " }{ text }</span> })
}

/// The shell draws to it; until then there is nothing to be seen.
fn picture(part: &Part<'_>, file: &Attachment, fetch: &Fetch) -> Html {
    let label = part
        .texts
        .with(Key::AttachmentPicture, &[("name", &file.name)]);
    let shown = fetch.standing == Standing::Shown;
    html! {
        <canvas class="pd-files__picture" role="img" aria-label={label} data-testid="pd-picture"
            data-file={file.id.clone()} hidden={!shown} />
    }
}
