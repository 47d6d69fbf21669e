//! Addresses with values in them.

/// Appends a value to a path unless it is empty.
pub(super) fn parameter(path: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        path.push_str(name);
        path.push_str(&String::from(js_sys::encode_uri_component(value)));
    }
}
