//! Whatever proxies and callers write about where a call comes from: nobody but a trusted proxy is believed,
//! and what a caller wrote in front of that changes nothing.

#![no_main]

use axum::http::{HeaderMap, HeaderValue, header};
use libfuzzer_sys::fuzz_target;
use partner_endpoint::address::{ClientAddress, Network, Proxies, ProxyHeader};
use partner_endpoint::serve::Peer;
use std::net::IpAddr;

const TRUSTED: [&str; 3] = ["10.0.0.0/8", "fd00::/8", "192.0.2.1"];
const PROXY: Peer = Peer(IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1)));
const STRANGER: Peer = Peer(IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 7)));

fuzz_target!(|text: &str| {
    if let Some(network) = Network::parse(text) {
        assert_eq!(Network::parse(text.trim()), Some(network));
    }
    for header in [ProxyHeader::XForwardedFor, ProxyHeader::Forwarded] {
        let trusted = TRUSTED.iter().filter_map(|network| Network::parse(network));
        let proxies = Proxies {
            trusted: trusted.collect(),
            header,
        };
        let nobody = Proxies {
            trusted: Vec::new(),
            header,
        };
        let headers = |text: &str| {
            let mut headers = HeaderMap::new();
            if let Ok(value) = HeaderValue::from_str(text) {
                headers.append("x-forwarded-for", value.clone());
                headers.append(header::FORWARDED, value);
            }
            headers
        };
        let plain = headers(text);
        let from = |peer: Peer| ClientAddress::from(peer.0);
        assert_eq!(proxies.client(Some(&STRANGER), &plain), from(STRANGER));
        assert_eq!(nobody.client(Some(&PROXY), &plain), from(PROXY));

        let (near, far) = match header {
            ProxyHeader::XForwardedFor => ("198.51.100.1", "198.51.100.2"),
            ProxyHeader::Forwarded => ("for=198.51.100.1", "for=198.51.100.2"),
        };
        let one = proxies.client(Some(&PROXY), &headers(&format!("{near},{text}")));
        let two = proxies.client(Some(&PROXY), &headers(&format!("{far},{near},{text}")));
        assert_eq!(one, two);
        let said: IpAddr = "198.51.100.1".parse().unwrap();
        let without = proxies.client(Some(&PROXY), &plain);
        assert!(one == without || one == ClientAddress::from(said));
    }
});
