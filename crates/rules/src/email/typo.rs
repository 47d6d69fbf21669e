//! Slips of the keyboard in the domain. A suggestion that one may ignore, never a correction.

use super::Email;
use super::provider::{WELL_KNOWN, is_public_provider};
use crate::service::within;

/// Endings that are no top-level domain, and what was probably meant. Real ones that look like
/// slips (`.co`, `.cm`, `.om`, `.ne`) are not here.
const ENDINGS: [(&str, &str); 22] = [
    ("c0m", "com"),
    ("cim", "com"),
    ("clm", "com"),
    ("cmo", "com"),
    ("coim", "com"),
    ("comm", "com"),
    ("con", "com"),
    ("conm", "com"),
    ("coom", "com"),
    ("cpm", "com"),
    ("ocm", "com"),
    ("vom", "com"),
    ("xom", "com"),
    ("nett", "net"),
    ("nte", "net"),
    ("ner", "net"),
    ("ogr", "org"),
    ("orgg", "org"),
    ("orh", "org"),
    ("dee", "de"),
    ("euu", "eu"),
    ("inn", "in"),
];

/// The whole address with the domain that was probably meant, in lower case.
pub(super) fn corrected(email: &Email) -> Option<String> {
    let typed = email.domain().to_ascii_lowercase();
    let ended = ending(&typed);
    let domain = ended.as_deref().unwrap_or(&typed);
    let meant = provider(domain).or(ended.as_deref())?;
    let mut address = String::from(email.local());
    address.push('@');
    address.push_str(meant);
    Some(address)
}

fn ending(domain: &str) -> Option<String> {
    let (name, last) = domain.rsplit_once('.')?;
    let (_, meant) = ENDINGS.iter().find(|(slip, _)| *slip == last)?;
    let mut corrected = String::from(name);
    corrected.push('.');
    corrected.push_str(meant);
    Some(corrected)
}

/// The provider whose name is a slip away, if there is exactly one nearest.
fn provider(domain: &str) -> Option<&'static str> {
    if is_public_provider(domain) {
        return None;
    }
    let near = |max| {
        WELL_KNOWN
            .into_iter()
            .filter(move |known| is_slip(domain, known, max))
    };
    let only = |max| {
        let mut found = near(max);
        found.next().filter(|_| found.next().is_none())
    };
    if near(1).next().is_some() {
        only(1)
    } else {
        only(2)
    }
}

/// Two slips only in long names. Short names have real neighbours (`web.de`, `weg.de`): there only
/// two swapped letters count. The first letter is rarely wrong, and `cloud.com` is not
/// `icloud.com`.
fn is_slip(domain: &str, known: &str, max: usize) -> bool {
    let same_start = domain.as_bytes().first() == known.as_bytes().first();
    let Some(slips) = within(domain.as_bytes(), known.as_bytes(), max) else {
        return false;
    };
    let sum = |text: &str| text.bytes().map(u32::from).sum::<u32>();
    match known.len() {
        0..=8 => slips == 1 && domain.len() == known.len() && sum(domain) == sum(known),
        9..=10 => same_start && slips == 1,
        _ => same_start,
    }
}
