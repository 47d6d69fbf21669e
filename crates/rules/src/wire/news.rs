//! What somebody has seen of what is new.

use serde::{Deserialize, Serialize};

/// The body of `PUT /tickets/{reference}/seen`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SeenUntil {
    /// RFC 3339: the newest of what was shown.
    pub until: String,
}

/// Its answer: requests in sight with something new for the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unread {
    pub unread: u32,
}
