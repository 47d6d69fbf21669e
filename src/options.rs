//! `RawOptions -> Options`: what the page wrote on the element becomes what the app works with.
//! Wrong values were already named to the page by the loader; here they simply count as absent.

use partner_rules::{Dc, Region};
use std::rc::Rc;

/// Attribute values as the page wrote them; `None` where the attribute is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawOptions {
    pub dc: Option<String>,
    pub region: Option<String>,
    pub endpoint: Option<String>,
    /// The language that the loader negotiated.
    pub lang: Option<String>,
    pub deep_link: Option<String>,
    pub storage: Option<String>,
    pub launcher: Option<String>,
    pub qa: Option<String>,
}

/// Checked options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// `None`: missing or wrong; then the panel shows the channels, never a form.
    pub dc: Option<Dc>,
    /// The partner's region; the data centre's where the page names none.
    pub region: Option<Region>,
    /// Base URLs without a trailing slash, in order of preference.
    pub endpoints: Rc<[Rc<str>]>,
    pub lang: Rc<str>,
    /// Whether anything may be kept in the browser.
    pub storage: bool,
    /// Whether there is a launcher; without one the page opens the panel itself.
    pub launcher: bool,
    /// Start of the fake clock; honoured only by an endpoint in demo mode.
    pub qa: Option<Rc<str>>,
}

impl From<RawOptions> for Options {
    fn from(raw: RawOptions) -> Self {
        let dc = raw.dc.as_deref().and_then(Dc::parse);
        let region = raw
            .region
            .as_deref()
            .and_then(Region::parse)
            .or(dc.map(Region::from));
        let endpoints = raw
            .endpoint
            .unwrap_or_default()
            .split_ascii_whitespace()
            .filter(|url| names_a_server(url))
            .map(|url| Rc::from(url.trim_end_matches('/')))
            .collect();
        Self {
            dc,
            region,
            endpoints,
            lang: Rc::from(raw.lang.as_deref().unwrap_or("en")),
            storage: raw.storage.as_deref() != Some("off"),
            launcher: raw.launcher.as_deref() != Some("hidden"),
            qa: raw.qa.as_deref().map(Rc::from),
        }
    }
}

/// `https://` alone would lose its slashes and become a path on the page's own server.
fn names_a_server(url: &str) -> bool {
    url.strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .and_then(|rest| rest.bytes().next())
        .is_some_and(|first| !matches!(first, b'/' | b'\\' | b'?' | b'#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(dc: &str, region: &str, endpoint: &str) -> Options {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        RawOptions {
            dc: some(dc),
            region: some(region),
            endpoint: some(endpoint),
            ..RawOptions::default()
        }
        .into()
    }

    #[test]
    fn region_follows_the_data_centre_unless_named() {
        assert_eq!(options("eu", "", "").region, Some(Region::Eu));
        assert_eq!(options("eu", "jp", "").region, Some(Region::Jp));
        assert_eq!(options("", "jp", "").region, Some(Region::Jp));
    }

    #[test]
    fn a_wrong_data_centre_is_none_and_never_a_default() {
        assert_eq!(options("EU", "", "").dc, None);
        assert_eq!(options("cn", "", "").dc, None);
    }

    #[test]
    fn an_endpoint_without_a_server_counts_as_absent() {
        for endpoint in [
            "https://",
            "http:///",
            "https:///v1",
            "https://?a",
            "https://#",
            "https://\\",
        ] {
            assert!(
                options("eu", "", endpoint).endpoints.is_empty(),
                "{endpoint}"
            );
        }
    }

    #[test]
    fn endpoints_keep_their_order_and_lose_trailing_slashes() {
        let found = options(
            "eu",
            "",
            " https://a.example/  http://b.example/base/ ftp://no ",
        );
        let found: Vec<&str> = found.endpoints.iter().map(|url| &**url).collect();
        assert_eq!(found, ["https://a.example", "http://b.example/base"]);
    }
}
