//! Settings that are taken, and those that are not.

use super::*;

fn text(word: &str) -> Option<String> {
    Some(word.to_owned())
}

fn sound() -> RawRelay {
    RawRelay {
        relay_org_id: text("20090000001"),
        relay_department_id: text("51000000000001"),
        relay_dc: text("eu"),
        relay_client_id: text("1000.CLIENT"),
        relay_client_secret: Some("hush".into()),
        relay_refresh_token: Some("1000.hush".into()),
        relay_field_customer_email: text("cf_customer_email"),
        relay_field_service: text("cf_service"),
        relay_field_org_id: text("cf_org_id"),
        relay_field_org_id_kind: text("cf_org_id_kind"),
        relay_field_reference: text("cf_reference"),
        ..RawRelay::default()
    }
}

fn read(raw: &RawRelay) -> Result<RelayConfig, String> {
    match RelayConfig::read(raw, &[Dc::Eu, Dc::Uk]) {
        Ok(Some(config)) => Ok(config),
        Ok(None) => Err("off".to_owned()),
        Err(problem) => Err(problem.field),
    }
}

fn refused(change: impl FnOnce(&mut RawRelay)) -> String {
    let mut raw = sound();
    change(&mut raw);
    read(&raw).err().unwrap_or_else(|| "taken".to_owned())
}

#[test]
fn the_relay_is_off_until_something_about_it_is_said() {
    assert_eq!(read(&RawRelay::default()).err(), text("off"));
    assert_eq!(refused(|raw| raw.relay_org_id = None), "relay_org_id");
}

#[test]
fn hosts_follow_from_the_data_centre_where_they_are_known() {
    let config = read(&sound()).expect("sound");
    assert_eq!(config.desk_url, "https://desk.zoho.eu");
    assert_eq!(config.accounts_url, "https://accounts.zoho.eu");
    assert!(!config.write_verdict);
    let uk = |raw: &mut RawRelay| raw.relay_dc = text("uk");
    assert_eq!(refused(uk), "relay_desk_url");
    let mut named = sound();
    uk(&mut named);
    named.relay_desk_url = text("https://desk.zoho.uk/");
    let config = read(&named).expect("sound");
    assert_eq!(config.desk_url, "https://desk.zoho.uk");
    assert_eq!(config.accounts_url, "https://accounts.zoho.uk");
}

#[test]
fn what_is_missing_or_wrong_is_named() {
    type Change = fn(&mut RawRelay);
    let cases: [(Change, &str); 14] = [
        (|raw| raw.relay_dc = None, "relay_dc"),
        (|raw| raw.relay_dc = text("us"), "relay_dc"),
        (
            |raw| raw.relay_department_id = text("Partners"),
            "relay_department_id",
        ),
        (|raw| raw.relay_client_id = text(" "), "relay_client_id"),
        (|raw| raw.relay_client_secret = None, "relay_client_secret"),
        (|raw| raw.relay_refresh_token = None, "relay_refresh_token"),
        (
            |raw| raw.relay_field_reference = None,
            "relay_field_reference",
        ),
        (
            |raw| raw.relay_field_service = text("service"),
            "relay_field_service",
        ),
        (
            |raw| raw.relay_field_service = text("cf_a:b"),
            "relay_field_service",
        ),
        (
            |raw| raw.relay_field_flag = text("cf_service"),
            "relay_field_flag",
        ),
        (
            |raw| raw.relay_write_verdict = Some(true),
            "relay_write_verdict",
        ),
        (|raw| raw.relay_calls_max = Some(0), "relay_calls_max"),
        (|raw| raw.relay_calls_max = Some(26), "relay_calls_max"),
        (
            |raw| raw.relay_settling_seconds = Some(0),
            "relay_settling_seconds",
        ),
    ];
    for (change, field) in cases {
        assert_eq!(refused(change), field);
    }
}

#[test]
fn tokens_and_texts_travel_encrypted_or_not_at_all() {
    for (url, taken) in [
        ("https://desk.example", true),
        ("http://127.0.0.1:9000", true),
        ("http://localhost:9000", true),
        ("http://desk.example", false),
        ("https://desk.example/portal", false),
        ("https://user:word@desk.example", false),
        ("desk.example", false),
    ] {
        let said = refused(|raw| raw.relay_desk_url = text(url));
        assert_eq!(said == "taken", taken, "{url}: {said}");
    }
    let shown = format!("{:?}", read(&sound()).expect("sound"));
    assert!(!shown.contains("hush"), "{shown}");
    assert!(!format!("{:?}", sound()).contains("hush"));
}
