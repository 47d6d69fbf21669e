//! The channels as far as they are known without an endpoint: what is shown when the page names no
//! data centre or nothing can be reached. A test keeps them equal to the built-in policy.

use partner_rules::policy::{Channels, EmailChannel, HelpCenterChannel, WidgetChannel};
use partner_rules::{Dc, Region};

/// Channels by data centre and region, as the source page gives them (facts, section 3).
pub fn channels() -> Channels {
    let com = || vec![Dc::Us, Dc::In, Dc::Au, Dc::Jp];
    let guidelines = || "https://www.zoho.com/partners/guidelines.html".to_owned();
    let partners = || "https://www.zoho.com/partners/".to_owned();
    Channels {
        widget: vec![
            WidgetChannel {
                dcs: com(),
                pages: vec![
                    "https://store.zoho.com/zstore#partnerhome".to_owned(),
                    guidelines(),
                    partners(),
                ],
            },
            WidgetChannel {
                dcs: vec![Dc::Eu],
                pages: vec![
                    "https://store.zoho.eu/zstore#partnerhome".to_owned(),
                    guidelines(),
                    partners(),
                ],
            },
        ],
        help_center: vec![
            HelpCenterChannel {
                dcs: com(),
                url: "https://help.zoho.com".to_owned(),
            },
            HelpCenterChannel {
                dcs: vec![Dc::Eu],
                url: "https://help.zoho.eu".to_owned(),
            },
        ],
        email: vec![
            EmailChannel {
                regions: vec![
                    Region::Us,
                    Region::In,
                    Region::Au,
                    Region::Jp,
                    Region::Sa,
                    Region::Ca,
                ],
                address: "partner-support@zohocorp.com".to_owned(),
            },
            EmailChannel {
                regions: vec![Region::Eu, Region::Uk],
                address: "partner-support@eu.zohocorp.com".to_owned(),
            },
        ],
        phone: Vec::new(),
        chat: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use partner_rules::policy::{DEFAULT_JSON, RawPolicy};

    #[test]
    fn built_in_channels_equal_the_default_policy() {
        let policy: RawPolicy = serde_json::from_str(DEFAULT_JSON).unwrap();
        assert_eq!(super::channels(), policy.channels);
    }
}
