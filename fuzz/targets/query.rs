//! Whatever stands behind the question mark of a list: refused as the sender's mistake, or a filter within
//! its bounds. A cursor is read only as it was written.

#![no_main]

use axum::http::Uri;
use libfuzzer_sys::fuzz_target;
use partner_desk_fuzz::{POLICY, refused};
use partner_endpoint::fuzzing;
use partner_endpoint::store::tickets::Sort;

fuzz_target!(|query: &str| {
    cursors(query);
    let Ok(uri) = format!("/v1/tickets?{query}").parse::<Uri>() else {
        return;
    };
    let filter = match fuzzing::filter(&uri, &POLICY) {
        Ok(filter) => filter,
        Err(refusal) => {
            refused(refusal);
            return;
        }
    };
    assert!((1..=200).contains(&filter.limit));
    if let Some(text) = &filter.text {
        assert!((1..=255).contains(&text.chars().count()) && text.trim() == text);
    }
    if let Some(position) = filter.after {
        cursors(&fuzzing::write_cursor(filter.sort, position));
    }
    // Empty parameters count as absent, and unknown ones are ignored.
    let more: Uri = format!("/v1/tickets?&cursor=&nobody={query}")
        .parse()
        .unwrap();
    if !query.contains('&') {
        assert!(fuzzing::filter(&more, &POLICY).is_ok());
    }
});

fn cursors(text: &str) {
    let mut orders = 0;
    for sort in [Sort::Newest, Sort::Oldest, Sort::Updated] {
        if let Some(position) = fuzzing::read_cursor(text, sort) {
            assert_eq!(fuzzing::write_cursor(sort, position), text);
            orders += 1;
        }
    }
    assert!(orders <= 1);
    for list in ['u', 'l'] {
        if let Some(row) = fuzzing::read_row(list, text) {
            assert_eq!(fuzzing::write_row(list, &row), text);
            assert_eq!(orders, 0);
        }
    }
}
