//! Codes are stable, and the same as text, on the wire and in lists.

use partner_rules::{
    Account, Change, Field, HintCode, Metric, OrgIdKind, Outcome, Reason, Severity, ViolationCode,
};
use serde::Serialize;

fn on_the_wire(code: impl Serialize) -> String {
    serde_json::to_value(code)
        .unwrap_or_default()
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

macro_rules! same_everywhere {
    ($($name:ident)+) => {
        $(for code in $name::ALL {
            assert_eq!(on_the_wire(code), code.code(), stringify!($name));
        })+
    };
}

#[test]
fn a_code_is_the_same_as_text_and_on_the_wire() {
    same_everywhere!(
        Account Change HintCode Metric OrgIdKind Outcome Reason Severity ViolationCode
    );
}

#[test]
fn the_codes_of_the_contract_are_all_there() {
    let codes: Vec<_> = ViolationCode::ALL.iter().map(|code| code.code()).collect();
    let contract = "required too_long too_short control_character not_digits leading_zero record_id \
        syntax no_dot label_too_long local_too_long too_many_files file_too_large file_type \
        upload_expired unknown_field unknown_value";
    assert_eq!(codes.join(" "), contract);
    let hints: Vec<_> = HintCode::ALL.iter().map(|code| code.code()).collect();
    let contract = "region_shape org_prefix_removed url_extracted separators_removed \
        digits_converted invisible_removed likely_typo generic_provider unlisted_service \
        account_mismatch";
    assert_eq!(hints.join(" "), contract);
}

#[test]
fn fields_are_found_by_their_names_on_the_wire() {
    for field in Field::ALL {
        assert_eq!(Field::from_wire_name(field.wire_name()), Some(field));
    }
    assert_eq!(Field::from_wire_name("uploads"), Some(Field::Attachments));
    assert_eq!(Field::from_wire_name("attachments"), None);
}
