//! The app: holds the state, runs what follows from it, shows the screen.

use crate::components::{Header, Live, Tab, Tabs};
use crate::effects::Runner;
use crate::i18n::{Key, Texts};
use crate::options::Options;
use crate::platform::bridge::Bridge;
use crate::state::{Action, Connection, Detail, Screen, State, builtin, transition};
use crate::views::add_ticket::AddTicket;
use crate::views::help::{Help, dc_name};
use crate::views::receipt::ReceiptView;
use crate::views::request::RequestView;
use crate::views::requests::RequestsView;
use crate::views::waiting::Waiting;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct AppProps {
    /// Options at mount; later ones come as [`Action::OptionsChanged`].
    pub options: Options,
    pub texts: Texts,
    pub bridge: Bridge,
}

pub struct App {
    state: State,
    runner: Runner,
    dispatch: Callback<Action>,
    on_close: Callback<()>,
}

impl Component for App {
    type Message = Action;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let dispatch = ctx.link().callback(|action: Action| action);
        let bridge = ctx.props().bridge.clone();
        Self {
            state: State::new(ctx.props().options.clone()),
            runner: Runner::new(bridge.clone(), dispatch.clone()),
            dispatch,
            on_close: Callback::from(move |()| bridge.close()),
        }
    }

    fn update(&mut self, _ctx: &Context<Self>, action: Action) -> bool {
        transition(&mut self.state, action);
        true
    }

    /// A new language is new texts; the state stays.
    fn changed(&mut self, _ctx: &Context<Self>, _old: &AppProps) -> bool {
        true
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        self.runner.sync(&self.state);
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let texts = &ctx.props().texts;
        // Escape closes one layer at a time: lists inside stop the event before it gets here.
        let onkeydown = {
            let on_close = self.on_close.clone();
            Callback::from(move |event: KeyboardEvent| {
                if event.key() == "Escape" && !event.is_composing() && !event.default_prevented() {
                    event.stop_propagation();
                    on_close.emit(());
                }
            })
        };
        html! {
            <ContextProvider<Texts> context={texts.clone()}>
                <div class="pd-frame" {onkeydown}>
                    { self.header(texts) }
                    { self.body() }
                    <Live spoken={self.state.signals.spoken.clone()} />
                </div>
            </ContextProvider<Texts>>
        }
    }
}

impl App {
    fn header(&self, texts: &Texts) -> Html {
        let state = &self.state;
        let context = match state.options.dc {
            Some(dc) => texts.with(Key::PanelContext, &[("dc", &dc_name(texts, dc))]),
            None => texts.get(Key::PanelContextNone).to_string(),
        };
        let (title, context, user_title) = match &state.screen {
            Screen::Requests | Screen::Help => {
                (texts.get(Key::PanelTitle).to_string(), context, false)
            }
            Screen::AddTicket => (texts.get(Key::FormTitle).to_string(), context, false),
            Screen::Receipt => (texts.get(Key::ReceiptTitle).to_string(), context, false),
            Screen::Request(reference) => match self.request_head(reference) {
                Some(subject) => (subject, reference.to_string(), true),
                None => (
                    texts.get(Key::DetailTitle).to_string(),
                    reference.to_string(),
                    false,
                ),
            },
        };
        let on_back =
            (!state.screen.is_top_level()).then(|| self.dispatch.reform(|()| Action::Back));
        html! { <Header {title} {context} {user_title} {on_back} on_close={self.on_close.clone()} /> }
    }

    fn request_head(&self, reference: &str) -> Option<String> {
        if let Detail::Ready(ticket) = &self.state.detail
            && ticket.receipt.reference == reference
        {
            return Some(ticket.receipt.subject.clone());
        }
        let listed = self
            .state
            .requests
            .items
            .iter()
            .find(|item| item.reference == reference)?;
        Some(listed.subject.clone())
    }

    fn body(&self) -> Html {
        let state = &self.state;
        let dispatch = self.dispatch.clone();
        match &state.screen {
            Screen::Requests => self.tabbed("requests", html! {
                <RequestsView connection={state.connection.clone()} requests={Rc::clone(&state.requests)}
                    dc={state.options.dc} region={state.options.region} now_ms={state.now_ms} {dispatch} />
            }),
            Screen::Help => self.tabbed("help", self.help()),
            Screen::AddTicket => match state.connected() {
                Some(connected) if state.may_file() => html! {
                    <AddTicket form={Rc::clone(&state.form)} connected={Rc::clone(connected)}
                        verification={state.verification.clone()} submission={state.submission.clone()}
                        {dispatch} />
                },
                // Nothing to file with (yet): the list says why, or is about to.
                Some(_) | None if matches!(state.connection, Connection::Wanted { .. }) => {
                    html! { <div class="pd-scroll"><Waiting rows={6} /></div> }
                }
                Some(_) | None => html! {
                    <RequestsView connection={state.connection.clone()} requests={Rc::clone(&state.requests)}
                        dc={state.options.dc} region={state.options.region} now_ms={state.now_ms} {dispatch} />
                },
            },
            Screen::Receipt => match &state.filed {
                Some(filed) => html! { <ReceiptView filed={Rc::clone(filed)} {dispatch} /> },
                None => Html::default(),
            },
            Screen::Request(_) => html! {
                <RequestView detail={state.detail.clone()} now_ms={state.now_ms} {dispatch} />
            },
        }
    }

    fn help(&self) -> Html {
        let state = &self.state;
        let channels = state
            .connected()
            .map_or_else(builtin::channels, |connected| {
                connected.policy.channels().clone()
            });
        html! {
            <div class="pd-scroll">
                <Help {channels} dc={state.options.dc} region={state.options.region} />
            </div>
        }
    }

    fn tabbed(&self, selected: &'static str, body: Html) -> Html {
        let mut tabs = vec![Tab {
            id: "help",
            label: Key::TabHelp,
        }];
        if self.state.connection != Connection::NoDataCentre {
            tabs.insert(
                0,
                Tab {
                    id: "requests",
                    label: Key::TabRequests,
                },
            );
        }
        let on_select = self.dispatch.reform(|id: &'static str| {
            Action::TabChosen(if id == "help" {
                Screen::Help
            } else {
                Screen::Requests
            })
        });
        let labelled = if selected == "help" {
            "pd-tab-help"
        } else {
            "pd-tab-requests"
        };
        html! {
            <>
                <Tabs {tabs} {selected} {on_select} />
                <div class="pd-tabpanel" id="pd-tabpanel" role="tabpanel" aria-labelledby={labelled}>{ body }</div>
            </>
        }
    }
}
