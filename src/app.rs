//! The app: holds the state, runs what follows from it, shows the screen.

use crate::components::{live, place};
use crate::effects::Runner;
use crate::i18n::Texts;
use crate::options::Options;
use crate::platform::bridge::Bridge;
use crate::platform::{focus, launcher};
use crate::state::feedback::FeedbackAction;
use crate::state::files::FilesAction;
use crate::state::transition::{ConversingAction, ListAction};
use crate::state::{Action, Connection, Screen, State, transition};
use crate::views::access::access;
use crate::views::add_ticket::add_ticket;
use crate::views::composer::composer;
use crate::views::feedback::feedback;
use crate::views::frame;
use crate::views::help;
use crate::views::receipt::receipt;
use crate::views::request::request;
use crate::views::requests::requests;
use crate::views::unread::unread;
use crate::views::waiting::waiting;
use gloo_timers::callback::Timeout;
use partner_rules::Field;
use web_sys::File;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct AppProps {
    /// Options at mount; later ones come as [`Action::OptionsChanged`].
    pub options: Options,
    /// Texts at mount; later ones come as [`Message::Speak`].
    pub texts: Texts,
    pub bridge: Bridge,
}

pub struct App {
    state: State,
    texts: Texts,
    runner: Runner,
    dispatch: Callback<Action>,
    on_close: Callback<()>,
    on_pick: Callback<Vec<File>>,
    press: Press,
    watch: focus::Watch,
}

/// What reaches the app: actions of the core, another language, and the pointer's press and release
/// in the panel.
pub enum Message {
    Act(Action),
    Speak(Texts),
    Pressed,
    Released,
    /// Chosen, dropped or pasted.
    Picked(Vec<File>),
}

impl From<Action> for Message {
    fn from(action: Action) -> Self {
        Self::Act(action)
    }
}

/// A press of the pointer that has not ended yet, and the fields that it made somebody leave.
///
/// Leaving a field can show an error or a remark, and what stands below moves. Were that to happen
/// between press and release, the click would miss what it was meant for.
#[derive(Default)]
struct Press {
    down: bool,
    left: Vec<Field>,
}

impl Component for App {
    type Message = Message;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let dispatch = ctx.link().callback(Message::Act);
        let bridge = ctx.props().bridge.clone();
        Self {
            state: State::new(ctx.props().options.clone()),
            texts: ctx.props().texts.clone(),
            runner: Runner::new(bridge.clone(), dispatch.clone()),
            dispatch,
            on_close: Callback::from(move |()| bridge.close()),
            on_pick: ctx.link().callback(Message::Picked),
            press: Press::default(),
            watch: focus::Watch::default(),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        self.watch.look(&ctx.props().bridge.root());
        let shows = self.take(message);
        if shows {
            self.watch.draw();
        }
        shows
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        if self.state.leaving.is_some() {
            self.runner.leave(&self.state);
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        let root = ctx.props().bridge.root();
        self.runner.sync(&self.state, self.watch.has_moved(&root));
        self.watch.drawn(&root);
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let texts = &self.texts;
        // Escape closes one layer at a time: lists inside stop the event before it gets here.
        let onkeydown = {
            let on_close = self.on_close.clone();
            Callback::from(move |event: KeyboardEvent| {
                if event.key() == "Escape" && !event.is_composing() && !event.default_prevented() {
                    // A dialog of the page around the element would close as well.
                    event.prevent_default();
                    event.stop_propagation();
                    on_close.emit(());
                }
            })
        };
        let onpointerdown = ctx.link().callback(|_: PointerEvent| Message::Pressed);
        // The click comes right after the release: first it, then what the leaving shows.
        let released = {
            let link = ctx.link().clone();
            Callback::from(move |_: PointerEvent| {
                let link = link.clone();
                Timeout::new(0, move || link.send_message(Message::Released)).forget();
            })
        };
        html! {
            <ContextProvider<Texts> context={texts.clone()}>
                <div class="pd-frame" {onkeydown} {onpointerdown} onpointerup={released.clone()}
                    onpointercancel={released.clone()} onpointerleave={released}>
                    { frame::head(texts, &self.state, &self.dispatch, &self.on_close) }
                    { self.body(texts) }
                    // One node whether there is a number or not: a changed count of siblings is drawn anew.
                    { place(self.badge(ctx)) }
                    { live(texts, self.state.signals.spoken.as_ref()) }
                </div>
            </ContextProvider<Texts>>
        }
    }
}

impl App {
    /// Whether there is something new to show.
    fn take(&mut self, message: Message) -> bool {
        match message {
            // New texts; the state stays.
            Message::Speak(texts) => {
                self.texts = texts;
                true
            }
            Message::Pressed => {
                self.press.down = true;
                false
            }
            Message::Released => {
                self.press.down = false;
                self.settle()
            }
            Message::Picked(files) => {
                let picked = self.runner.pick(files, &self.state);
                let files = FilesAction::Picked;
                let action = match self.state.screen {
                    Screen::Feedback => Action::Feedback(FeedbackAction::Picked(picked)),
                    Screen::Request(_) => {
                        Action::Conversing(ConversingAction::Files(files(picked)))
                    }
                    Screen::Requests
                    | Screen::Help
                    | Screen::Access
                    | Screen::Answer(_)
                    | Screen::Composer
                    | Screen::AddTicket
                    | Screen::Receipt => Action::Files(files(picked)),
                };
                transition(&mut self.state, action);
                true
            }
            Message::Act(Action::Left(field)) if self.press.down => {
                self.press.left.push(field);
                false
            }
            // Many times a second: only another part of the list is worth drawing.
            Message::Act(action @ Action::List(ListAction::Seen(_))) => {
                let before = self.state.drawn_rows();
                transition(&mut self.state, action);
                before != self.state.drawn_rows()
            }
            Message::Act(action) => {
                // What is submitted has been left.
                if action == Action::Submit {
                    self.settle();
                }
                transition(&mut self.state, action);
                true
            }
        }
    }

    /// Fields left during the press are left now; whether there were any.
    fn settle(&mut self) -> bool {
        let left = std::mem::take(&mut self.press.left);
        let any = !left.is_empty();
        for field in left {
            transition(&mut self.state, Action::Left(field));
        }
        any
    }

    /// What the launcher shows beside its label.
    fn badge(&self, ctx: &Context<Self>) -> Option<Html> {
        let count = self.state.news.unread;
        if count == 0 {
            return None;
        }
        let launcher = launcher::launcher(&ctx.props().bridge.root())?;
        Some(unread(&self.texts, count, launcher))
    }

    pub fn screen(&self) -> &Screen {
        &self.state.screen
    }

    pub fn unsent(&self) -> u32 {
        self.state.outbox.unsent()
    }

    fn body(&self, texts: &Texts) -> Html {
        let (state, dispatch) = (&self.state, &self.dispatch);
        let tabbed = |selected, body| frame::tabbed(texts, state, selected, body, dispatch);
        if state.leaving.is_some() {
            // Whoever is being signed out is not to be looked over the shoulder.
            return html! { <div class="pd-scroll" key="waiting">{ waiting(texts, 4) }</div> };
        }
        match &state.screen {
            Screen::Requests => tabbed("requests", requests(texts, state, dispatch)),
            Screen::Help => {
                let content = help::help(texts, state, dispatch);
                let body = html! { <div class="pd-scroll" key="help">{ content }</div> };
                tabbed("help", body)
            }
            Screen::Answer(id) => {
                let content = help::answer(texts, state, id, dispatch);
                // Another answer begins at its top.
                html! { <div class="pd-scroll" key={id.to_string()}>{ content }</div> }
            }
            Screen::Feedback => feedback(texts, state, dispatch, &self.on_pick),
            Screen::Composer => match composer(texts, state, dispatch) {
                Some(composer) => composer,
                None => requests(texts, state, dispatch),
            },
            Screen::Access => tabbed("access", access(texts, state, dispatch)),
            Screen::AddTicket => match state.connected() {
                Some(connected) if state.may_file() => {
                    add_ticket(texts, state, connected, dispatch, &self.on_pick)
                }
                // Nothing to file with (yet): the list says why, or is about to.
                Some(_) | None if matches!(state.connection, Connection::Wanted { .. }) => {
                    html! { <div class="pd-scroll" key="waiting">{ waiting(texts, 6) }</div> }
                }
                Some(_) | None => requests(texts, state, dispatch),
            },
            Screen::Receipt => match &state.filed {
                Some(filed) => receipt(texts, filed, dispatch),
                None => Html::default(),
            },
            Screen::Request(_) => request(texts, state, dispatch, &self.on_pick),
        }
    }
}
