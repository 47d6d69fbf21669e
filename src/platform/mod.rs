//! SHELL: the browser, one facility per file. Nothing is decided here.

pub mod blobs;
pub mod bridge;
pub mod clipboard;
pub mod clock;
pub mod download;
pub mod endpoint;
pub mod files;
pub mod focus;
pub mod guide;
pub mod intl;
pub mod key;
pub mod language;
pub mod launcher;
pub mod link;
pub mod locale;
pub mod network;
pub mod owner;
pub mod picture;
pub mod print;
pub mod records;
pub mod tabs;
pub mod token;
pub mod upload;
pub mod vault;
pub mod visible;
