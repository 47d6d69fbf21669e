//! The regional endpoint behind Partner Desk: takes tickets, classifies them by the shared rules,
//! keeps them, and shows them to those who may see them.
//!
//! Never here: log lines with message text, names, addresses, tokens, whole URLs or bodies; causes of
//! failures in answers; SQL outside [`store`]; sentences that partners read.
//!
//! Where to look: [`cli`] and [`config`] settings · [`app`] what handlers share, and the layers ·
//! [`serve`] connections · [`layers`] what every request passes through · [`address`] where it comes from ·
//! [`rates`] how often · [`identity`] tokens ·
//! [`access`] who may see what · [`agents`] who works at the desk · [`desk`] its pages · [`backup`] copies and checks · [`copy`] the way from a file to a server · [`shops`] the register of shops · [`routes`] the calls · [`directory`] what is known about customers' accounts · [`feedback`] what is said about translations · [`mail`] tickets by e-mail · [`relay`] tickets handed on to a portal · [`erasure`] copies and erasing · [`files`] what
//! partners and visitors send along · [`ticket`] what is kept of a ticket · [`casework`] what agents do · [`store`] the database · [`demo`] demo mode · [`problem`] refusals · [`logs`] what is logged.

pub mod access;
pub mod address;
pub mod agents;
pub mod app;
pub mod backup;
pub mod casework;
pub mod cli;
pub mod clock;
pub mod config;
pub mod copy;
pub mod demo;
pub mod desk;
pub mod directory;
pub mod erasure;
pub mod events;
pub mod feedback;
pub mod files;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
pub mod identity;
pub mod layers;
pub mod locks;
pub mod logs;
pub mod loopback;
pub mod mail;
pub mod metrics;
pub mod origins;
pub mod problem;
pub mod random;
pub mod rates;
pub mod relay;
pub mod routes;
pub mod serve;
pub mod shops;
pub mod store;
pub mod ticket;
mod web;
