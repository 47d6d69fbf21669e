//! Whatever is given as an origin: refused, or written as browsers send it. What passes for a page of this
//! machine is one for a browser, too.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_endpoint::fuzzing;
use partner_endpoint::loopback::{is_loopback_authority, is_loopback_origin};
use url::{Host, Url};

fuzz_target!(|text: &str| {
    if let Ok(origin) = fuzzing::origin_typed(text) {
        assert_eq!(fuzzing::origin_typed(&origin).unwrap(), origin);
        assert!(origin.starts_with("https://") || origin.starts_with("http://"));
        assert!(origin.bytes().all(|byte| byte.is_ascii_graphic()));
        assert!(
            !origin.contains(['@', '*', '?', '#', '\\', ',']) && origin.matches('/').count() == 2
        );
        let url = Url::parse(&origin).unwrap();
        assert_eq!(url.origin().ascii_serialization(), origin);
    }
    if is_loopback_origin(text) {
        of_this_machine(text);
    }
    if is_loopback_authority(text) {
        of_this_machine(&format!("http://{text}/"));
    }
});

/// A browser goes by what its own parser reads.
fn of_this_machine(text: &str) {
    let Ok(url) = Url::parse(text) else {
        return;
    };
    assert!(url.username().is_empty() && url.password().is_none());
    match url.host() {
        Some(Host::Ipv4(address)) => assert!(address.is_loopback()),
        Some(Host::Ipv6(address)) => assert!(address.is_loopback()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            assert!(
                name == "localhost" || name.ends_with(".localhost"),
                "{name}"
            );
        }
        None => panic!("no host: {text}"),
    }
}
