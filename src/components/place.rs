//! A place among siblings for what may come and go.

use yew::prelude::*;

/// One node in any case. `{ for option }` would change the number of siblings; Yew pairs those off from the end,
/// so what stands before would be drawn anew, and a field would lose its focus.
///
/// Not inlined: it stands in fifty places, and bytes count.
#[inline(never)]
pub fn place(content: Option<Html>) -> Html {
    content.unwrap_or_default()
}
