//! Where partners can turn (facts, section 3): widget and Help Center by data centre, the rest by
//! region. Places that the source does not name are simply absent: "the source names none".

use crate::place::{Dc, Region};
use serde::{Deserialize, Serialize};

/// All channels of a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Channels {
    pub widget: Vec<WidgetChannel>,
    pub help_center: Vec<HelpCenterChannel>,
    pub email: Vec<EmailChannel>,
    /// Not published; configuration only.
    #[serde(default)]
    pub phone: Vec<ContactChannel>,
    /// Not published; configuration only.
    #[serde(default)]
    pub chat: Vec<ContactChannel>,
}

/// Pages on which the widget is found, for some data centres.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WidgetChannel {
    pub dcs: Vec<Dc>,
    pub pages: Vec<String>,
}

/// The Zoho Help Center of some data centres.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HelpCenterChannel {
    pub dcs: Vec<Dc>,
    pub url: String,
}

/// The e-mail address of some regions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmailChannel {
    pub regions: Vec<Region>,
    pub address: String,
}

/// A phone number or chat address for some regions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactChannel {
    pub regions: Vec<Region>,
    pub contact: String,
}

impl Channels {
    /// Empty when the policy has no widget channel for this data centre.
    pub fn widget_pages(&self, dc: Dc) -> &[String] {
        self.widget
            .iter()
            .find(|c| c.dcs.contains(&dc))
            .map_or(&[], |c| &c.pages)
    }
    pub fn help_center_url(&self, dc: Dc) -> Option<&str> {
        self.help_center
            .iter()
            .find(|c| c.dcs.contains(&dc))
            .map(|c| c.url.as_str())
    }
    pub fn email_address(&self, region: Region) -> Option<&str> {
        self.email
            .iter()
            .find(|c| c.regions.contains(&region))
            .map(|c| c.address.as_str())
    }
}
