//! What somebody who said something about a translation gets back.

use serde::{Deserialize, Serialize};

/// 201 of `POST /translation-feedback`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedbackReceipt {
    /// `TF-000001`.
    pub reference: String,
    pub created_at: String,
}
