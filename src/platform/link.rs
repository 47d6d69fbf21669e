//! The page's address, read only where the page allows it by `deep-link="on"`; never written.

use std::rc::Rc;

/// Longer than any reference.
const LONGEST: usize = 40;

/// The request named as `#pd-request=…`.
pub fn reference() -> Option<Rc<str>> {
    let hash = web_sys::window()?.location().hash().ok()?;
    let named = hash
        .trim_start_matches('#')
        .split('&')
        .find_map(|part| part.strip_prefix("pd-request="))?;
    // References are letters, digits and hyphens; anything else is not for us to ask for.
    let sound = (1..=LONGEST).contains(&named.len())
        && named
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    sound.then(|| Rc::from(named))
}
