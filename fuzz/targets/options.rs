//! Whatever a page writes on the element (attributes separated by U+001E): options that lead somewhere, and
//! that are the same when they are written out.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_desk::options::{Options, RawOptions};
use url::Url;

fuzz_target!(|text: &str| {
    let mut attributes = text.split('\u{1E}');
    let mut attribute = || attributes.next().map(str::to_owned);
    let raw = RawOptions {
        dc: attribute(),
        region: attribute(),
        endpoint: attribute(),
        lang: attribute(),
        deep_link: attribute(),
        qa: attribute(),
    };
    let options = Options::from(raw.clone());
    assert!(options.dc.is_none() || options.region.is_some());
    let page = Url::parse("https://page.example/folder/").unwrap();
    for endpoint in &*options.endpoints {
        assert!(!endpoint.ends_with('/') && !endpoint.contains(|c: char| c.is_ascii_whitespace()));
        // As the browser reads it: never an address on the page's own server.
        if let Ok(call) = page.join(&format!("{endpoint}/v1/policy")) {
            assert!(
                call.host_str()
                    .is_some_and(|host| host != "page.example" || text.contains("page.example"))
            );
        }
    }
    let again = Options::from(RawOptions {
        dc: options.dc.map(|dc| dc.code().to_owned()),
        region: options.region.map(|region| region.code().to_owned()),
        endpoint: Some(options.endpoints.join(" ")),
        lang: Some(options.lang.to_string()),
        deep_link: None,
        qa: options.qa.as_deref().map(str::to_owned),
    });
    assert_eq!(again, options);
});
