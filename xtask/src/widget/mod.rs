//! From sources to the files that are served: parts of `cargo xtask build`.
//! Must never decide what the widget contains, only how it is packed.

pub(crate) mod bindgen;
pub(crate) mod compress;
pub(crate) mod loader;
pub(crate) mod stamp;
