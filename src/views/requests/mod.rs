//! Tab Requests: the list, newest first, and the button that opens the form.

pub mod row;

use super::fault::FaultNotice;
use super::help::Help;
use super::waiting::Waiting;
use crate::components::{Glyph, Icon, Notice, Tone, use_texts};
use crate::i18n::Key;
use crate::state::requests::Load;
use crate::state::{Action, Connected, Connection, Requests, Screen};
use partner_rules::wire::Access;
use partner_rules::{Dc, Region};
use row::RequestRow;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct RequestsViewProps {
    pub connection: Connection,
    pub requests: Rc<Requests>,
    pub dc: Option<Dc>,
    pub region: Option<Region>,
    pub now_ms: i64,
    pub dispatch: Callback<Action>,
}

#[component]
pub fn RequestsView(props: &RequestsViewProps) -> Html {
    match &props.connection {
        Connection::Ready(connected) => ready(props, connected),
        Connection::Failed(fault) => {
            let on_retry = props.dispatch.reform(|()| Action::Reconnect);
            html! {
                <div class="pd-scroll">
                    <FaultNotice fault={fault.clone()} {on_retry} />
                    <Help channels={crate::state::builtin::channels()} dc={props.dc} region={props.region} />
                </div>
            }
        }
        Connection::NoDataCentre | Connection::Idle | Connection::Wanted { .. } => {
            html! { <div class="pd-scroll"><Waiting /></div> }
        }
    }
}

fn ready(props: &RequestsViewProps, connected: &Rc<Connected>) -> Html {
    let may_file = connected.may_file(props.dc);
    html! {
        <div class="pd-scroll">
            if may_file {
                <AddTicketButton dispatch={props.dispatch.clone()} />
            }
            <List requests={Rc::clone(&props.requests)} now_ms={props.now_ms} {may_file}
                dispatch={props.dispatch.clone()} />
            if !may_file {
                <Channels connected={Rc::clone(connected)} dc={props.dc} region={props.region} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct AddTicketButtonProps {
    dispatch: Callback<Action>,
}

#[component]
fn AddTicketButton(props: &AddTicketButtonProps) -> Html {
    let texts = use_texts();
    let onclick = props
        .dispatch
        .reform(|_: MouseEvent| Action::Go(Screen::AddTicket));
    html! {
        <div class="pd-toolbar">
            <button type="button" class="pd-button" data-look="main" id="pd-add-ticket"
                data-testid="pd-add-ticket" {onclick}>{ texts.get(Key::RequestsAddTicket) }</button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ChannelsProps {
    connected: Rc<Connected>,
    dc: Option<Dc>,
    region: Option<Region>,
}

/// Without access, or without a widget channel, the channels stand in place of the form.
#[component]
fn Channels(props: &ChannelsProps) -> Html {
    let texts = use_texts();
    let key = if props.connected.session.access == Access::None {
        Key::RequestsNoAccess
    } else {
        Key::RequestsNoChannel
    };
    html! {
        <>
            <Notice tone={Tone::Amber} title={AttrValue::from(texts.get(key))} />
            <Help channels={props.connected.policy.channels().clone()} dc={props.dc} region={props.region} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ListProps {
    requests: Rc<Requests>,
    now_ms: i64,
    may_file: bool,
    dispatch: Callback<Action>,
}

#[component]
fn List(props: &ListProps) -> Html {
    let texts = use_texts();
    let requests = &props.requests;
    let failed = match &requests.load {
        Load::Failed(fault) => {
            let action = if requests.items.is_empty() {
                Action::RequestsWanted
            } else {
                Action::MoreWanted
            };
            let on_retry = props.dispatch.reform(move |()| action.clone());
            Some(html! { <FaultNotice fault={fault.clone()} {on_retry} /> })
        }
        Load::Idle | Load::Wanted { .. } | Load::Ready => None,
    };
    if requests.items.is_empty() {
        let waiting = matches!(requests.load, Load::Idle | Load::Wanted { .. }) && !requests.known;
        return html! {
            <>
                { failed }
                if waiting {
                    <Waiting />
                } else if requests.known && props.may_file {
                    <Empty />
                }
            </>
        };
    }
    let rows = requests.items.iter().map(|receipt| {
        html! {
            <RequestRow key={receipt.reference.clone()} receipt={Rc::clone(receipt)}
                now_ms={props.now_ms} dispatch={props.dispatch.clone()} />
        }
    });
    let loading = matches!(requests.load, Load::Wanted { .. });
    let more = requests.next_cursor.is_some().then(|| {
        let onclick = props.dispatch.reform(|_: MouseEvent| Action::MoreWanted);
        html! {
            <button type="button" class="pd-button" data-look="quiet" data-testid="pd-more"
                aria-disabled={loading.then_some("true")} {onclick}>
                { texts.get(if loading { Key::PanelLoading } else { Key::RequestsMore }) }
            </button>
        }
    });
    html! {
        <>
            <ul class="pd-requests" data-testid="pd-request-list" aria-label={texts.get(Key::RequestsList)}>
                { for rows }
            </ul>
            { failed }
            { more }
        </>
    }
}

#[component]
fn Empty() -> Html {
    let texts = use_texts();
    html! {
        <div class="pd-empty">
            <Icon glyph={Glyph::Inbox} />
            <p class="pd-empty__title">{ texts.get(Key::RequestsEmptyTitle) }</p>
            <p>{ texts.get(Key::RequestsEmptyText) }</p>
        </div>
    }
}
