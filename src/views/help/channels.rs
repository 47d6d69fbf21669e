//! The channels for a data centre and a region, as the policy gives them, each with its steps.

use super::place::{dc_names, region_names};
use super::steps::steps;
use crate::components::{Glyph, icon, place};
use crate::i18n::{Key, Texts};
use crate::state::guide::Guide;
use crate::state::help::Place;
use crate::state::{Action, Screen};
use partner_rules::policy::Channels;
use partner_rules::{Dc, Region};
use yew::prelude::*;

pub struct Help<'a> {
    pub channels: &'a Channels,
    /// Where nothing is known, every channel is offered with its places.
    pub place: Place,
    /// The steps come with it.
    pub guide: Option<&'a Guide>,
    /// Whether an e-mail can be written here.
    pub composer: bool,
    pub dispatch: &'a Callback<Action>,
}

/// Every channel, what the partner owes, and no more.
pub fn channels(texts: &Texts, props: &Help<'_>) -> Html {
    html! {
        <div class="pd-help">
            <p class="pd-help__obligation">{ icon(Glyph::Info) }<span>{ texts.get(Key::HelpObligation) }</span></p>
            { widget(texts, props) }
            { help_center(texts, props) }
            { email(texts, props) }
            { contacts(texts, props) }
        </div>
    }
}

/// One address of a channel; `places` only where the page does not say which one is meant.
struct Address {
    places: Option<String>,
    href: String,
    label: String,
}

impl Address {
    fn new(places: Option<String>, href: String) -> Self {
        let label = href.trim_start_matches("mailto:").to_owned();
        Self {
            places,
            href,
            label,
        }
    }
}

fn widget(texts: &Texts, props: &Help<'_>) -> Html {
    let channels = props
        .channels
        .widget
        .iter()
        .filter(|channel| props.concerns(&channel.dcs));
    let addresses = channels.flat_map(|channel| {
        let mut places = props.places(texts, &channel.dcs);
        channel
            .pages
            .iter()
            .map(move |page| Address::new(places.take(), page.clone()))
    });
    section(
        texts,
        Section {
            hook: "pd-channel-widget",
            title: Key::HelpWidget,
            text: Key::HelpWidgetText,
            none: Key::HelpNone,
            addresses: addresses.collect(),
            after: props
                .guide
                .map(|guide| steps(texts, "widget", &guide.widget)),
        },
    )
}

fn help_center(texts: &Texts, props: &Help<'_>) -> Html {
    let channels = props
        .channels
        .help_center
        .iter()
        .filter(|channel| props.concerns(&channel.dcs));
    let addresses = channels
        .map(|channel| Address::new(props.places(texts, &channel.dcs), channel.url.clone()));
    section(
        texts,
        Section {
            hook: "pd-channel-help-center",
            title: Key::HelpHelpCenter,
            text: Key::HelpHelpCenterText,
            none: Key::HelpNone,
            addresses: addresses.collect(),
            after: props
                .guide
                .map(|guide| steps(texts, "help_center", &guide.help_center)),
        },
    )
}

fn email(texts: &Texts, props: &Help<'_>) -> Html {
    let region = props.place.region();
    let wanted = |regions: &[Region]| region.is_none_or(|region| regions.contains(&region));
    let channels = props
        .channels
        .email
        .iter()
        .filter(|channel| wanted(&channel.regions));
    let addresses = channels.map(|channel| {
        let places = region
            .is_none()
            .then(|| region_names(texts, &channel.regions));
        let mut href = String::from("mailto:");
        href.push_str(&channel.address);
        Address::new(places, href)
    });
    let compose = || {
        let onclick = props
            .dispatch
            .reform(|_: MouseEvent| Action::Go(Screen::Composer));
        html! {
            <button type="button" class="pd-button" data-look="quiet" id="pd-compose" data-testid="pd-compose"
                {onclick}>{ texts.get(Key::HelpCompose) }</button>
        }
    };
    section(
        texts,
        Section {
            hook: "pd-channel-email",
            title: Key::HelpEmail,
            text: Key::HelpEmailText,
            none: Key::HelpNoneRegion,
            addresses: addresses.collect(),
            after: Some(html! {
                <>
                    if props.composer {
                        { compose() }
                    }
                    { place(props.guide.map(|guide| steps(texts, "email", &guide.email))) }
                </>
            }),
        },
    )
}

impl Help<'_> {
    fn concerns(&self, dcs: &[Dc]) -> bool {
        self.place.dc.is_none_or(|dc| dcs.contains(&dc))
    }

    fn places(&self, texts: &Texts, dcs: &[Dc]) -> Option<String> {
        self.place.dc.is_none().then(|| dc_names(texts, dcs))
    }
}

/// Phone and chat stand here only where an operator has configured them.
fn contacts(texts: &Texts, props: &Help<'_>) -> Html {
    let lists = [
        (Key::HelpPhone, &props.channels.phone),
        (Key::HelpChat, &props.channels.chat),
    ];
    let region = props.place.region();
    let rows = lists.into_iter().flat_map(|(key, contacts)| {
        contacts
            .iter()
            .filter(|contact| region.is_none_or(|region| contact.regions.contains(&region)))
            .map(move |contact| (key, contact))
    });
    rows.map(|(key, contact)| {
        html! {
            <section class="pd-help__channel">
                <h3>{ texts.get(key) }</h3>
                <p><bdi>{ contact.contact.clone() }</bdi></p>
            </section>
        }
    })
    .collect()
}

struct Section {
    hook: &'static str,
    title: Key,
    text: Key,
    /// What stands there where the source names no such channel.
    none: Key,
    addresses: Vec<Address>,
    after: Option<Html>,
}

/// The test id stands on the link itself where there is just one.
fn section(texts: &Texts, section: Section) -> Html {
    let Section {
        hook, addresses, ..
    } = section;
    let single = addresses.len() == 1;
    let there = !addresses.is_empty();
    let text = if there { section.text } else { section.none };
    html! {
        <section class="pd-help__channel" data-testid={(!single).then_some(hook)}>
            <h3>{ texts.get(section.title) }</h3>
            <p>{ texts.get(text) }</p>
            { for addresses.into_iter().map(|address| link(address, single.then_some(hook))) }
            if there {
                { place(section.after) }
            }
        </section>
    }
}

/// Addresses of the policy were checked to be https; they open beside the page.
fn link(address: Address, hook: Option<&'static str>) -> Html {
    let places = address
        .places
        .map(|places| html! { <p class="pd-help__places">{ places }</p> });
    // An address that is too long breaks after its slashes, not wherever the line ends.
    let part = |part: &str| html! { <>{ part.to_owned() }<wbr /></> };
    html! {
        <>
            { place(places) }
            <p class="pd-help__link">
                <a href={address.href} target="_blank" rel="noopener noreferrer" dir="ltr" data-testid={hook}>
                    <span>{ for address.label.split_inclusive('/').map(part) }</span>{ icon(Glyph::External) }
                </a>
            </p>
        </>
    }
}
