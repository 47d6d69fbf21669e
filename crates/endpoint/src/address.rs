//! Whose address a call comes from. A proxy's word is taken only from proxies that the operator trusts,
//! and only in the one header that they write: callers can write both themselves.

use crate::serve::Peer;
use axum::http::{HeaderMap, HeaderName, header};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What is counted as one: an IPv4 address, or the /64 that one household or machine gets of IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(IpAddr);

/// A network such as 10.0.0.0/8, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    base: u128,
    bits: u32,
    v4: bool,
}

/// The header in which trusted proxies say whom they speak for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProxyHeader {
    #[default]
    XForwardedFor,
    /// RFC 7239.
    Forwarded,
}

#[derive(Clone, Debug, Default)]
pub struct Proxies {
    pub trusted: Vec<Network>,
    pub header: ProxyHeader,
}

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

impl Proxies {
    /// The nearest address on the way here that is no trusted proxy.
    pub fn client(&self, peer: Option<&Peer>, headers: &HeaderMap) -> ClientAddress {
        let mut address = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
        for hop in self.hops(headers) {
            if !self.trusts(address) {
                break;
            }
            match hop {
                Some(before) => address = before,
                // A trusted proxy said something that is no address: it is as far as we can see.
                None => break,
            }
        }
        ClientAddress::from(address)
    }

    /// Whether a call comes straight from a proxy that is believed.
    pub fn vouches(&self, peer: Option<&Peer>) -> bool {
        peer.is_some_and(|peer| self.trusts(peer.0))
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.holds(address))
    }

    /// From the nearest to the farthest.
    fn hops(&self, headers: &HeaderMap) -> Vec<Option<IpAddr>> {
        if self.trusted.is_empty() {
            return Vec::new();
        }
        let (name, read): (_, fn(&str) -> Option<IpAddr>) = match self.header {
            ProxyHeader::XForwardedFor => (X_FORWARDED_FOR, host),
            ProxyHeader::Forwarded => (header::FORWARDED, forwarded_for),
        };
        let mut hops: Vec<Option<IpAddr>> = headers
            .get_all(name)
            .iter()
            .flat_map(|value| value.to_str().unwrap_or_default().split(','))
            .map(|hop| read(hop.trim()))
            .collect();
        hops.reverse();
        hops
    }
}

impl From<IpAddr> for ClientAddress {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(v4) => IpAddr::V4(v4),
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (!0 << 64))),
        })
    }
}

impl Network {
    /// `10.0.0.0/8`, `fd00::/8`, `192.0.2.1`.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.trim().split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u32>().ok()?)),
            None => (text.trim(), None),
        };
        let (base, width, v4) = number(address.parse().ok()?);
        let bits = bits.unwrap_or(width);
        (bits <= width).then_some(Self { base, bits, v4 })
    }

    fn holds(self, address: IpAddr) -> bool {
        let (number, width, v4) = number(address);
        let shift = width.saturating_sub(self.bits);
        // All bits may differ in a network of length 0, and a shift by 128 is none.
        v4 == self.v4
            && (number ^ self.base)
                .checked_shr(shift)
                .is_none_or(|differing| differing == 0)
    }
}

/// As a number, how many bits that has, and whether it is IPv4, also as mapped into IPv6.
fn number(address: IpAddr) -> (u128, u32, bool) {
    match address.to_canonical() {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()), 32, true),
        IpAddr::V6(v6) => (v6.to_bits(), 128, false),
    }
}

/// The `for` of one element of `Forwarded`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        name.eq_ignore_ascii_case("for")
            .then(|| host(value.trim().trim_matches('"')))?
    })
}

/// An address with or without port, IPv6 with or without brackets.
fn host(text: &str) -> Option<IpAddr> {
    if let Some(rest) = text.strip_prefix('[') {
        return rest.split_once(']')?.0.parse().ok();
    }
    text.parse().ok().or_else(|| {
        let (address, _port) = text.rsplit_once(':')?;
        address.parse::<Ipv4Addr>().ok().map(IpAddr::V4)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(header: ProxyHeader, trusted: &[&str], peer: &str, value: &str) -> ClientAddress {
        let proxies = Proxies {
            trusted: trusted
                .iter()
                .map(|network| Network::parse(network).expect("network"))
                .collect(),
            header,
        };
        let mut headers = HeaderMap::new();
        // Every proxy may add a line of its own.
        for line in value.split('|').filter(|line| !line.is_empty()) {
            headers.append(X_FORWARDED_FOR, line.parse().expect("value"));
            headers.append(header::FORWARDED, line.parse().expect("value"));
        }
        let peer = Peer(peer.parse().expect("address"));
        proxies.client(Some(&peer), &headers)
    }

    fn is(text: &str) -> ClientAddress {
        ClientAddress::from(text.parse::<IpAddr>().expect("address"))
    }

    #[test]
    fn nobody_is_believed_unless_trusted() {
        let x = ProxyHeader::XForwardedFor;
        assert_eq!(client(x, &[], "192.0.2.1", "198.51.100.7"), is("192.0.2.1"));
        assert_eq!(
            client(x, &["10.0.0.0/8"], "192.0.2.1", "198.51.100.7"),
            is("192.0.2.1")
        );
        assert_eq!(
            client(x, &["10.0.0.0/8"], "10.1.2.3", "198.51.100.7"),
            is("198.51.100.7")
        );
    }

    #[test]
    fn only_what_trusted_proxies_added_counts() {
        let x = ProxyHeader::XForwardedFor;
        let trusted = ["10.0.0.0/8", "::1"];
        for (value, expected) in [
            ("203.0.113.9, 198.51.100.7", "198.51.100.7"),
            ("203.0.113.9|198.51.100.7, 10.9.9.9", "198.51.100.7"),
            ("198.51.100.7:4711", "198.51.100.7"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("198.51.100.7, nonsense", "::1"),
            ("", "::1"),
            ("10.0.0.1", "10.0.0.1"),
        ] {
            assert_eq!(client(x, &trusted, "::1", value), is(expected), "{value}");
        }
    }

    #[test]
    fn the_standard_header_is_read_when_it_is_the_one() {
        let standard = ProxyHeader::Forwarded;
        for (value, expected) in [
            ("for=198.51.100.7;proto=https", "198.51.100.7"),
            (
                "for=203.0.113.9, proto=https;For=\"[2001:db8::1]:4711\"",
                "2001:db8::1",
            ),
            ("for=_hidden", "10.0.0.1"),
            ("198.51.100.7", "10.0.0.1"),
        ] {
            let found = client(standard, &["10.0.0.1"], "10.0.0.1", value);
            assert_eq!(found, is(expected), "{value}");
        }
    }

    #[test]
    fn ipv6_is_counted_by_its_network_and_mapped_ipv4_as_ipv4() {
        assert_eq!(is("2001:db8::1"), is("2001:db8::ffff:1"));
        assert_ne!(is("2001:db8::1"), is("2001:db8:0:1::1"));
        assert_eq!(is("::ffff:192.0.2.1"), is("192.0.2.1"));
        assert_ne!(is("192.0.2.1"), is("192.0.2.2"));
    }

    #[test]
    fn networks_are_read_with_their_length() {
        for text in ["0.0.0.0/0", "::/0", "10.0.0.0/8", "fd00::/8", "192.0.2.1"] {
            assert!(Network::parse(text).is_some(), "{text}");
        }
        for text in [
            "",
            "10.0.0.0/33",
            "::/129",
            "10.0.0/8",
            "proxy",
            "10.0.0.0/-1",
        ] {
            assert!(Network::parse(text).is_none(), "{text}");
        }
        let all = Network::parse("0.0.0.0/0").expect("network");
        assert!(all.holds("192.0.2.1".parse().expect("address")));
        assert!(!all.holds("2001:db8::1".parse().expect("address")));
        let every = Network::parse("::/0").expect("network");
        assert!(every.holds("2001:db8::1".parse().expect("address")));
    }
}
