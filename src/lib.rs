//! Partner Desk: a floating help widget in which partners file priority support tickets.
//!
//! Code tour, from the page inwards: [`embed`] is the JavaScript boundary that the loader
//! (`static/partner-desk.js`) calls · [`options`] checks what the page wrote · [`app`] holds the
//! state and shows the screen · [`views`] one folder a screen, [`components`] their shared parts ·
//! [`state`] and [`i18n`] the core, without Yew and browser · [`effects`] carries out what follows
//! from the state · [`platform`] one browser facility per file.

pub mod app;
pub mod components;
pub mod effects;
pub mod embed;
pub mod i18n;
pub mod options;
pub mod platform;
pub mod state;
pub mod views;
