//! The table of limits that operators read is the program's.

use clap::{Args, Command};
use partner_endpoint::config::{Limits, RawAttachments, RawLimits};
use partner_endpoint::problem::ProblemCode;
use std::collections::BTreeMap;

const OPERATING: &str = include_str!("../../../../docs/operating.md");
const HEAD: &str = "| limit | default | unit | when it is reached |";

/// The rows by their first column.
fn table() -> BTreeMap<&'static str, [&'static str; 3]> {
    let (_, rows) = OPERATING.split_once(HEAD).expect("the table of limits");
    let rows = rows
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let columns: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [name, default, unit, answer] = columns[..] else {
            panic!("four columns: {row}");
        };
        (name.trim_matches('`'), [default, unit, answer])
    })
    .collect()
}

/// What the program takes when nothing is given.
fn defaults() -> BTreeMap<&'static str, u64> {
    let limits = Limits::try_from(&RawLimits::default()).expect("sound");
    let number = |n: usize| u64::try_from(n).expect("a number");
    BTreeMap::from([
        ("body_max_bytes", number(limits.body_max_bytes)),
        ("body_seconds", limits.body_time.as_secs()),
        ("answer_seconds", limits.answer_time.as_secs()),
        ("upload_seconds", limits.upload_time.as_secs()),
        ("uploads_per_day", u64::from(limits.uploads.files)),
        ("upload_bytes_per_day", limits.uploads.bytes),
        (
            "feedback_per_hour",
            u64::from(limits.feedback_per_hour.get()),
        ),
        ("feedback_bytes_per_day", limits.feedback_bytes_per_day),
        ("connections_max", number(limits.connections_max)),
        ("event_streams_max", number(limits.event_streams_max)),
        ("event_heartbeat_seconds", limits.event_heartbeat.as_secs()),
        (
            "messages_per_ticket",
            u64::from(limits.messages_per_ticket.get()),
        ),
        (
            "requests_per_minute",
            u64::from(limits.requests_per_minute.get()),
        ),
        (
            "writes_per_minute",
            u64::from(limits.writes_per_minute.get()),
        ),
        (
            "address_per_minute",
            u64::from(limits.address_per_minute.get()),
        ),
        (
            "failures_per_minute",
            u64::from(limits.failures_per_minute.get()),
        ),
        (
            "verify_per_minute",
            u64::from(limits.verify_per_minute.get()),
        ),
        ("verify_per_hour", u64::from(limits.verify_per_hour.get())),
        (
            "sign_ins_per_hour",
            u64::from(limits.sign_ins_per_hour.get()),
        ),
        ("audit_days", u64::from(limits.audit_days)),
    ])
}

#[test]
fn every_limit_is_in_the_table_with_its_default_and_what_is_answered() {
    let table = table();
    let known = defaults();
    let settings = RawLimits::augment_args(Command::new("limits"));
    for setting in settings.get_arguments() {
        let name = setting.get_id().as_str();
        let help = setting
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        let row = table
            .get(name)
            .unwrap_or_else(|| panic!("no row for {name}"));
        let [default, unit, answer] = row;
        assert!(!unit.is_empty() && !answer.is_empty(), "{name}");
        match known.get(name) {
            Some(number) => {
                assert_eq!(default.replace(',', ""), number.to_string(), "{name}");
                let said = help.contains(&format!("Default: {number}"));
                // Derived from another setting, and said in words.
                assert!(said || name == "event_streams_max", "{name}: {help}");
            }
            None => {
                let kept = ["feedback_retention_days", "ticket_retention_days"];
                assert!(kept.contains(&name), "{name}");
                assert_eq!(*default, "none", "{name}");
            }
        }
    }
    for name in known.keys() {
        assert!(
            settings
                .get_arguments()
                .any(|setting| setting.get_id() == name),
            "{name}"
        );
    }
}

#[test]
fn the_other_rows_are_settings_or_parts_of_the_policy() {
    let policy: serde_json::Value =
        serde_json::from_str(partner_rules::policy::DEFAULT_JSON).expect("JSON");
    let files = RawAttachments::augment_args(Command::new("files"));
    let limits = RawLimits::augment_args(Command::new("limits"));
    for (name, [default, ..]) in table() {
        if limits
            .get_arguments()
            .any(|setting| setting.get_id() == name)
        {
            continue;
        }
        let number = default.replace(',', "");
        match name.strip_prefix("limits.") {
            Some(field) => assert_eq!(policy["limits"][field].to_string(), number, "{name}"),
            None => {
                let setting = files
                    .get_arguments()
                    .find(|setting| setting.get_id() == name);
                let help = setting
                    .unwrap_or_else(|| panic!("no limit {name}"))
                    .get_help();
                let help = help.map(ToString::to_string).unwrap_or_default();
                assert!(
                    help.contains(&format!("Default: {number}")),
                    "{name}: {help}"
                );
            }
        }
    }
}

#[test]
fn what_is_answered_are_codes_with_their_status() {
    for (name, [_, _, answer]) in table() {
        for code in answer.split('`').skip(1).step_by(2) {
            let known = ProblemCode::ALL.iter().find(|known| known.text() == code);
            let Some(known) = known else { continue };
            let status = format!("{} `{code}`", known.status().as_u16());
            assert!(answer.contains(&status), "{name}: {status}");
        }
    }
    let coded = table()
        .into_values()
        .filter(|[_, _, answer]| answer.contains('`'));
    assert!(coded.count() > 15, "most are answered with a code");
}
