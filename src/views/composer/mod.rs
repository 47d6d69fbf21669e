//! The composer: the fields of the form, the e-mail they make, and the ways to send it off.
//! It sends nothing itself, and nothing incomplete leaves it.

use super::add_ticket::preview::{reasons, sentences};
use super::add_ticket::{Part, fields};
use crate::components::{Tone, notice, place};
use crate::i18n::{Key, Texts};
use crate::state::action::MailUse;
use crate::state::mail::{Link, Mail, compose, link};
use crate::state::signal::Spoken;
use crate::state::{Action, State};
use partner_rules::{Draft, Outcome};
use yew::prelude::*;

/// `None` where nobody can be written to.
pub fn composer(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Option<Html> {
    let policy = state.rules()?;
    let to = state.mail_address()?;
    let part = Part {
        texts,
        form: &state.form,
        policy: &policy,
        frozen: state.submission.is_frozen(),
        usual: None,
        dispatch,
    };
    let assessment = state.form.assessment.as_ref();
    let ticket = assessment.and_then(|assessment| assessment.checked.ticket.as_ref().ok());
    let draft = ticket.map_or_else(|| state.form.draft.clone(), Draft::from);
    let mail = compose(&draft, &to, state.options.dc);
    let ready = ticket.map(|_| link(&mail, &texts.get(Key::MailPaste)));
    let by_hand = html! { <p>{ texts.get(Key::MailByHandText) }</p> };
    Some(html! {
        <div class="pd-form" key="composer">
            <div class="pd-scroll">
                { notice(Tone::Accent, &texts.get(Key::MailByHand), None, by_hand) }
                { fields(&part) }
                { place(excluded(&part, state)) }
                { message(texts, &mail) }
            </div>
            <div class="pd-foot">
                { place(told(texts, state, ready.as_ref())) }
                { buttons(texts, ready, dispatch) }
            </div>
        </div>
    })
}

/// An excluded service is said here, too; any other verdict is the agent's.
fn excluded(part: &Part<'_>, state: &State) -> Option<Html> {
    let verdict = &state.form.assessment.as_ref()?.classification;
    (verdict.outcome == Outcome::Excluded).then(|| {
        let lines = reasons(part, verdict);
        let content = html! { <p>{ sentences(&lines) }</p> };
        let title = part.texts.get(Key::PreviewExcluded);
        notice(Tone::Amber, &title, None, content)
    })
}

fn message(texts: &Texts, mail: &Mail) -> Html {
    html! {
        <section class="pd-mail" aria-labelledby="pd-mail-title">
            <h3 class="pd-help__title" id="pd-mail-title">{ texts.get(Key::MailMessage) }</h3>
            <dl class="pd-facts">
                <dt>{ texts.get(Key::MailTo) }</dt>
                <dd><bdi data-testid="pd-mail-to">{ mail.to.clone() }</bdi></dd>
                <dt>{ texts.get(Key::FormSubject) }</dt>
                <dd><bdi data-testid="pd-mail-subject">{ mail.subject.clone() }</bdi></dd>
            </dl>
            <label class="pd-field__label" for="pd-mail-body">{ texts.get(Key::MailBody) }</label>
            <textarea class="pd-control pd-mail__body" id="pd-mail-body" data-testid="pd-mail-body" rows="9"
                readonly=true dir="auto" value={mail.body.clone()} />
        </section>
    }
}

/// What the last button did, seen as well as heard; else what opening a long message will do.
fn told(texts: &Texts, state: &State, ready: Option<&Link>) -> Option<Html> {
    let said = match &state.signals.spoken {
        Some((_, Spoken::Copied(true))) => Some(Key::ReceiptCopied),
        Some((_, Spoken::Copied(false))) => Some(Key::ReceiptCopyFailed),
        Some((_, Spoken::Saved)) => Some(Key::MailSaved),
        Some(_) | None => None,
    };
    let long = ready
        .filter(|link| link.by_clipboard)
        .map(|_| Key::MailLong);
    let line = |key: Key| html! { <p class="pd-remark">{ texts.get(key) }</p> };
    ready?;
    Some(html! { <>{ place(long.map(line)) }{ place(said.map(line)) }</> })
}

fn buttons(texts: &Texts, ready: Option<Link>, dispatch: &Callback<Action>) -> Html {
    let button = |hook: &'static str, label: Key, look: &'static str, wish: MailUse| {
        let onclick = dispatch.reform(move |_: MouseEvent| Action::MailWanted(wish));
        html! {
            <button type="button" class="pd-button" data-look={look} data-testid={hook} {onclick}>
                { texts.get(label) }
            </button>
        }
    };
    let by_clipboard = ready.as_ref().is_some_and(|link| link.by_clipboard);
    let open = MailUse::Open { by_clipboard };
    let onclick = dispatch.reform(move |_: MouseEvent| Action::MailWanted(open));
    html! {
        <>
            if let Some(link) = ready {
                <a class="pd-button" data-look="main" data-testid="pd-mail-open" href={link.href}
                    target="_blank" rel="noopener noreferrer" {onclick}>{ texts.get(Key::MailOpen) }</a>
            } else {
                { button("pd-mail-open", Key::MailOpen, "main", open) }
            }
            <div class="pd-buttons">
                { button("pd-mail-copy", Key::MailCopy, "quiet", MailUse::Copy) }
                { button("pd-mail-download", Key::MailDownload, "quiet", MailUse::Save) }
            </div>
        </>
    }
}
