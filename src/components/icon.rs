//! Inline icons. Decoration only: hidden from assistive technology, the name stands beside.

use yew::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    Alert,
    Back,
    Check,
    Close,
    External,
    Flag,
    Info,
    Inbox,
    Search,
}

impl Glyph {
    /// Path data on a 20 × 20 grid, stroked.
    const fn path(self) -> &'static str {
        match self {
            Self::Alert => "M10 3.2 18 17H2zM10 8.5v4M10 14.6v.2",
            Self::Back => "M12.5 4.5 7 10l5.5 5.5",
            Self::Check => "M4.5 10.5 8.5 14.5 15.5 6",
            Self::Close => "M5 5l10 10M15 5 5 15",
            Self::External => "M11.5 4.5h4v4M15.2 4.8 9 11M8.5 5.5h-4v10h10v-4",
            Self::Flag => "M5 17V3.5h9.5L12.5 7l2 3.5H5",
            Self::Info => "M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM10 9.2v4.6M10 6.3v.2",
            Self::Search => "M8.7 3.2a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM12.8 12.8 17 17",
            Self::Inbox => "M3 11.5 5.2 4.5h9.6L17 11.5v4H3zM3 11.5h4l1.2 2h3.6l1.2-2h4",
        }
    }
}

pub fn icon(glyph: Glyph) -> Html {
    html! {
        <svg class="pd-icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d={glyph.path()} fill="none" stroke="currentColor" stroke-width="1.6"
                stroke-linecap="round" stroke-linejoin="round" />
        </svg>
    }
}
