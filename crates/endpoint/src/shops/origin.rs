//! Origins as operators type them, brought into the form in which browsers send them.

use super::ShopsError;
use url::{Host, Url};

/// `HTTPS://Shop.Example:443/` → `https://shop.example`. Scheme, host and port only.
pub(crate) fn normalise(text: &str) -> Result<String, ShopsError> {
    let refuse = |problem| ShopsError::Origin {
        origin: text.to_owned(),
        problem,
    };
    let url = Url::parse(text.trim())
        .map_err(|_| refuse("write scheme and host, such as https://partner.example"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refuse("the scheme must be https or http"));
    }
    if !url.username().is_empty() || url.password().is_some() || text.contains('@') {
        return Err(refuse("an origin has no user name"));
    }
    // A blank path is indistinguishable from "/" and as harmless; anything else is not what is meant.
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("an origin has no path, query or fragment"));
    }
    if matches!(url.host(), Some(Host::Domain(name)) if !is_name(name)) {
        return Err(refuse("the host must be one name; there are no wildcards"));
    }
    Ok(url.origin().ascii_serialization())
}

/// The parser has turned it into ASCII and lower case already.
fn is_name(host: &str) -> bool {
    !host.is_empty()
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_written_as_browsers_send_them() {
        for (typed, sent) in [
            ("https://shop.example", "https://shop.example"),
            (" HTTPS://Shop.Example:443/ ", "https://shop.example"),
            ("http://shop.example:80", "http://shop.example"),
            ("http://shop.example:8080", "http://shop.example:8080"),
            ("https://shop.example:80", "https://shop.example:80"),
            ("https://müller.example", "https://xn--mller-kva.example"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("http://127.1", "http://127.0.0.1"),
        ] {
            assert_eq!(normalise(typed).expect("sound"), sent, "{typed}");
        }
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        for typed in [
            "",
            "null",
            "*",
            "shop.example",
            "https://",
            "https://*.shop.example",
            "https://shop.example/desk",
            "https://shop.example/?a",
            "https://shop.example/#a",
            "https://ada@shop.example",
            "https://@shop.example",
            "https://shop.example:99999",
            "ftp://shop.example",
            "file:///etc/passwd",
            "chrome-extension://abcdef",
            "https://a.example https://b.example",
        ] {
            assert!(normalise(typed).is_err(), "{typed}");
        }
    }
}
