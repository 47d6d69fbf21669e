//! Per shop: how many tickets came without the SuperAdmin address, which partners are obliged to give.

use crate::app::App;
use crate::desk::view::frame::{self, State as PageState};
use crate::desk::visit::Signed;
use crate::problem::ApiError;
use axum::extract::State;
use maud::{Markup, html};
use std::sync::Arc;

/// A quarter: long enough to say something, short enough to show that it gets better.
const DAYS: i64 = 90;

pub(super) async fn show(State(app): State<Arc<App>>, signed: Signed) -> Result<Markup, ApiError> {
    let since = signed.visit.now.plus_seconds(-DAYS * 24 * 60 * 60);
    let shares = app.store.shares(since).await?;
    let texts = signed.visit.texts;
    let title = texts.say("shops.title");
    let main = html! {
        h1 { (title) }
        p { (texts.say("shops.lead")) }
        @if shares.is_empty() { p { (texts.say("shops.empty")) } }
        @else {
            div.wide tabindex="0" role="region" aria-labelledby="shops" {
                table {
                    caption #shops { (texts.count("shops.caption", DAYS.unsigned_abs())) }
                    thead {
                        tr {
                            th scope="col" { (texts.say("shops.shop")) }
                            th scope="col" { (texts.say("shops.tickets")) }
                            th scope="col" { (texts.say("shops.without")) }
                            th scope="col" { (texts.say("shops.share")) }
                        }
                    }
                    tbody {
                        @for share in &shares {
                            tr data-testid="desk-shop" data-shop=(share.shop_id) {
                                th scope="row" { bdi { (share.shop_name) } }
                                td { (share.tickets) }
                                td { (share.without_address) }
                                td { (percent(share.without_address, share.tickets)) }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(frame::signed(&signed, title, PageState::Fine, &main))
}

/// Rounded to whole per cent; `–` of nothing.
fn percent(part: u64, whole: u64) -> String {
    let doubled = (u128::from(part) * 200).checked_div(u128::from(whole));
    doubled.map_or_else(
        || "–".to_owned(),
        |doubled| format!("{} %", doubled.div_ceil(2)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole_per_cent() {
        for (part, whole, expected) in [
            (0, 0, "–"),
            (0, 5, "0 %"),
            (1, 3, "33 %"),
            (2, 3, "67 %"),
            (5, 5, "100 %"),
            (u64::MAX, u64::MAX, "100 %"),
        ] {
            assert_eq!(percent(part, whole), expected, "{part}/{whole}");
        }
    }
}
