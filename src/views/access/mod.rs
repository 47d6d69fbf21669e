//! Tab Access: what the shop's users may see, for its super administrators.

mod log;

use super::fault::{fault_notice, fault_text};
use super::waiting::waiting;
use crate::components::place;
use crate::i18n::{Key, Texts};
use crate::state::requests::Load;
use crate::state::transition::AccessAction;
use crate::state::{Action, State};
use partner_rules::email;
use partner_rules::wire::{Access, AccessUser, Role};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What the parts of the tab need.
#[derive(Clone, Copy)]
struct Part<'a> {
    texts: &'a Texts,
    state: &'a State,
    dispatch: &'a Callback<Action>,
}

pub fn access(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Html {
    let part = Part {
        texts,
        state,
        dispatch,
    };
    html! {
        <div class="pd-scroll pd-access" key="access">
            <p>{ texts.get(Key::AccessLead) }</p>
            { default(part) }
            { search(part) }
            { users(part) }
            { log::log(part) }
        </div>
    }
}

impl Part<'_> {
    fn act<E: 'static>(&self, action: impl Fn(E) -> AccessAction + 'static) -> Callback<E> {
        self.dispatch
            .reform(move |event| Action::Access(action(event)))
    }
}

/// The id of the select for a level.
pub fn level_id(whose: Option<&str>) -> String {
    let mut id = String::from(if whose.is_some() {
        "pd-access-of-"
    } else {
        "pd-access-default"
    });
    id.push_str(whose.unwrap_or_default());
    id
}

/// The name of a level.
pub fn access_key(access: Access) -> Key {
    match access {
        Access::None => Key::AccessNone,
        Access::Own => Key::AccessOwn,
        Access::Company => Key::AccessCompany,
    }
}

const LEVELS: [(Access, &str); 3] = [
    (Access::None, "none"),
    (Access::Own, "own"),
    (Access::Company, "company"),
];

fn default(part: Part<'_>) -> Html {
    let access = &part.state.access;
    let Some(level) = access.default else {
        return Html::default();
    };
    let texts = part.texts;
    html! {
        <div class="pd-field">
            <label class="pd-field__label" for="pd-access-default">{ texts.get(Key::AccessDefault) }</label>
            <p class="pd-field__hint" id="pd-access-default-hint">{ texts.get(Key::AccessDefaultHint) }</p>
            { problem(part, None) }
            { choice(part, None, level, &level_id(None), None) }
        </div>
    }
}

fn search(part: Part<'_>) -> Html {
    let oninput = part.act(|event: InputEvent| {
        AccessAction::Searched(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    html! {
        <div class="pd-field">
            <label class="pd-field__label" for="pd-access-search">{ part.texts.get(Key::AccessSearch) }</label>
            <input class="pd-control" type="search" id="pd-access-search" data-testid="pd-access-search"
                value={part.state.access.query.clone()} dir="auto" autocomplete="off" autocapitalize="none"
                spellcheck="false" {oninput} />
        </div>
    }
}

fn users(part: Part<'_>) -> Html {
    let (texts, access) = (part.texts, &part.state.access);
    let failed = match &access.load {
        Load::Failed { fault, .. } => {
            let again = part.act(|()| AccessAction::Again);
            Some(fault_notice(texts, part.state, fault, &again))
        }
        Load::Idle | Load::Wanted { .. } | Load::Ready => None,
    };
    let loading = matches!(access.load, Load::Wanted { .. });
    html! {
        <>
            if !access.known && failed.is_none() {
                { waiting(texts, 4) }
            } else if access.users.is_empty() && access.load == Load::Ready {
                { nobody(part) }
            } else {
                <ul class="pd-access__users" aria-label={texts.get(Key::AccessUsers)} aria-busy={loading.to_string()}>
                    { for access.users.iter().map(|user| row(part, user)) }
                </ul>
            }
            { place(failed) }
            if access.next_cursor.is_some() {
                <button type="button" class="pd-button" data-look="quiet" data-testid="pd-access-more"
                    aria-disabled={loading.then_some("true")} onclick={part.act(|_: MouseEvent| AccessAction::More)}>
                    { texts.get(if loading { Key::PanelLoading } else { Key::AccessMore }) }
                </button>
            }
        </>
    }
}

/// Nobody matches. Somebody who has not been here yet can be granted access by the whole address.
fn nobody(part: Part<'_>) -> Html {
    let access = &part.state.access;
    let stranger = email::parse(&access.query).ok().zip(access.default);
    match stranger {
        Some((address, level)) => {
            let stranger = AccessUser {
                email: address.as_str().to_owned(),
                name: None,
                role: None,
                access: level,
                granted: false,
                updated_at: None,
            };
            html! { <ul class="pd-access__users" aria-label={part.texts.get(Key::AccessUsers)}>{ row(part, &stranger) }</ul> }
        }
        None => {
            html! { <p role="status" class="pd-access__nobody">{ part.texts.get(Key::AccessNobody) }</p> }
        }
    }
}

fn row(part: Part<'_>, user: &AccessUser) -> Html {
    let texts = part.texts;
    let id = level_id(Some(&user.email));
    let name = user.name.as_ref().filter(|name| **name != user.email);
    let key = match (user.granted, user.role) {
        (true, _) => Key::AccessGranted,
        (false, Some(Role::Superadmin)) => Key::AccessSuperadmin,
        (false, Some(Role::Member)) => Key::AccessFollows,
        (false, None) => Key::AccessUnseen,
    };
    html! {
        <li class="pd-access__row" data-testid="pd-access-row" data-email={user.email.clone()}
            data-access={level_code(user.access)} key={user.email.clone()}>
            <label class="pd-access__who" for={id.clone()}>
                if let Some(name) = name { <bdi class="pd-access__name">{ name.clone() }</bdi> }
                <bdi>{ user.email.clone() }</bdi>
                <span class="pd-access__how">{ texts.get(key) }</span>
            </label>
            { choice(part, Some(&user.email), user.access, &id, Some("pd-access-level")) }
            { problem(part, Some(&user.email)) }
        </li>
    }
}

/// The value of a level in its select.
pub fn level_code(access: Access) -> &'static str {
    LEVELS
        .iter()
        .find(|(level, _)| *level == access)
        .map_or("", |(_, code)| code)
}

/// The select of a level; while a change is on its way it shows what was chosen.
fn choice(
    part: Part<'_>,
    whose: Option<&str>,
    level: Access,
    id: &str,
    hook: Option<&'static str>,
) -> Html {
    let change = part.state.access.change(whose);
    let under_way = change.filter(|change| change.fault.is_none());
    let shown = under_way.map_or(level, |change| change.to);
    let owner: Option<Rc<str>> = whose.map(Rc::from);
    let onchange = part.act(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        let to = LEVELS.iter().find(|(_, code)| *code == value);
        AccessAction::Set {
            whose: owner.clone(),
            to: to.map_or(level, |(to, _)| *to),
        }
    });
    let hook = hook.map_or_else(|| id.to_owned(), str::to_owned);
    let described = whose.is_none().then_some("pd-access-default-hint");
    html! {
        <select class="pd-control" id={id.to_owned()} data-testid={hook} {onchange}
            aria-busy={under_way.map(|_| "true")} aria-describedby={described}>
            { for LEVELS.iter().map(|(access, code)| html! {
                <option value={*code} selected={*access == shown}>{ part.texts.get(access_key(*access)) }</option>
            }) }
        </select>
    }
}

/// Why a change did not work. What holds stands in the select again.
fn problem(part: Part<'_>, whose: Option<&str>) -> Html {
    let fault = part
        .state
        .access
        .change(whose)
        .and_then(|change| change.fault.as_ref());
    let told = fault.map(|fault| {
        let reason = fault_text(part.texts, fault);
        html! {
            <p class="pd-field__error">{ part.texts.with(Key::AccessFailed, &[("reason", &reason)]) }</p>
        }
    });
    told.unwrap_or_default()
}
