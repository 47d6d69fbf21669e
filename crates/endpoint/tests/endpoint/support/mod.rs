//! What every test starts from.

mod app;
mod http;
mod tokens;

pub(crate) use app::{TestApp, User, ticket};
pub(crate) use http::{Answer, Request, connect};
pub(crate) use tokens::{ED25519_PUBLIC, Forge, HS256_SECRET, TWO_SECRET, ed25519};
