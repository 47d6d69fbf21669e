//! What a shop's super administrators grant its users, and who changed that.

use super::{Access, Role};
use serde::{Deserialize, Serialize};

/// A row of `GET /access`, and the answer to `PUT /access/{email}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessUser {
    pub email: String,
    /// `null`: never seen.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub name: Option<String>,
    /// As the user's last token had it; `null`: never seen.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub role: Option<Role>,
    /// What holds in the end.
    pub access: Access,
    /// Whether somebody granted it by name; if not, it follows the shop's default.
    pub granted: bool,
    /// When it was granted.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub updated_at: Option<String>,
}

/// The body of `PUT /access/{email}`; body and answer of `/access-default`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccessLevel {
    pub access: Access,
}

/// A row of `GET /access-log`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessChange {
    pub at: String,
    /// Address of the super administrator; `null`: the endpoint's operator.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub by: Option<String>,
    /// Whose access; `null`: the default.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub email: Option<String>,
    /// What held before.
    pub from: Access,
    pub to: Access,
}
