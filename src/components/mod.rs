//! Shared parts of the views: values in, callbacks out. They know neither endpoint nor storage.
//!
//! Most are plain functions that return markup: a Yew component of its own costs about half a
//! kilobyte in the download, so only what has state of its own (the combobox) or is worth skipping
//! (rows of a long list) is one.

mod badge;
mod combobox;
mod commitment;
mod counter;
mod field;
mod header;
mod icon;
mod live;
mod notice;
mod place;
mod tabs;
mod text_field;
mod texts;
mod when;

pub use badge::{badge, badge_text, priority_badge};
pub use combobox::{Combobox, Row};
pub use commitment::commitment;
pub use counter::counter;
pub use field::{
    FieldFrame, ToldFrame, control_id, described_by, error_line, field_errors, field_frame,
    told_frame,
};
pub use header::{Header, header};
pub use icon::{Glyph, icon};
pub use live::live;
pub use notice::{Tone, notice};
pub use place::place;
pub use tabs::{Tab, tabs};
pub use text_field::{TextField, text_field};
pub use texts::{field_name, use_texts, violation_text};
pub use when::when;
