//! The keys of the catalogue, generated from `static/locales/en.json` by `build.rs`: a key that the
//! catalogue does not have does not compile.

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

impl Key {
    /// The name in the catalogue files.
    pub fn name(self) -> &'static str {
        NAMES.get(self as usize).copied().unwrap_or("")
    }

    /// The key with this name.
    pub fn named(name: &str) -> Option<Self> {
        // NAMES is sorted, as `build.rs` writes it.
        NAMES
            .binary_search(&name)
            .ok()
            .and_then(|index| Self::ALL.get(index))
            .copied()
    }
}
