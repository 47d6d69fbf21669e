//! The endpoint from outside: a real listener on a free port, a temporary folder, a client that
//! speaks HTTP. One program, since linking is what takes time.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected has failed"
)]

mod access;
mod accounts;
mod backup;
mod bodies;
mod borders;
mod casework;
mod command;
mod conversation;
mod cors;
mod crashes;
mod demo;
mod desk;
mod documents;
mod erasure;
mod events;
mod feedback;
mod fixtures;
mod forgeries;
mod idempotency;
mod identity;
mod import;
mod instances;
mod limits;
mod lists;
mod logs;
mod mail;
mod objects;
mod openapi;
mod policy;
mod problems;
mod rates;
mod relay;
mod rush;
mod shops;
mod site;
mod stopping;
mod storage;
mod stores;
mod support;
mod tickets;
mod twins;
mod uploads;
