//! Counting tests from what their runners print. Must never count what did not run as passed.

use std::process::ExitStatus;

use serde_json::Value;

/// How many tests passed and failed, and a line about each failure.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) failures: Vec<String>,
}

impl Count {
    /// One check with a yes or a no.
    pub(crate) fn one(name: &str, passed: bool) -> Self {
        if passed {
            Self {
                passed: 1,
                ..Self::default()
            }
        } else {
            Self::could_not_run(name.to_owned())
        }
    }

    /// One failure.
    pub(crate) fn could_not_run(why: String) -> Self {
        Self {
            passed: 0,
            failed: 1,
            failures: vec![why],
        }
    }

    /// A stage without a test has failed.
    pub(crate) fn at_least_one(self) -> Self {
        if self.passed + self.failed > 0 {
            self
        } else {
            Self::could_not_run("ran no test".to_owned())
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.failures.extend(other.failures);
    }

    /// With the stage's name before each failure.
    pub(crate) fn within(mut self, stage: &str) -> Self {
        for failure in &mut self.failures {
            *failure = format!("{stage}: {failure}");
        }
        self
    }

    /// From the output of `cargo test`, natively or under wasm-bindgen's runner. Ignored tests have failed.
    pub(crate) fn of_libtest(output: &str, status: ExitStatus) -> Self {
        let mut count = Self::default();
        for line in output.lines() {
            let line = line.trim_end();
            if let Some(totals) = line.strip_prefix("test result: ") {
                count.passed += number_before(totals, " passed");
                count.failed +=
                    number_before(totals, " failed") + number_before(totals, " ignored");
            } else if let Some((name, end)) = line
                .strip_prefix("test ")
                .and_then(|line| line.split_once(" ... "))
                && (end.starts_with("FAIL") || end.starts_with("ignored"))
            {
                count.failures.push(format!("{name} ({end})"));
            }
        }
        if !status.success() && count.failed == 0 {
            count.add(Self::could_not_run(format!(
                "the runner ended with {status}, see its output"
            )));
        }
        count
    }

    /// From Playwright's JSON report. Skipped tests have failed, and flaky ones, unless each failed attempt says
    /// that the browser itself had ended.
    pub(crate) fn of_playwright(report: &Value) -> Self {
        let total = |name: &str| {
            report
                .pointer(&format!("/stats/{name}"))
                .and_then(Value::as_u64)
                .unwrap_or(0)
        };
        let mut count = Self {
            passed: total("expected"),
            ..Self::default()
        };
        count.failed = total("unexpected") + total("flaky") + total("skipped");
        for suite in list(report, "suites") {
            let excused = failed_specs(suite, "", &mut count.failures);
            count.passed += excused;
            count.failed = count.failed.saturating_sub(excused);
        }
        for error in list(report, "errors") {
            let message = error
                .get("message")
                .and_then(Value::as_str)
                .unwrap_or("error without a message");
            count.add(Self::could_not_run(message.to_owned()));
        }
        count
    }
}

/// Adds the names of the specs that failed; gives the number of tests that only a dead browser made flaky.
fn failed_specs(suite: &Value, above: &str, failures: &mut Vec<String>) -> u64 {
    let mut excused = 0;
    let title = |value: &Value| {
        value
            .get("title")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let here = if above.is_empty() {
        title(suite)
    } else {
        format!("{above} › {}", title(suite))
    };
    for spec in list(suite, "specs") {
        let name = format!("{here} › {}", title(spec));
        let mut failed = false;
        for test in list(spec, "tests") {
            match text(test, "status") {
                Some("expected") => {}
                Some("flaky") if only_the_engine_died(test) => {
                    excused += 1;
                    println!("the browser ended under a test, which passed when repeated: {name}");
                }
                _ => failed = true,
            }
        }
        if failed {
            failures.push(name);
        }
    }
    let inner: u64 = list(suite, "suites")
        .map(|inner| failed_specs(inner, &here, failures))
        .sum();
    excused + inner
}

/// Whether every attempt that did not pass bears the mark of `tests/e2e/hosts/support/test.mjs`.
fn only_the_engine_died(test: &Value) -> bool {
    list(test, "results")
        .filter(|result| text(result, "status") != Some("passed"))
        .all(|result| {
            list(result, "annotations").any(|mark| text(mark, "type") == Some("engine-died"))
        })
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// `"ok. 3 passed; 1 failed"`, `" failed"` → 1.
fn number_before(text: &str, word: &str) -> u64 {
    text.split(word)
        .next()
        .filter(|before| before.len() < text.len())
        .and_then(|before| before.rsplit(|c: char| !c.is_ascii_digit()).next())
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    fn libtest(output: &str, code: i32) -> (u64, u64, usize) {
        let count = Count::of_libtest(output, ExitStatus::from_raw(code << 8));
        (count.passed, count.failed, count.failures.len())
    }

    #[test]
    fn libtest_totals_are_added_up() {
        let output = "test a ... ok\ntest result: ok. 11 passed; 0 failed; 0 ignored; 0 measured\n\
                      test b ... FAILED\ntest result: FAILED. 2 passed; 1 failed; 0 ignored\n";
        assert_eq!(libtest(output, 101), (13, 1, 1));
    }

    #[test]
    fn ignored_test_has_failed() {
        assert_eq!(
            libtest(
                "test a ... ignored\ntest result: ok. 1 passed; 0 failed; 1 ignored",
                0
            ),
            (1, 1, 1)
        );
    }

    #[test]
    fn runner_that_died_has_failed() {
        assert_eq!(libtest("error: could not compile", 101), (0, 1, 1));
        assert_eq!(
            libtest("test result: ok. 4 passed; 0 failed; 0 ignored", 1),
            (4, 1, 1)
        );
    }

    #[test]
    fn stage_without_tests_has_failed() {
        let none = Count::of_libtest(
            "test result: ok. 0 passed; 0 failed; 0 ignored",
            ExitStatus::from_raw(0),
        );
        assert_eq!(none.at_least_one().failed, 1);
    }

    #[test]
    fn flaky_test_is_excused_only_by_a_dead_browser() {
        let flaky = |marks: Value| {
            let results = serde_json::json!([{"status": "failed", "annotations": marks}, {"status": "passed"}]);
            Count::of_playwright(&serde_json::json!({
                "stats": {"expected": 1, "unexpected": 0, "flaky": 1, "skipped": 0},
                "suites": [{"title": "a.spec.mjs", "specs": [
                    {"title": "opens", "tests": [{"status": "flaky", "results": results}]},
                ]}],
            }))
        };
        let excused = flaky(serde_json::json!([{"type": "engine-died"}]));
        assert_eq!((excused.passed, excused.failed), (2, 0));
        assert!(excused.failures.is_empty());
        let failed = flaky(serde_json::json!([]));
        assert_eq!((failed.passed, failed.failed), (1, 1));
        assert_eq!(failed.failures, ["a.spec.mjs › opens"]);
    }

    #[test]
    fn playwright_report_is_read() {
        let report = serde_json::json!({
            "stats": {"expected": 3, "unexpected": 1, "flaky": 0, "skipped": 1},
            "errors": [{"message": "no such fixture"}],
            "suites": [{"title": "a.spec.mjs", "specs": [], "suites": [{"title": "form", "specs": [
                {"title": "files", "tests": [{"status": "expected"}]},
                {"title": "keeps", "tests": [{"status": "unexpected"}]},
            ]}]}],
        });
        let count = Count::of_playwright(&report);
        assert_eq!((count.passed, count.failed), (3, 3));
        assert_eq!(
            count.failures,
            ["a.spec.mjs › form › keeps", "no such fixture"]
        );
    }
}
