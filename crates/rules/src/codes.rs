//! Every code that crosses a boundary. Stable: integrators and QA test against them.
//! Sentences for them live in the catalogues, never here.

mod field;
mod verdict;

pub use field::{Field, OrgIdKind};
pub use verdict::{Change, Metric, Reason, Severity};

use serde::{Deserialize, Serialize};

/// Gives an enum of codes its list and the code as text, for catalogue keys and attributes; the
/// same text that serde writes (a test holds the two together).
macro_rules! coded {
    ($name:ident { $($variant:ident => $code:literal,)+ }) => {
        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code on the wire, in test hooks and in catalogue keys.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }
        }
    };
}
pub(crate) use coded;

/// Why a field cannot be sent as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ViolationCode {
    Required,
    TooLong,
    TooShort,
    ControlCharacter,
    NotDigits,
    LeadingZero,
    /// 16–19 digits: the ID of a record, not of an organisation.
    RecordId,
    Syntax,
    NoDot,
    LabelTooLong,
    LocalTooLong,
    TooManyFiles,
    FileTooLarge,
    FileType,
    UploadExpired,
    UnknownField,
    UnknownValue,
}

coded!(ViolationCode {
    Required => "required",
    TooLong => "too_long",
    TooShort => "too_short",
    ControlCharacter => "control_character",
    NotDigits => "not_digits",
    LeadingZero => "leading_zero",
    RecordId => "record_id",
    Syntax => "syntax",
    NoDot => "no_dot",
    LabelTooLong => "label_too_long",
    LocalTooLong => "local_too_long",
    TooManyFiles => "too_many_files",
    FileTooLarge => "file_too_large",
    FileType => "file_type",
    UploadExpired => "upload_expired",
    UnknownField => "unknown_field",
    UnknownValue => "unknown_value",
});

/// One violation; `limit` is the bound that was broken (characters, digits, bytes or files).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Violation {
    pub field: Field,
    pub code: ViolationCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Something worth a calm remark. Never blocks, never appears among violations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HintCode {
    RegionShape,
    OrgPrefixRemoved,
    UrlExtracted,
    SeparatorsRemoved,
    DigitsConverted,
    InvisibleRemoved,
    LikelyTypo,
    GenericProvider,
    UnlistedService,
    AccountMismatch,
}

coded!(HintCode {
    RegionShape => "region_shape",
    OrgPrefixRemoved => "org_prefix_removed",
    UrlExtracted => "url_extracted",
    SeparatorsRemoved => "separators_removed",
    DigitsConverted => "digits_converted",
    InvisibleRemoved => "invisible_removed",
    LikelyTypo => "likely_typo",
    GenericProvider => "generic_provider",
    UnlistedService => "unlisted_service",
    AccountMismatch => "account_mismatch",
});

/// A hint on a field. `value` is what will be sent (extractions) or what was probably meant
/// (`likely_typo`: the whole corrected address; `unlisted_service`: the name of the nearest listed
/// service, if one is near).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hint {
    pub field: Field,
    pub code: HintCode,
    pub value: Option<String>,
}
