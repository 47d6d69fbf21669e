//! What the machine has, and how to get what it lacks.
//! Must never ask, never wait without a limit, and never install into the checkout.

pub(crate) mod apt;
pub(crate) mod browser;
pub(crate) mod cxx;
pub(crate) mod engines;
pub(crate) mod fonts;
pub(crate) mod languages;
pub(crate) mod node;
pub(crate) mod objects;
pub(crate) mod postgres;
pub(crate) mod python;
mod sources;
pub(crate) mod tools;
pub(crate) mod wasm;
