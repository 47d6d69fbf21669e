//! Tab Help: the channels for this data centre and region, as the policy gives them.

use crate::components::{Glyph, icon};
use crate::i18n::{Key, Texts};
use partner_rules::policy::Channels;
use partner_rules::{Dc, Region};
use yew::prelude::*;

pub struct Help<'a> {
    pub channels: &'a Channels,
    /// `None`: the page names none, so every channel is offered with its places.
    pub dc: Option<Dc>,
    pub region: Option<Region>,
}

pub fn help(texts: &Texts, props: &Help<'_>) -> Html {
    let title = if props.dc.is_some() {
        Key::HelpTitle
    } else {
        Key::HelpChooseDc
    };
    html! {
        <div class="pd-help">
            <p class="pd-help__lead">{ texts.get(title) }</p>
            { widget(texts, props) }
            { help_center(texts, props) }
            { email(texts, props) }
            { contacts(texts, props) }
            <p class="pd-help__obligation">{ texts.get(Key::HelpObligation) }</p>
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
    let hook = "pd-channel-widget";
    section(
        texts,
        hook,
        Key::HelpWidget,
        Key::HelpWidgetText,
        addresses.collect(),
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
    let hook = "pd-channel-help-center";
    section(
        texts,
        hook,
        Key::HelpHelpCenter,
        Key::HelpHelpCenterText,
        addresses.collect(),
    )
}

fn email(texts: &Texts, props: &Help<'_>) -> Html {
    let wanted = |regions: &[Region]| props.region.is_none_or(|region| regions.contains(&region));
    let channels = props
        .channels
        .email
        .iter()
        .filter(|channel| wanted(&channel.regions));
    let addresses = channels.map(|channel| {
        let places = props
            .region
            .is_none()
            .then(|| region_names(texts, &channel.regions));
        let mut href = String::from("mailto:");
        href.push_str(&channel.address);
        Address::new(places, href)
    });
    section(
        texts,
        "pd-channel-email",
        Key::HelpEmail,
        Key::HelpEmailText,
        addresses.collect(),
    )
}

impl Help<'_> {
    fn concerns(&self, dcs: &[Dc]) -> bool {
        self.dc.is_none_or(|dc| dcs.contains(&dc))
    }

    fn places(&self, texts: &Texts, dcs: &[Dc]) -> Option<String> {
        self.dc.is_none().then(|| dc_names(texts, dcs))
    }
}

/// Phone and chat stand here only where an operator has configured them.
fn contacts(texts: &Texts, props: &Help<'_>) -> Html {
    let lists = [
        (Key::HelpPhone, &props.channels.phone),
        (Key::HelpChat, &props.channels.chat),
    ];
    let rows = lists.into_iter().flat_map(|(key, contacts)| {
        contacts
            .iter()
            .filter(|contact| {
                props
                    .region
                    .is_none_or(|region| contact.regions.contains(&region))
            })
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

/// The test id stands on the link itself where there is just one.
fn section(
    texts: &Texts,
    hook: &'static str,
    title: Key,
    text: Key,
    addresses: Vec<Address>,
) -> Html {
    let single = addresses.len() == 1;
    let text = if addresses.is_empty() {
        Key::HelpNone
    } else {
        text
    };
    html! {
        <section class="pd-help__channel" data-testid={(!single).then_some(hook)}>
            <h3>{ texts.get(title) }</h3>
            <p>{ texts.get(text) }</p>
            { for addresses.into_iter().map(|address| link(address, single.then_some(hook))) }
        </section>
    }
}

/// Addresses of the policy were checked to be https; they open beside the page.
fn link(address: Address, hook: Option<&'static str>) -> Html {
    let places = address
        .places
        .map(|places| html! { <p class="pd-help__places">{ places }</p> });
    html! {
        <>
            { for places }
            <p class="pd-help__link">
                <a href={address.href} target="_blank" rel="noopener noreferrer" dir="ltr" data-testid={hook}>
                    { address.label }{ icon(Glyph::External) }
                </a>
            </p>
        </>
    }
}

fn dc_names(texts: &Texts, dcs: &[Dc]) -> String {
    let names: Vec<String> = dcs.iter().map(|dc| dc_name(texts, *dc)).collect();
    texts.formats().list(&names)
}

fn region_names(texts: &Texts, regions: &[Region]) -> String {
    let name = |region: &Region| Dc::parse(region.code()).map(|dc| dc_name(texts, dc));
    let names: Vec<String> = regions.iter().filter_map(name).collect();
    texts.formats().list(&names)
}

/// The name of a data centre (regions have the same names).
pub fn dc_name(texts: &Texts, dc: Dc) -> String {
    let key = match dc {
        Dc::Us => Key::DcUs,
        Dc::In => Key::DcIn,
        Dc::Au => Key::DcAu,
        Dc::Jp => Key::DcJp,
        Dc::Eu => Key::DcEu,
        Dc::Sa => Key::DcSa,
        Dc::Ca => Key::DcCa,
        Dc::Uk => Key::DcUk,
    };
    texts.get(key).to_string()
}
