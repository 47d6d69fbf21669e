//! Whatever stands in a configuration file: an error that names a setting, or settings that work and stay
//! the same when they are written out. No file that it names is opened here.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_endpoint::config::Config;
use partner_endpoint::fuzzing;

fuzz_target!(|text: &str| {
    let mut raw = match fuzzing::settings(text) {
        Ok(raw) => raw,
        Err(error) => {
            assert!(!error.field.is_empty() && !error.problem.is_empty());
            return;
        }
    };
    let written = toml::to_string(&raw).unwrap();
    let again = fuzzing::settings(&written).unwrap();
    assert_eq!(format!("{again:?}"), format!("{raw:?}"));

    raw.store.policy = None;
    raw.site = None;
    match Config::try_from(raw) {
        Err(error) => assert!(!error.field.is_empty() && !error.problem.is_empty()),
        Ok(config) => {
            assert_eq!(config.dcs.first(), Some(&config.first_dc));
            assert!(config.dcs.len() <= 8 && !config.audience.trim().is_empty());
            assert!(config.demo.is_none() || config.listen.ip().is_loopback());
            assert!(config.limits.body_max_bytes > 0 && config.limits.connections_max > 0);
            assert!(!config.limits.body_time.is_zero() && !config.limits.answer_time.is_zero());
            assert!(config.limits.uploads.files > 0 && config.limits.uploads.bytes > 0);
            assert!(config.database.file_name().is_some());
        }
    }
});
