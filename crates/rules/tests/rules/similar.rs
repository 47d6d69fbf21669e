//! `fixtures/subjects.json`, and what holds for any two subjects.

use crate::support::{fixture, report};
use partner_rules::similar::near_equal;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    a: String,
    b: String,
    near: bool,
}

#[test]
fn subjects_are_near_or_not_as_written_whichever_comes_first() {
    let cases: Vec<Case> = fixture(include_str!("../../fixtures/subjects.json"));
    assert!(cases.len() >= 50, "only {} cases", cases.len());
    let failures = cases.iter().filter_map(|case| {
        let found = (near_equal(&case.a, &case.b), near_equal(&case.b, &case.a));
        (found != (case.near, case.near)).then(|| format!("{}: {found:?}", case.name))
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn the_longest_subjects_with_the_most_near_words_are_compared() {
    // Many words that are all near each other, and characters that are nearly all the same.
    let words: String = "abcdefgh abcdefgi abcdefhh ".repeat(9);
    let others: String = "abcdefgx abcdefgy abcdexhh ".repeat(9);
    let (kana, slip) = ("あ".repeat(255), format!("い{}う", "あ".repeat(253)));
    assert!(near_equal(&words, &others));
    assert!(near_equal(&kana, &slip));
}

#[test]
fn a_text_of_any_length_is_compared_for_being_the_same() {
    let long = "word ".repeat(100_000);
    assert!(near_equal(&long, &long.to_uppercase()));
    assert!(!near_equal(&long, &format!("{long} more")));
}

/// Few letters, so that near texts come up often.
fn subject() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ab ]{0,12}",
        "(re: )?[a-d1 ]{0,20}",
        "[あい1]{0,12}",
        "\\PC{0,40}",
        proptest::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter),
    ]
}

proptest! {
    #[test]
    fn near_is_near_both_ways(a in subject(), b in subject()) {
        prop_assert_eq!(near_equal(&a, &b), near_equal(&b, &a));
    }

    #[test]
    fn a_subject_is_near_itself_also_in_capitals_and_with_a_mark(text in subject()) {
        prop_assert!(near_equal(&text, &text));
        if text.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            let marked = format!("Re: AW:{}", text.to_ascii_uppercase());
            prop_assert!(near_equal(&text, &marked), "{marked}");
        }
    }

    #[test]
    fn another_number_is_another_case(text in "[a-z ]{1,40}", one in 0..1000u32, other in 0..1000u32) {
        prop_assume!(one != other);
        let (one, other) = (format!("{text} {one}"), format!("{text} {other}"));
        prop_assert!(!near_equal(&one, &other));
    }
}
