//! Names of this machine, as they stand in `Host` and `Origin`.

use axum::http::uri::Authority;
use std::net::{IpAddr, Ipv6Addr};

/// `localhost`, a name under it, 127.0.0.0/8 or `[::1]`, with or without a port.
pub fn is_loopback_authority(text: &str) -> bool {
    let Ok(authority) = text.parse::<Authority>() else {
        return false;
    };
    // User info has no place in either header.
    if text.contains('@') {
        return false;
    }
    let host = authority.host().trim_end_matches('.').to_ascii_lowercase();
    if host == "localhost" || host.ends_with(".localhost") {
        return true;
    }
    if let Some(inner) = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        return inner.parse() == Ok(Ipv6Addr::LOCALHOST);
    }
    host.parse::<IpAddr>()
        .is_ok_and(|address| address.is_loopback())
}

/// A page of this machine, over http or https, on any port.
pub fn is_loopback_origin(origin: &str) -> bool {
    origin
        .strip_prefix("http://")
        .or_else(|| origin.strip_prefix("https://"))
        .is_some_and(is_loopback_authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_names_are_told_from_those_that_only_look_like_it() {
        for name in [
            "localhost",
            "LOCALHOST:8080",
            "127.0.0.1:1",
            "127.9.9.9",
            "[::1]:80",
            "a.localhost",
        ] {
            assert!(is_loopback_authority(name), "{name}");
        }
        for name in [
            "",
            "localhost.example",
            "127.0.0.1.example",
            "evil@127.0.0.1",
            "[::2]",
            "10.0.0.1",
            "localhost/x",
            "::1",
            "127.1",
        ] {
            assert!(!is_loopback_authority(name), "{name}");
        }
        assert!(is_loopback_origin("http://127.0.0.1:8080"));
        assert!(is_loopback_origin("https://localhost"));
        for origin in [
            "null",
            "file://localhost",
            "http://example.com",
            "127.0.0.1",
            "http://localhost.example",
        ] {
            assert!(!is_loopback_origin(origin), "{origin}");
        }
    }
}
