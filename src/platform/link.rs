//! The page's address: what it names only where the page allows it by `deep-link="on"`; never written.

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

/// The address without query and fragment, which are nobody's business.
pub fn page() -> Rc<str> {
    let page = web_sys::window().and_then(|window| {
        let location = window.location();
        let mut page = location.origin().ok()?;
        page.push_str(&location.pathname().ok()?);
        Some(page)
    });
    // Pages in frames without an origin have no address that anybody could open.
    Rc::from(
        page.filter(|page| page.starts_with("http"))
            .unwrap_or_default(),
    )
}
