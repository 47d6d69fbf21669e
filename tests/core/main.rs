//! The core of the widget, natively: state, transitions, effects. No browser, no Yew.

mod desk;
mod editing;
mod embedding;
mod listing;
mod sending;
mod verifying;
