//! Shared parts of the views: properties in, callbacks out. They know neither endpoint nor storage.

mod badge;
mod combobox;
mod commitment;
mod counter;
mod email_field;
mod field;
mod header;
mod icon;
mod live;
mod notice;
mod tabs;
mod text_field;
mod texts;
mod when;

pub use badge::Badge;
pub use combobox::{Combobox, Row};
pub use commitment::Commitment;
pub use counter::Counter;
pub use email_field::EmailField;
pub use field::{FieldFrame, control_id, described_by};
pub use header::Header;
pub use icon::{Glyph, Icon};
pub use live::Live;
pub use notice::{Notice, Tone};
pub use tabs::{Tab, Tabs};
pub use text_field::TextField;
pub use texts::{field_name, use_texts, violation_text};
pub use when::When;
