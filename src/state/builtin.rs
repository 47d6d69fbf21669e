//! What is known without an endpoint: the channels, shown when the page names no data centre or
//! nothing can be reached, and what an e-mail is checked by. A test keeps it equal to the built-in
//! policy.

use partner_rules::policy::{
    Channels, Commitment, EmailChannel, HelpCenterChannel, Limits, WidgetChannel,
};
use partner_rules::wire::PolicyView;
use partner_rules::{Dc, Field, Policy, Region, Severity};

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

/// The rules without their services: enough to check a form by. It must not be used for verdicts,
/// and what it says of a service means nothing.
pub fn policy() -> Option<Policy> {
    let view = PolicyView {
        version: String::from("-"),
        date: String::from("2026-11-23"),
        dcs: Vec::new(),
        classes: Vec::new(),
        exclusions: Vec::new(),
        commitments: vec![Commitment {
            severity: Severity::S1,
            first_response_h: [1, 3],
            problem_determination_h: [2, 8],
            resolution_h: [24, 48],
        }],
        channels: channels(),
        limits: Limits {
            service_max: 255,
            subject_max: 255,
            description_max: 32_000,
            email_max: 150,
            files_max: 5,
            file_bytes_max: 20_971_520,
        },
        services: Vec::new(),
        required_fields: vec![
            Field::Service,
            Field::OrgId,
            Field::Subject,
            Field::Description,
            Field::SuperadminEmail,
        ],
        demo: false,
    };
    Policy::try_from(view).ok()
}

#[cfg(test)]
mod tests {
    use partner_rules::policy::{DEFAULT_JSON, RawPolicy};

    #[test]
    fn built_in_channels_equal_the_default_policy() {
        let policy: RawPolicy = serde_json::from_str(DEFAULT_JSON).unwrap();
        assert_eq!(super::channels(), policy.channels);
    }

    #[test]
    fn built_in_rules_check_like_the_default_policy() {
        let policy: RawPolicy = serde_json::from_str(DEFAULT_JSON).unwrap();
        let builtin = super::policy().unwrap();
        assert_eq!(*builtin.limits(), policy.limits);
        assert_eq!(builtin.required_fields(), policy.required_fields);
        assert_eq!(builtin.commitments(), policy.commitments);
    }
}
