//! Where the agents' desk answers, and under which name.

use super::{ConfigError, error};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use url::{Host, Url};

#[derive(Clone, Debug)]
pub struct DeskConfig {
    pub listen: SocketAddr,
    /// The operator named the address; another one will not do.
    pub named: bool,
    /// Where browsers find it; `None`: under names of this machine, over http.
    pub origin: Option<String>,
    /// Over https: cookies are for secure connections only, and browsers are told to come back that way.
    pub secure: bool,
}

impl DeskConfig {
    /// `endpoint`: where partners' calls are answered.
    pub(super) fn read(
        listen: Option<&str>,
        origin: Option<&str>,
        endpoint: SocketAddr,
        demo: bool,
    ) -> Result<Self, ConfigError> {
        let named = listen.is_some();
        let listen = match listen {
            None => beside(endpoint),
            Some(text) => text
                .parse()
                .map_err(|_| error("desk_listen", "must be ADDR:PORT, such as 127.0.0.1:8081"))?,
        };
        if listen.port() != 0 && listen == endpoint {
            return Err(error("desk_listen", "is where the endpoint answers"));
        }
        let origin = origin.map(parse).transpose()?;
        if !listen.ip().is_loopback() && (demo || origin.is_none()) {
            let problem = if demo {
                "demo mode answers on a loopback address only"
            } else {
                "an address that is not loopback needs `desk_origin`"
            };
            return Err(error("desk_listen", problem));
        }
        if demo && origin.is_some() {
            return Err(error(
                "desk_origin",
                "demo mode answers under loopback names",
            ));
        }
        Ok(Self {
            listen,
            named,
            secure: origin
                .as_ref()
                .is_some_and(|origin| origin.starts_with("https:")),
            origin,
        })
    }
}

/// The next port on this machine; with a free port, another free one.
fn beside(endpoint: SocketAddr) -> SocketAddr {
    let address = match endpoint.ip() {
        ip if ip.is_loopback() => ip,
        IpAddr::V4(_) | IpAddr::V6(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
    };
    let port = match endpoint.port() {
        0 => 0,
        port => port.checked_add(1).unwrap_or(0),
    };
    SocketAddr::new(address, port)
}

/// As browsers write it.
fn parse(text: &str) -> Result<String, ConfigError> {
    let wrong = |problem: &str| error("desk_origin", problem);
    let url = Url::parse(text).map_err(|_| wrong("must be such as https://desk.example"))?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !bare || !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("must be scheme, host and port and nothing else"));
    }
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => {}
        "http" if here => {}
        _ => return Err(wrong("must be https, or a name of this machine over http")),
    }
    Ok(url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        listen: Option<&str>,
        origin: Option<&str>,
        endpoint: &str,
        demo: bool,
    ) -> Result<DeskConfig, String> {
        let endpoint = endpoint.parse().expect("address");
        DeskConfig::read(listen, origin, endpoint, demo).map_err(|cause| cause.to_string())
    }

    #[test]
    fn the_desk_is_on_the_next_port_of_this_machine() {
        for (endpoint, expected) in [
            ("127.0.0.1:8080", "127.0.0.1:8081"),
            ("[::1]:8080", "[::1]:8081"),
            ("0.0.0.0:80", "127.0.0.1:81"),
            ("127.0.0.1:0", "127.0.0.1:0"),
            ("127.0.0.1:65535", "127.0.0.1:0"),
        ] {
            let desk = read(None, None, endpoint, false).expect("sound");
            assert_eq!(desk.listen.to_string(), expected);
            assert!(!desk.secure && !desk.named && desk.origin.is_none());
        }
    }

    #[test]
    fn https_is_required_as_soon_as_it_leaves_the_machine() {
        let desk = read(
            Some("10.0.0.1:1"),
            Some("HTTPS://Desk.Example:443/"),
            "127.0.0.1:80",
            false,
        );
        let desk = desk.expect("sound");
        assert_eq!(desk.origin.as_deref(), Some("https://desk.example"));
        assert!(desk.secure && desk.named);
        let local = read(None, Some("http://localhost:99"), "127.0.0.1:80", false);
        assert!(!local.expect("sound").secure);
        for (listen, origin, demo, field) in [
            (Some("10.0.0.1:1"), None, false, "desk_listen"),
            (
                Some("10.0.0.1:1"),
                Some("http://desk.example"),
                false,
                "desk_origin",
            ),
            (Some("127.0.0.1:80"), None, false, "desk_listen"),
            (Some("desk"), None, false, "desk_listen"),
            (
                Some("10.0.0.1:1"),
                Some("https://desk.example"),
                true,
                "desk_listen",
            ),
            (None, Some("https://desk.example"), true, "desk_origin"),
            (None, Some("https://desk.example/a"), false, "desk_origin"),
            (None, Some("https://a@desk.example"), false, "desk_origin"),
            (None, Some("ftp://desk.example"), false, "desk_origin"),
            (None, Some("desk.example"), false, "desk_origin"),
        ] {
            let refusal = read(listen, origin, "127.0.0.1:80", demo).expect_err("refused");
            assert!(refusal.contains(&format!("`{field}`")), "{refusal}");
        }
    }
}
