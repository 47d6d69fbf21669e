//! Who is signed in, and what that person may do.

use crate::place::Dc;
use crate::policy::Limits;
use serde::{Deserialize, Serialize};

/// `GET /session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    pub user: User,
    pub shop: Shop,
    pub role: Role,
    pub access: Access,
    /// The endpoint's first data centre; the page's `dc` attribute decides where a ticket goes.
    pub dc: Dc,
    pub server_time: String,
    pub limits: Limits,
    pub policy_version: String,
    /// Requests with something new for this user.
    #[serde(default)]
    pub unread: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    pub email: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shop {
    pub id: String,
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Superadmin,
    Member,
}

/// Which tickets a user may see and whether they may file any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Access {
    None,
    Own,
    Company,
}
