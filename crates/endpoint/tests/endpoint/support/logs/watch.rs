//! Finds what was sent in what is logged.

use super::Request;
use serde_json::Value;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard};

/// Shorter ones are found in anything.
const SHORTEST: usize = 5;
/// Longer ones are looked for by their beginning: a line may have been cut.
const LONGEST: usize = 24;
/// Lines that can still be asked for.
const LINES: usize = 20_000;
/// Fields whose values are codes of ours, and stand in log lines by right.
const CODES: [&str; 12] = [
    "access",
    "dc",
    "do",
    "lang",
    "method",
    "org_id_kind",
    "outcome",
    "path",
    "policy_version",
    "region",
    "role",
    "service",
];
/// What a line says in words of ours alone: patterns of routes, names of codes, methods and modules.
const OURS: [&str; 6] = ["timestamp", "level", "target", "route", "method", "code"];
/// Headers that say how, not what.
const PLAIN: [&str; 12] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "origin",
    "sec-fetch-site",
    "transfer-encoding",
    "x-request-id",
];

/// Texts by their first bytes, and what was logged.
#[derive(Debug, Default)]
pub(crate) struct Watch(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    texts: HashMap<[u8; SHORTEST], Vec<String>>,
    lines: VecDeque<String>,
    leaks: Vec<String>,
}

impl Watch {
    pub(crate) fn sends(&self, request: &Request) {
        if let Some((_, query)) = request.path.split_once('?') {
            for (_, value) in url::form_urlencoded::parse(query.as_bytes()) {
                self.add(&value);
            }
        }
        for (name, value) in &request.headers {
            if !PLAIN.contains(&name.as_str()) {
                self.add(value.trim_start_matches("Bearer "));
            }
        }
        let form = request.headers.iter().any(|(name, value)| {
            name == "content-type" && value == "application/x-www-form-urlencoded"
        });
        if form {
            for (_, value) in url::form_urlencoded::parse(&request.body) {
                self.add(&value);
            }
            return;
        }
        match serde_json::from_slice::<Value>(&request.body) {
            Ok(body) => self.sends_value(&body),
            // A form or a file: its first lines.
            Err(_) => self.sends_text(&String::from_utf8_lossy(
                request.body.get(..4096).unwrap_or(&request.body),
            )),
        }
    }

    pub(crate) fn sends_text(&self, text: &str) {
        for line in text.lines() {
            for value in line.split(['"', ';', '<', '>', '=', '&']) {
                let value = value.trim();
                if value.contains([' ', '@']) && !value.contains(": ") {
                    self.add(value);
                }
            }
        }
    }

    fn sends_value(&self, value: &Value) {
        match value {
            Value::String(text) => self.add(text),
            Value::Array(values) => values.iter().for_each(|value| self.sends_value(value)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    if !CODES.contains(&name.as_str()) {
                        self.sends_value(value);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn add(&self, text: &str) {
        let text: String = text.trim().chars().take(LONGEST).collect();
        // One plain word says nothing of anybody, and stands in sentences of ours.
        if text.chars().all(|c| c.is_ascii_lowercase()) || reference(&text) {
            return;
        }
        if let Some(first) = text.as_bytes().first_chunk() {
            let mut state = self.state();
            let known = state.texts.entry(*first).or_default();
            if !known.contains(&text) {
                known.push(text);
            }
        }
    }

    /// Something was logged.
    pub(crate) fn line(&self, line: &str) {
        let mut state = self.state();
        let told = match serde_json::from_str(line) {
            Ok(value) => told(&value),
            Err(_) => line.to_owned(),
        };
        if let Some(text) = state.found(&told) {
            let leak = format!("{text:?} in {line}");
            state.leaks.push(leak);
        }
        state.lines.push_back(line.to_owned());
        if state.lines.len() > LINES {
            state.lines.pop_front();
        }
    }

    /// What was found since somebody asked last: one test fails for it.
    pub(crate) fn leaks(&self) -> Vec<String> {
        std::mem::take(&mut self.state().leaks)
    }

    pub(crate) fn line_with(&self, part: &str) -> Option<String> {
        let state = self.state();
        state.lines.iter().find(|line| line.contains(part)).cloned()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// All that a line says, but for what is ours by its name.
fn told(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let theirs = fields
                .iter()
                .filter(|(name, _)| !OURS.contains(&name.as_str()));
            theirs.map(|(_, value)| told(value) + "\n").collect()
        }
        Value::Array(values) => values.iter().map(|value| told(value) + "\n").collect(),
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// Lines name tickets by their references, which are ours and say nothing of anybody, though people look for them.
fn reference(text: &str) -> bool {
    let number = text.strip_prefix("PS-").and_then(|rest| rest.get(3..));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

impl State {
    /// A text that stands in the line as a whole word or more.
    fn found(&self, line: &str) -> Option<&String> {
        let bytes = line.as_bytes();
        (0..bytes.len()).find_map(|at| {
            let rest = bytes.get(at..)?;
            let texts = self.texts.get(rest.first_chunk::<SHORTEST>()?)?;
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            texts.iter().find(|text| {
                let after = rest.get(text.len());
                let cut = text.chars().count() == LONGEST;
                rest.starts_with(text.as_bytes())
                    && !before.is_some_and(u8::is_ascii_alphanumeric)
                    && (cut || !after.is_some_and(u8::is_ascii_alphanumeric))
            })
        })
    }
}
