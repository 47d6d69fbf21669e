//! Public mail providers: no account owns such a domain (R3).

/// Large enough that a slip towards it is likely; also public.
pub(super) const WELL_KNOWN: [&str; 24] = [
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.de",
    "hotmail.co.uk",
    "hotmail.fr",
    "outlook.com",
    "outlook.de",
    "outlook.fr",
    "live.com",
    "yahoo.com",
    "yahoo.de",
    "yahoo.fr",
    "yahoo.co.in",
    "yahoo.co.jp",
    "yahoo.co.uk",
    "icloud.com",
    "gmx.de",
    "gmx.net",
    "web.de",
    "t-online.de",
    "proton.me",
    "protonmail.com",
    "zohomail.com",
];

/// Public too, but smaller, or so close to other names that a slip could not be told.
const OTHERS: [&str; 44] = [
    "126.com",
    "163.com",
    "aol.com",
    "bigpond.com",
    "fastmail.com",
    "free.fr",
    "freenet.de",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "hey.com",
    "hotmail.es",
    "hotmail.it",
    "hotmail.nl",
    "laposte.net",
    "libero.it",
    "live.de",
    "live.fr",
    "live.nl",
    "mac.com",
    "mail.com",
    "mail.de",
    "mail.ru",
    "me.com",
    "msn.com",
    "naver.com",
    "orange.fr",
    "pm.me",
    "posteo.de",
    "qq.com",
    "rediffmail.com",
    "rocketmail.com",
    "tuta.com",
    "tutanota.com",
    "uol.com.br",
    "wanadoo.fr",
    "yahoo.ca",
    "yahoo.com.au",
    "yahoo.es",
    "yahoo.in",
    "yandex.com",
    "ymail.com",
    "zohomail.eu",
    "zohomail.in",
];

/// Whether anybody can have an address in this domain. ASCII case does not matter.
pub fn is_public_provider(domain: &str) -> bool {
    WELL_KNOWN
        .iter()
        .chain(&OTHERS)
        .any(|known| known.eq_ignore_ascii_case(domain))
}
