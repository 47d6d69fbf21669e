use super::*;

fn demo() -> RawConfig {
    RawConfig {
        demo: Some(true),
        ..RawConfig::default()
    }
}

fn refused(raw: RawConfig) -> String {
    Config::try_from(raw).expect_err("refused").field
}

#[test]
fn demo_mode_needs_no_settings() {
    let config = Config::try_from(demo()).expect("demo defaults");
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.dcs.len(), 8);
    assert_eq!(config.first_dc, Dc::Eu);
    let limits = config.limits;
    assert_eq!(limits.verify_per_minute.get(), 30 * 20);
    assert_eq!(limits.verify_per_hour.get(), 300 * 20);
    assert_eq!(limits.requests_per_minute.get(), 600 * 20);
    assert_eq!(limits.writes_per_minute.get(), 120 * 20);
    assert_eq!(limits.address_per_minute.get(), 3000 * 20);
    assert_eq!(limits.failures_per_minute.get(), 120 * 20);
    assert_eq!(limits.uploads.files, 200 * 20);
    assert_eq!(limits.uploads.bytes, 20 << 30);
    assert_eq!(limits.feedback_per_hour.get(), 10 * 20);
    assert_eq!(limits.feedback_bytes_per_day, 20 << 30);
    assert_eq!(limits.feedback_retention_days, None, "it is kept");
    assert!(
        config
            .policy
            .classes()
            .iter()
            .all(|class| class.thresholds.len() == 8)
    );
}

#[test]
fn demo_mode_refuses_to_answer_beyond_this_machine() {
    let raw = RawConfig {
        listen: Some("0.0.0.0:8080".to_owned()),
        ..demo()
    };
    assert_eq!(refused(raw), "listen");
}

#[test]
fn a_real_endpoint_must_be_told_its_data_centres_and_audience() {
    assert_eq!(refused(RawConfig::default()), "dcs");
    let raw = RawConfig {
        dcs: Some(vec!["eu".to_owned()]),
        ..RawConfig::default()
    };
    assert_eq!(refused(raw), "audience");
}

#[test]
fn every_wrong_setting_is_named() {
    let dcs = |codes: &[&str]| Some(codes.iter().map(|&code| code.to_owned()).collect());
    assert_eq!(
        refused(RawConfig {
            dcs: dcs(&["mars"]),
            ..demo()
        }),
        "dcs"
    );
    assert_eq!(
        refused(RawConfig {
            dcs: dcs(&["eu", "eu"]),
            ..demo()
        }),
        "dcs"
    );
    assert_eq!(
        refused(RawConfig {
            listen: Some("here".to_owned()),
            ..demo()
        }),
        "listen"
    );
    assert_eq!(
        refused(RawConfig {
            site: Some("no such folder".into()),
            ..demo()
        }),
        "site"
    );
    let store = RawStore {
        database: Some("mysql://x".to_owned()),
        ..RawStore::default()
    };
    assert_eq!(refused(RawConfig { store, ..demo() }), "database");
    let store = RawStore {
        policy: Some("no such file".into()),
        ..RawStore::default()
    };
    assert_eq!(refused(RawConfig { store, ..demo() }), "policy");
    assert_eq!(
        refused(RawConfig {
            trusted_proxies: Some(vec!["10.0.0.0/8".to_owned(), "proxy".to_owned()]),
            ..demo()
        }),
        "trusted_proxies"
    );
    assert_eq!(
        refused(RawConfig {
            proxy_header: Some("via".to_owned()),
            ..demo()
        }),
        "proxy_header"
    );
    let limits = RawLimits {
        verify_per_hour: Some(0),
        ..RawLimits::default()
    };
    assert_eq!(refused(RawConfig { limits, ..demo() }), "verify_per_hour");
    for limits in [
        RawLimits {
            feedback_per_hour: Some(0),
            ..RawLimits::default()
        },
        RawLimits {
            feedback_bytes_per_day: Some(0),
            ..RawLimits::default()
        },
        // A key goes with its feedback, and has to be good for 30 days.
        RawLimits {
            feedback_retention_days: Some(30),
            ..RawLimits::default()
        },
        RawLimits {
            feedback_retention_days: Some(4000),
            ..RawLimits::default()
        },
    ] {
        assert!(refused(RawConfig { limits, ..demo() }).starts_with("feedback_"));
    }
    let limits = RawLimits {
        audit_days: Some(4000),
        ..RawLimits::default()
    };
    assert_eq!(refused(RawConfig { limits, ..demo() }), "audit_days");
    let limits = RawLimits {
        ticket_retention_days: Some(30),
        ..RawLimits::default()
    };
    assert_eq!(
        refused(RawConfig { limits, ..demo() }),
        "ticket_retention_days"
    );
}

#[test]
fn flags_win_over_the_file_and_a_typo_in_it_is_named() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let file = folder.path().join("endpoint.toml");
    std::fs::write(
        &file,
        "port = 9000\naudience = \"group\"\nbody_seconds = 7\ntrusted_proxies = [\"10.0.0.0/8\"]\n",
    )
    .expect("written");
    let flags = RawConfig {
        port: Some(9001),
        ..demo()
    };
    let raw = gather(&flags, Some(&file)).expect("gathered");
    let config = Config::try_from(raw).expect("sound");
    assert_eq!(config.listen.port(), 9001);
    assert_eq!(config.audience, "group");
    assert_eq!(config.limits.body_time.as_secs(), 7);
    assert_eq!(config.proxies.trusted.len(), 1);

    std::fs::write(&file, "prot = 9000\n").expect("written");
    let problem = gather(&demo(), Some(&file))
        .expect_err("refused")
        .to_string();
    assert!(problem.contains("prot"), "{problem}");
}

#[test]
fn database_urls_name_a_file() {
    let file = |url: &str| {
        let raw = RawStore {
            database: Some(url.to_owned()),
            ..RawStore::default()
        };
        match database(&raw, false) {
            Ok(Database::File(file)) => Some(file.to_string_lossy().into_owned()),
            Ok(Database::Server(_)) | Err(_) => None,
        }
    };
    assert_eq!(file("sqlite:a/b.sqlite").as_deref(), Some("a/b.sqlite"));
    assert_eq!(file("sqlite:///a/b.sqlite").as_deref(), Some("/a/b.sqlite"));
    assert_eq!(file("sqlite:"), None);
    assert_eq!(file("a.sqlite"), None);
}

#[test]
fn a_server_has_its_files_in_the_data_folder_and_keeps_its_password_to_itself() {
    let at = |url: &str| RawStore {
        database: Some(url.to_owned()),
        data: Some("kept".into()),
        ..RawStore::default()
    };
    for scheme in ["postgres", "postgresql"] {
        let found = database(
            &at(&format!("{scheme}://ada:secret@db.example/desk")),
            false,
        );
        let Ok(Database::Server(server)) = found else {
            panic!("{scheme}: a server");
        };
        assert_eq!(server.beside(), std::path::Path::new("kept/endpoint"));
    }
    let refusal = database(&at("postgres://ada:secret@[/desk"), false);
    let refusal = refusal.expect_err("no address").to_string();
    assert!(!refusal.contains("secret"), "{refusal}");
}
