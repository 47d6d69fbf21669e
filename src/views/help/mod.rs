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

fn widget(texts: &Texts, props: &Help<'_>) -> Html {
    let wanted = |dcs: &[Dc]| props.dc.is_none_or(|dc| dcs.contains(&dc));
    let rows = props
        .channels
        .widget
        .iter()
        .filter(|channel| wanted(&channel.dcs));
    let links: Html = rows
        .map(|channel| {
            let places = (props.dc.is_none()).then(|| dc_names(texts, &channel.dcs));
            html! {
                <>
                    { places.map(|places| html! { <p class="pd-help__places">{ places }</p> }) }
                    { for channel.pages.iter().map(|page| link(page, page)) }
                </>
            }
        })
        .collect();
    let known = props
        .channels
        .widget
        .iter()
        .any(|channel| wanted(&channel.dcs));
    section(
        texts,
        "pd-channel-widget",
        Key::HelpWidget,
        Key::HelpWidgetText,
        known.then_some(links),
    )
}

fn help_center(texts: &Texts, props: &Help<'_>) -> Html {
    let wanted = |dcs: &[Dc]| props.dc.is_none_or(|dc| dcs.contains(&dc));
    let rows: Vec<_> = props
        .channels
        .help_center
        .iter()
        .filter(|channel| wanted(&channel.dcs))
        .collect();
    let links = rows.iter().map(|channel| {
        let places = (props.dc.is_none()).then(|| dc_names(texts, &channel.dcs));
        html! {
            <>
                { places.map(|places| html! { <p class="pd-help__places">{ places }</p> }) }
                { link(&channel.url, &channel.url) }
            </>
        }
    });
    let links = (!rows.is_empty()).then(|| links.collect::<Html>());
    section(
        texts,
        "pd-channel-help-center",
        Key::HelpHelpCenter,
        Key::HelpHelpCenterText,
        links,
    )
}

fn email(texts: &Texts, props: &Help<'_>) -> Html {
    let wanted = |regions: &[Region]| props.region.is_none_or(|region| regions.contains(&region));
    let rows: Vec<_> = props
        .channels
        .email
        .iter()
        .filter(|channel| wanted(&channel.regions))
        .collect();
    let links = rows.iter().map(|channel| {
        let places = (props.region.is_none()).then(|| region_names(texts, &channel.regions));
        let mut href = String::from("mailto:");
        href.push_str(&channel.address);
        html! {
            <>
                { places.map(|places| html! { <p class="pd-help__places">{ places }</p> }) }
                { link(&href, &channel.address) }
            </>
        }
    });
    let links = (!rows.is_empty()).then(|| links.collect::<Html>());
    section(
        texts,
        "pd-channel-email",
        Key::HelpEmail,
        Key::HelpEmailText,
        links,
    )
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

fn section(texts: &Texts, hook: &'static str, title: Key, text: Key, links: Option<Html>) -> Html {
    html! {
        <section class="pd-help__channel" data-testid={hook}>
            <h3>{ texts.get(title) }</h3>
            if let Some(links) = links {
                <p>{ texts.get(text) }</p>
                { links }
            } else {
                <p>{ texts.get(Key::HelpNone) }</p>
            }
        </section>
    }
}

/// Addresses of the policy were checked to be https; they open beside the page.
fn link(href: &str, label: &str) -> Html {
    html! {
        <p class="pd-help__link">
            <a href={href.to_owned()} target="_blank" rel="noopener noreferrer" dir="ltr">
                { label.to_owned() }{ icon(Glyph::External) }
            </a>
        </p>
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
