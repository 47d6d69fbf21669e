use super::*;
use proptest::prelude::*;

fn calendar(hours: &[&str], zone: &str, holidays: &[&str]) -> Calendar {
    let texts = |given: &[&str]| Some(given.iter().map(|text| (*text).to_owned()).collect());
    let raw = RawCalendar {
        working_hours: texts(hours),
        time_zone: Some(zone.to_owned()),
        holidays: texts(holidays).filter(|days: &Vec<String>| !days.is_empty()),
    };
    Calendar::try_from(&raw).expect("sound")
}

fn at(text: &str) -> Timestamp {
    let instant: jiff::Timestamp = text.parse().expect("an instant");
    Timestamp::from_millis(instant.as_millisecond())
}

fn berlin() -> Calendar {
    calendar(&["mon-fri 09:00-17:00"], "Europe/Berlin", &["2026-12-25"])
}

#[test]
fn round_the_clock_every_hour_counts() {
    let start = at("2026-03-28T23:30:00Z");
    assert_eq!(
        add_hours(start, 3, &Calendar::default()),
        at("2026-03-29T02:30:00Z")
    );
}

#[test]
fn hours_go_on_when_work_goes_on() {
    for (start, hours, end) in [
        // A Thursday in winter: Berlin is one hour ahead.
        ("2026-11-26T09:00:00Z", 3, "2026-11-26T12:00:00Z"),
        // Ends with the day, not on the next morning.
        ("2026-11-26T09:00:00Z", 7, "2026-11-26T16:00:00Z"),
        ("2026-11-26T09:00:00Z", 8, "2026-11-27T09:00:00Z"),
        // Before work, after work, at the weekend.
        ("2026-11-26T03:00:00Z", 1, "2026-11-26T09:00:00Z"),
        ("2026-11-27T20:00:00Z", 1, "2026-11-30T09:00:00Z"),
        ("2026-11-28T12:00:00Z", 9, "2026-12-01T09:00:00Z"),
        // Over Christmas, a Friday, and the weekend after it.
        ("2026-12-24T15:00:00Z", 2, "2026-12-28T09:00:00Z"),
        // 48 working hours are six days of eight.
        ("2026-11-23T08:00:00Z", 48, "2026-11-30T16:00:00Z"),
        // No hour is no time.
        ("2026-11-28T12:00:00Z", 0, "2026-11-28T12:00:00Z"),
    ] {
        assert_eq!(
            add_hours(at(start), hours, &berlin()).rfc3339(),
            at(end).rfc3339(),
            "{start} {hours}"
        );
    }
}

#[test]
fn days_on_which_clocks_change_are_as_long_as_they_are() {
    let daily = calendar(&["daily 00:00-24:00"], "Europe/Berlin", &[]);
    let nights = calendar(&["daily 01:00-04:00"], "Europe/Berlin", &[]);
    for (calendar, start, hours, end) in [
        // 29 March 2026 has 23 hours, 25 October 25.
        (&daily, "2026-03-28T23:00:00Z", 24, "2026-03-29T23:00:00Z"),
        (&nights, "2026-03-29T00:00:00Z", 2, "2026-03-29T02:00:00Z"),
        (&nights, "2026-03-29T00:00:00Z", 3, "2026-03-30T00:00:00Z"),
        (&nights, "2026-10-24T23:00:00Z", 4, "2026-10-25T03:00:00Z"),
        (&nights, "2026-10-24T23:00:00Z", 5, "2026-10-26T01:00:00Z"),
    ] {
        assert_eq!(
            add_hours(at(start), hours, calendar).rfc3339(),
            at(end).rfc3339(),
            "{start} {hours}"
        );
    }
    // What begins in an hour that clocks skip begins after it, and nothing counts twice.
    let split = calendar_with_a_gap();
    assert_eq!(
        add_hours(at("2026-03-29T00:00:00Z"), 1, &split),
        at("2026-03-29T02:00:00Z")
    );
}

/// Two spans that fall on the same hour on 29 March 2026.
fn calendar_with_a_gap() -> Calendar {
    calendar(
        &["sun 02:00-03:00", "sun 03:00-04:00"],
        "Europe/Berlin",
        &[],
    )
}

#[test]
fn breaks_and_days_that_differ_are_written_one_by_one() {
    let shop = calendar(
        &[
            "mon-fri 09:00-12:00",
            "mon-thu 13:00-17:00",
            "sat-sun 10:00-11:00",
        ],
        "UTC",
        &[],
    );
    for (start, hours, end) in [
        ("2026-11-26T11:00:00Z", 2, "2026-11-26T14:00:00Z"),
        ("2026-11-27T11:00:00Z", 2, "2026-11-28T11:00:00Z"),
        ("2026-11-28T10:30:00Z", 1, "2026-11-29T10:30:00Z"),
    ] {
        assert_eq!(add_hours(at(start), hours, &shop), at(end), "{start}");
    }
}

#[test]
fn what_cannot_be_meant_is_refused() {
    for (hours, zone, holidays, field) in [
        (None, Some("Europe/Berlin"), None, "time_zone"),
        (None, None, Some("2026-12-25"), "holidays"),
        (Some("mon 09:00-17:00"), None, None, "time_zone"),
        (
            Some("mon 09:00-17:00"),
            Some("Europe/Nowhere"),
            None,
            "time_zone",
        ),
        (
            Some("mon 09:00-17:00"),
            Some("UTC"),
            Some("25.12.2026"),
            "holidays",
        ),
        (
            Some("mon 09:00-17:00"),
            Some("UTC"),
            Some("2026-02-30"),
            "holidays",
        ),
        (Some(""), Some("UTC"), None, "working_hours"),
        (Some("mon"), Some("UTC"), None, "working_hours"),
        (Some("mon 17:00-09:00"), Some("UTC"), None, "working_hours"),
        (Some("mon 09:00-09:00"), Some("UTC"), None, "working_hours"),
        (Some("mon 09:00-24:01"), Some("UTC"), None, "working_hours"),
        (Some("mon 9:00-17:00"), Some("UTC"), None, "working_hours"),
        (Some("mon 09:60-17:00"), Some("UTC"), None, "working_hours"),
        (Some("moon 09:00-17:00"), Some("UTC"), None, "working_hours"),
        (
            Some("mon-fri 09:00-17:00 x"),
            Some("UTC"),
            None,
            "working_hours",
        ),
        (
            Some("mon-fri 09:00-17:00,fri 16:00-18:00"),
            Some("UTC"),
            None,
            "working_hours",
        ),
    ] {
        let list = |text: &str| text.split(',').map(str::to_owned).collect();
        let raw = RawCalendar {
            working_hours: hours.map(list),
            time_zone: zone.map(str::to_owned),
            holidays: holidays.map(list),
        };
        let refused = Calendar::try_from(&raw).expect_err("refused");
        assert_eq!(refused.field, field, "{raw:?}");
    }
    let none = RawCalendar {
        working_hours: Some(Vec::new()),
        time_zone: Some("UTC".to_owned()),
        holidays: None,
    };
    assert!(Calendar::try_from(&none).is_err());
}

#[test]
fn nonsense_ends() {
    for start in [i64::MIN, i64::MAX, 0] {
        let start = Timestamp::from_millis(start);
        let _ = add_hours(start, 1, &berlin());
    }
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let zones = [
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        // Half an hour, south of the equator; a day that was left out in 2011.
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "UTC",
    ];
    let hours = [
        "mon-fri 09:00-17:00",
        "daily 00:00-24:00",
        "daily 01:30-03:15",
        "sun 02:00-03:00",
        "mon-sat 00:00-02:30",
    ];
    (
        proptest::sample::select(zones.to_vec()),
        proptest::sample::select(hours.to_vec()),
        proptest::bool::ANY,
    )
        .prop_map(|(zone, hours, holiday)| {
            let holidays: &[&str] = if holiday { &["2026-03-29"] } else { &[] };
            calendar(&[hours], zone, holidays)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Instants of 2011 to 2031.
    #[test]
    fn hours_add_up_and_never_run_backwards(
        calendar in any_calendar(),
        start in 1_293_840_000_000_i64..1_924_992_000_000,
        first in 0_u32..60,
        second in 0_u32..60,
        later in 0_i64..200_000_000,
    ) {
        let start = Timestamp::from_millis(start);
        let there = add_hours(start, first, &calendar);
        prop_assert!(there >= start.plus_hours(first), "no faster than real time");
        prop_assert_eq!(add_hours(there, second, &calendar), add_hours(start, first + second, &calendar));
        let later = Timestamp::from_millis(start.millis() + later);
        prop_assert!(add_hours(later, first, &calendar) >= there, "who begins later ends no earlier");
    }
}
