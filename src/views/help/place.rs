//! Data centres and regions by name, and the choice of them where the page names none.

use crate::i18n::{Key, Texts};
use crate::state::Action;
use crate::state::help::Place;
use partner_rules::{Dc, Region};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Two lists: widget and Help Center go by data centre, e-mail by region.
pub(super) fn chooser(texts: &Texts, place: Place, dispatch: &Callback<Action>) -> Html {
    let list = |hook: &'static str,
                label: Key,
                chosen: Option<Dc>,
                make: fn(Place, Option<Dc>) -> Place| {
        let onchange = dispatch.reform(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            Action::PlaceChosen(make(place, Dc::parse(&value)))
        });
        let option = |dc: &Dc| {
            html! { <option value={dc.code()} selected={chosen == Some(*dc)}>{ dc_name(texts, *dc) }</option> }
        };
        html! {
            <div class="pd-field">
                <label class="pd-field__label" for={hook}>{ texts.get(label) }</label>
                <select class="pd-control" id={hook} data-testid={hook} {onchange}>
                    <option value="" selected={chosen.is_none()}>{ texts.get(Key::HelpPlaceAny) }</option>
                    { for Dc::ALL.iter().map(option) }
                </select>
            </div>
        }
    };
    let region = place.region().and_then(|region| Dc::parse(region.code()));
    html! {
        <div class="pd-places">
            { list("pd-place-dc", Key::HelpPlaceDc, place.dc, |place, dc| Place { dc, ..place }) }
            { list("pd-place-region", Key::HelpPlaceRegion, region, |place, dc| Place {
                region: dc.map(Region::from),
                ..place
            }) }
        </div>
    }
}

pub(super) fn dc_names(texts: &Texts, dcs: &[Dc]) -> String {
    let names: Vec<String> = dcs.iter().map(|dc| dc_name(texts, *dc)).collect();
    texts.formats().list(&names)
}

pub(super) fn region_names(texts: &Texts, regions: &[Region]) -> String {
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
