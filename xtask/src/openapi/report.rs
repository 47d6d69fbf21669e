//! What a run came to, from the report that the tool writes. Must never take a run that called nothing, or
//! not everything, for a good one.

use serde_json::Value;

use crate::check::count::Count;

/// Warnings about the mixture of made-up values, which chance decides.
const BY_CHANCE: [&str; 2] = ["low_valid_rate", "validation_mismatch"];
/// Warnings that say only what a user without all rights is for.
const BY_RIGHTS: [&str; 2] = ["missing_auth", "missing_test_data"];

/// Calls that `tests/openapi/schemathesis.toml` switches off, with the reason; one more has to be counted here.
const LEFT_OUT: u64 = 1;

/// One test for each call of the document, and one for what leads from call to call.
/// `all_rights`: whether nothing is kept from this user.
pub(super) fn count(report: &Value, who: &str, all_rights: bool) -> Count {
    let mut count = Count::default();
    let total = number(report, "/operations/total");
    let tested = number(report, "/operations/tested");
    let generated = number(report, "/test_cases/generated");
    let unchecked = number(report, "/test_cases/without_checks");
    let mut blamed = Vec::new();
    for failure in list(report, "/failures") {
        let named: Vec<&str> = list(failure, "/operations")
            .filter_map(Value::as_str)
            .collect();
        let text = |name: &str| {
            failure
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let places = named.join(", ");
        count.add(failed(
            who,
            &format!("{} {}: {places}", text("code"), text("title")),
        ));
        blamed.extend(named.into_iter().map(str::to_owned));
    }
    for error in list(report, "/errors") {
        count.add(failed(who, &error.to_string()));
    }
    let warnings = report.pointer("/warnings").and_then(Value::as_object);
    for (name, found) in warnings.into_iter().flatten() {
        let expected = |names: &[&str]| names.contains(&name.as_str());
        let counts = !expected(&BY_CHANCE) && (all_rights || !expected(&BY_RIGHTS));
        if counts && found.as_array().is_some_and(|found| !found.is_empty()) {
            count.add(failed(who, &format!("{name}: {found}")));
        }
    }
    for phase in ["examples", "coverage", "fuzzing", "stateful"] {
        let status = report
            .pointer(&format!("/phases/{phase}/status"))
            .and_then(Value::as_str);
        if !matches!(status, Some("success" | "failure")) {
            count.add(failed(who, &format!("the phase {phase} did not run")));
        }
    }
    if total == 0 || tested.saturating_add(LEFT_OUT) < total || generated <= unchecked {
        count.add(failed(
            who,
            &format!("{tested} of {total} calls were tried, {generated} times"),
        ));
    }
    if report.pointer("/complete") != Some(&Value::Bool(true)) {
        count.add(failed(who, "the run was not completed"));
    }
    blamed.sort_unstable();
    blamed.dedup();
    let good = tested.saturating_sub(u64::try_from(blamed.len()).unwrap_or(u64::MAX));
    let linked = report.pointer("/phases/stateful/status") == Some(&Value::from("success"));
    if generated > unchecked {
        count.passed = good + u64::from(linked);
    }
    count
}

/// How many requests were sent and judged.
pub(super) fn calls(report: &Value) -> u64 {
    number(report, "/test_cases/generated")
}

fn failed(who: &str, what: &str) -> Count {
    Count::could_not_run(format!("as {who}: {what}"))
}

fn number(value: &Value, place: &str) -> u64 {
    value.pointer(place).and_then(Value::as_u64).unwrap_or(0)
}

fn list<'a>(value: &'a Value, place: &str) -> impl Iterator<Item = &'a Value> {
    value
        .pointer(place)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn good() -> Value {
        let phase = json!({"status": "success"});
        json!({
            "complete": true,
            "operations": {"total": 14, "tested": 13},
            "phases": {"examples": phase, "coverage": phase, "fuzzing": phase, "stateful": phase},
            "test_cases": {"generated": 800, "without_checks": 20},
            "failures": [], "errors": [], "warnings": {"missing_test_data": []},
        })
    }

    #[test]
    fn a_good_run_counts_its_calls_and_its_links() {
        let count = count(&good(), "member", true);
        assert_eq!(
            (count.passed, count.failed),
            (14, 0),
            "{:?}",
            count.failures
        );
    }

    #[test]
    fn what_a_user_may_not_is_no_trouble() {
        let mut report = good();
        report["warnings"] = json!({"missing_test_data": [{}], "low_valid_rate": [{}]});
        assert_eq!(count(&report, "member", false).failed, 0);
        assert_eq!(count(&report, "superadmin", true).failed, 1);
    }

    #[test]
    fn every_kind_of_trouble_has_failed() {
        for (place, value) in [
            (
                "/failures",
                json!([{"code": "ST202", "title": "t", "operations": ["GET /v1/policy"]}]),
            ),
            ("/errors", json!([{"title": "network"}])),
            ("/warnings/missing_test_data", json!([{}])),
            ("/phases/stateful/status", json!("skip")),
            ("/operations/tested", json!(12)),
            ("/operations", json!({})),
            (
                "/test_cases",
                json!({"generated": 20, "without_checks": 20}),
            ),
            ("/test_cases", json!({})),
            ("/complete", json!(false)),
        ] {
            let mut report = good();
            *report.pointer_mut(place).expect(place) = value;
            let count = count(&report, "member", true);
            assert_eq!(count.failed, 1, "{place}: {:?}", count.failures);
            assert!(
                count.passed < 14
                    || place.starts_with("/errors")
                    || place.starts_with("/warn")
                    || place == "/complete"
            );
        }
        assert!(count(&json!({}), "member", true).passed == 0);
    }
}
