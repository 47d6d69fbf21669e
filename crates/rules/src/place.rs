//! Data centres and partner regions (facts, section 3). Both use the same eight codes and are still
//! different things: widget and Help Center go by data centre, e-mail goes by region.

use serde::{Deserialize, Serialize};

/// The data centre (DC) of the partner's account. There is no default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Dc {
    Us,
    In,
    Au,
    Jp,
    Eu,
    Sa,
    Ca,
    Uk,
}

/// The partner's region, which decides the e-mail address, whatever the data centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Region {
    Us,
    In,
    Au,
    Jp,
    Eu,
    Sa,
    Ca,
    Uk,
}

impl Dc {
    pub const ALL: [Self; 8] = [
        Self::Us,
        Self::In,
        Self::Au,
        Self::Jp,
        Self::Eu,
        Self::Sa,
        Self::Ca,
        Self::Uk,
    ];

    /// The lower-case code used in attributes, on the wire and in policies.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::In => "in",
            Self::Au => "au",
            Self::Jp => "jp",
            Self::Eu => "eu",
            Self::Sa => "sa",
            Self::Ca => "ca",
            Self::Uk => "uk",
        }
    }

    /// Exact lower-case code, nothing else.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dc| dc.code() == code)
    }

    /// Where an account of this data centre signs in (facts, section 6).
    pub const fn sign_in_url(self) -> &'static str {
        match self {
            Self::Us => "https://accounts.zoho.com",
            Self::In => "https://accounts.zoho.in",
            Self::Au => "https://accounts.zoho.com.au",
            Self::Jp => "https://accounts.zoho.jp",
            Self::Eu => "https://accounts.zoho.eu",
            Self::Sa => "https://accounts.zoho.sa",
            Self::Ca => "https://accounts.zohocloud.ca",
            Self::Uk => "https://accounts.zoho.uk",
        }
    }
}

impl Region {
    pub const ALL: [Self; 8] = [
        Self::Us,
        Self::In,
        Self::Au,
        Self::Jp,
        Self::Eu,
        Self::Sa,
        Self::Ca,
        Self::Uk,
    ];

    /// The lower-case code used in attributes, on the wire and in policies.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::In => "in",
            Self::Au => "au",
            Self::Jp => "jp",
            Self::Eu => "eu",
            Self::Sa => "sa",
            Self::Ca => "ca",
            Self::Uk => "uk",
        }
    }

    /// Exact lower-case code, nothing else.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.code() == code)
    }
}

impl From<Dc> for Region {
    /// A page that names no region has the partner's region equal to the data centre.
    fn from(dc: Dc) -> Self {
        match dc {
            Dc::Us => Self::Us,
            Dc::In => Self::In,
            Dc::Au => Self::Au,
            Dc::Jp => Self::Jp,
            Dc::Eu => Self::Eu,
            Dc::Sa => Self::Sa,
            Dc::Ca => Self::Ca,
            Dc::Uk => Self::Uk,
        }
    }
}
