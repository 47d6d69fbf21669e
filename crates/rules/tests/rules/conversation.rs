//! Replies and reasons as texts.

use crate::support::policy;
use partner_rules::ViolationCode;
use partner_rules::conversation::{REASON_MAX, Wrong, reason, reply};
use partner_rules::wire::{NewReply, StatusChange};
use serde_json::json;

const fn flaw<T>(code: ViolationCode, limit: Option<u32>) -> Result<T, Wrong> {
    Err((code, limit))
}

#[test]
fn a_reply_is_checked_as_a_description_is() {
    let policy = policy();
    let limits = policy.limits();
    let max = limits.description_max;
    let fits = "ä".repeat(max as usize);
    assert_eq!(
        reply(" a\r\nb\tc \n", limits),
        Ok("a\nb\tc".to_owned()),
        "trimmed, with the line ends of HTML"
    );
    assert_eq!(reply(&format!(" {fits} "), limits), Ok(fits.clone()));
    assert_eq!(
        reply(&format!("{fits}x"), limits),
        flaw(ViolationCode::TooLong, Some(max))
    );
    for blank in ["", " \n", "\u{200B}"] {
        assert_eq!(reply(blank, limits), flaw(ViolationCode::Required, None));
    }
    assert_eq!(
        reply("a\0", limits),
        flaw(ViolationCode::ControlCharacter, None)
    );
}

#[test]
fn a_reason_may_be_missing() {
    let fits = "r".repeat(REASON_MAX as usize);
    assert_eq!(reason(" \u{200B}\n"), Ok(None));
    assert_eq!(reason(" solved \r\n"), Ok(Some("solved".to_owned())));
    assert_eq!(reason(&fits), Ok(Some(fits.clone())));
    assert_eq!(
        reason(&format!("{fits}r")),
        flaw(ViolationCode::TooLong, Some(REASON_MAX))
    );
    assert_eq!(
        reason("a\u{7}"),
        flaw(ViolationCode::ControlCharacter, None)
    );
}

#[test]
fn bodies_leave_out_what_is_not_given() {
    let bare = NewReply {
        text: "t".to_owned(),
        uploads: Vec::new(),
    };
    assert_eq!(serde_json::to_value(bare).unwrap(), json!({"text": "t"}));
    let change = StatusChange::default();
    assert_eq!(serde_json::to_value(change).unwrap(), json!({}));
    let unknown = json!({"reason": "r", "status": "closed"});
    assert!(serde_json::from_value::<StatusChange>(unknown).is_err());
}
