//! What is searched for, and which requests are left out.

use crate::components::{Glyph, icon};
use crate::i18n::{Key, Texts};
use crate::state::requests::filter::{Choice, SeverityWanted, Sort, status_code};
use crate::state::transition::ListAction;
use crate::state::{Action, Connected, State};
use partner_rules::wire::{SEARCH_MAX, Status};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

const SEARCH_ID: &str = "pd-search";
const PROBLEM_ID: &str = "pd-search-problem";
const MORE_ID: &str = "pd-filters-more";
/// The value of every select that leaves nothing out.
const ALL: &str = "all";

const STATUSES: [(Status, Key); 3] = [
    (Status::Open, Key::StatusOpen),
    (Status::OnHold, Key::StatusOnHold),
    (Status::Closed, Key::StatusClosed),
];
const SEVERITIES: [(SeverityWanted, Key); 2] = [
    (SeverityWanted::S1, Key::BadgeS1),
    (SeverityWanted::Unset, Key::RequestsSeverityNone),
];
const ORDERS: [(Sort, Key); 3] = [
    (Sort::Newest, Key::RequestsSortNewest),
    (Sort::Updated, Key::RequestsSortUpdated),
    (Sort::Oldest, Key::RequestsSortOldest),
];

pub(super) fn search(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Html {
    let filter = &state.requests.filter;
    let searched = |text| Action::List(ListAction::Searched(text));
    let oninput = dispatch.reform(move |event: InputEvent| {
        searched(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    // Escape empties the field first; the next one closes the panel.
    let onkeydown = {
        let (dispatch, empty) = (dispatch.clone(), filter.query.is_empty());
        move |event: KeyboardEvent| {
            if event.key() == "Escape" && !event.is_composing() && !empty {
                event.prevent_default();
                event.stop_propagation();
                dispatch.emit(searched(String::new()));
            }
        }
    };
    let too_long = filter.is_too_long();
    html! {
        <div class="pd-field pd-search" data-invalid={too_long.then_some("true")}>
            <label class="pd-hidden" for={SEARCH_ID}>{ texts.get(Key::RequestsSearch) }</label>
            { icon(Glyph::Search) }
            <input class="pd-control" type="search" id={SEARCH_ID} data-testid={SEARCH_ID} autocomplete="off"
                autocapitalize="none" spellcheck="false" dir="auto"
                placeholder={texts.get(Key::RequestsSearch)} value={filter.query.clone()}
                aria-invalid={too_long.then_some("true")} aria-describedby={too_long.then_some(PROBLEM_ID)}
                {oninput} {onkeydown} />
        </div>
    }
}

/// What is wrong with the search.
pub(super) fn problem(texts: &Texts, state: &State) -> Option<Html> {
    state.requests.filter.is_too_long().then(|| {
        let limit = texts.formats().number(SEARCH_MAX);
        html! {
            <p class="pd-field__error" id={PROBLEM_ID} role="alert" data-testid="pd-search-problem">
                { texts.with(Key::RequestsSearchLong, &[("limit", &limit)]) }
            </p>
        }
    })
}

/// The status, which is what most look for, and the others behind a button.
pub(super) fn filters(
    texts: &Texts,
    state: &State,
    connected: &Connected,
    dispatch: &Callback<Action>,
) -> Html {
    let (filter, unfolded) = (&state.requests.filter, state.requests.unfolded);
    let toggle =
        dispatch.reform(move |_: MouseEvent| Action::List(ListAction::Unfolded(!unfolded)));
    let named = |key| texts.get(key);
    let status = Select {
        id: "pd-status-filter",
        label: Key::RequestsStatus,
        options: options(&STATUSES, status_code, filter.status, named),
        all: true,
        take: |code| Choice::Status(find(&STATUSES, status_code, code)),
    };
    html! {
        <>
            <div class="pd-filters" key={state.requests.cleared}>
                { select(texts, status, dispatch) }
                <button type="button" class="pd-link" data-testid="pd-filters" aria-expanded={unfolded.to_string()}
                    aria-controls={unfolded.then_some(MORE_ID)} onclick={toggle}>
                    { texts.get(Key::RequestsMoreFilters) }
                </button>
            </div>
            if unfolded {
                <div class="pd-filters__more" id={MORE_ID} key={state.requests.cleared}>{ others(texts, state, connected, dispatch) }</div>
            }
        </>
    }
}

fn others(
    texts: &Texts,
    state: &State,
    connected: &Connected,
    dispatch: &Callback<Action>,
) -> Html {
    let filter = &state.requests.filter;
    let named = |key| texts.get(key);
    let services = connected.policy.catalogue().services().iter();
    let service = Select {
        id: "pd-service-filter",
        label: Key::FormService,
        options: services
            .map(|service| {
                let chosen = filter.service.as_deref() == Some(service.id.as_str());
                (
                    Rc::from(service.id.as_str()),
                    Rc::from(service.name.as_str()),
                    chosen,
                )
            })
            .collect(),
        all: true,
        take: |code| Choice::Service((code != ALL).then(|| Rc::from(code))),
    };
    let severity = Select {
        id: "pd-severity-filter",
        label: Key::RequestsSeverity,
        options: options(&SEVERITIES, SeverityWanted::code, filter.severity, named),
        all: true,
        take: |code| Choice::Severity(find(&SEVERITIES, SeverityWanted::code, code)),
    };
    let order = Select {
        id: "pd-sort",
        label: Key::RequestsSort,
        options: options(&ORDERS, Sort::code, Some(filter.sort), named),
        all: false,
        take: |code| Choice::Sort(find(&ORDERS, Sort::code, code).unwrap_or_default()),
    };
    html! {
        <>
            { select(texts, order, dispatch) }
            { select(texts, severity, dispatch) }
            { select(texts, service, dispatch) }
        </>
    }
}

/// Value, name, and whether it is chosen.
type Entry = (Rc<str>, Rc<str>, bool);

struct Select {
    id: &'static str,
    label: Key,
    options: Vec<Entry>,
    /// One of them leaves nothing out.
    all: bool,
    take: fn(&str) -> Choice,
}

fn select(texts: &Texts, select: Select, dispatch: &Callback<Action>) -> Html {
    let Select { id, take, all, .. } = select;
    let onchange = dispatch.reform(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        Action::List(ListAction::Chosen(take(&value)))
    });
    let any = select.options.iter().any(|(_, _, chosen)| *chosen);
    html! {
        <div class="pd-filter">
            <label class="pd-filter__label" for={id}>{ texts.get(select.label) }</label>
            <select class="pd-control" {id} data-testid={id} {onchange}>
                if all {
                    <option value={ALL} selected={!any}>{ texts.get(Key::RequestsAll) }</option>
                }
                { for select.options.into_iter().map(|(value, name, chosen)| html! {
                    <option {value} selected={chosen}>{ name }</option>
                }) }
            </select>
        </div>
    }
}

fn options<T: Copy + PartialEq>(
    all: &[(T, Key)],
    code: impl Fn(T) -> &'static str,
    chosen: Option<T>,
    name: impl Fn(Key) -> Rc<str>,
) -> Vec<Entry> {
    all.iter()
        .map(|(it, key)| (Rc::from(code(*it)), name(*key), chosen == Some(*it)))
        .collect()
}

fn find<T: Copy>(all: &[(T, Key)], code: impl Fn(T) -> &'static str, wanted: &str) -> Option<T> {
    let found = all.iter().find(|(it, _)| code(*it) == wanted);
    found.map(|(it, _)| *it)
}
