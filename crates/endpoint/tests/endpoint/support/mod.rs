//! What every test starts from.

mod app;
mod database;
mod files;
mod http;
mod logs;
mod objects;
mod program;
mod server;
mod slow;
mod tokens;

pub(crate) use app::{TestApp, User, demo, ticket};
pub(crate) use database::{
    Raw, behind, behind_folder, everything, hold, newer_migration, newer_programs_only, raw,
    refuse, relent, sabotage,
};
pub(crate) use files::{on_disk, sha256, upload};
pub(crate) use http::{Answer, Request, connect};
pub(crate) use logs::{Watch, line_with, sends_text};
pub(crate) use objects::{Fault, KEY, Objects};
#[cfg(target_os = "linux")]
pub(crate) use program::most_memory;
pub(crate) use program::{Program, Starting, on, program, run, text};
pub(crate) use server::{database, is_chosen, on_file, on_server, setting};
pub(crate) use slow::{cut, stalled, trickled};
pub(crate) use tokens::{ED25519_PUBLIC, Forge, HS256_SECRET, TWO_SECRET, ed25519, shop_one};
