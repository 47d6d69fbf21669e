//! The help files: every language says the same things in the same order, what is linked is there,
//! and every step has its drawing.

use super::catalogue;
use partner_desk::state::guide::Topic;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const DRAWINGS: &str = "static/help/drawings.json";

fn file(path: &str) -> Value {
    Value::Object(catalogue(Path::new(path)))
}

fn languages() -> Vec<String> {
    let files = fs::read_dir("static/locales").unwrap();
    let mut tags: Vec<String> = files
        .filter_map(|entry| Some(entry.unwrap().path().file_stem()?.to_str()?.to_owned()))
        .collect();
    tags.sort();
    assert!(tags.len() > 1);
    tags
}

fn help(language: &str) -> Value {
    file(&format!("static/help/{language}.json"))
}

/// The file without its words: lists keep their length, ids and drawings their names.
fn shape(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(shape).collect()),
        Value::Object(fields) => {
            let kept = |name: &str| ["id", "related", "drawing"].contains(&name);
            let shaped = fields.iter().map(|(name, value)| {
                let value = if kept(name) {
                    value.clone()
                } else {
                    shape(value)
                };
                (name.clone(), value)
            });
            Value::Object(shaped.collect())
        }
        Value::String(text) => {
            assert!(!text.trim().is_empty());
            Value::Null
        }
        other @ (Value::Null | Value::Bool(_) | Value::Number(_)) => {
            panic!("help has only words: {other}")
        }
    }
}

fn entries(help: &Value) -> &Vec<Value> {
    help["entries"].as_array().unwrap()
}

fn ids(help: &Value) -> BTreeSet<&str> {
    let all: Vec<&str> = entries(help)
        .iter()
        .map(|entry| entry["id"].as_str().unwrap())
        .collect();
    let distinct: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(all.len(), distinct.len(), "an id stands twice");
    distinct
}

#[test]
fn every_language_has_help_with_the_same_entries_steps_and_drawings() {
    let english = shape(&help("en"));
    for language in languages() {
        assert_eq!(shape(&help(&language)), english, "{language}");
    }
}

#[test]
fn what_is_linked_is_there() {
    let help = help("en");
    let ids = ids(&help);
    for topic in Topic::ALL {
        assert!(ids.contains(topic.id()), "{topic:?}");
    }
    for entry in entries(&help) {
        for related in entry["related"].as_array().unwrap() {
            assert_ne!(*related, entry["id"]);
            assert!(ids.contains(related.as_str().unwrap()), "{related}");
        }
    }
}

#[test]
fn every_step_is_drawn_and_no_drawing_is_left_over() {
    let (help, drawings) = (help("en"), file(DRAWINGS));
    let steps = help["steps"].as_object().unwrap();
    assert_eq!(
        steps.keys().collect::<Vec<_>>(),
        ["email", "help_center", "widget"]
    );
    let used: BTreeSet<&str> = steps
        .values()
        .flat_map(|steps| steps.as_array().unwrap())
        .map(|step| step["drawing"].as_str().unwrap())
        .collect();
    let drawn: BTreeSet<&str> = drawings
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(used, drawn);
}

#[test]
fn every_shape_is_painted_by_the_style_sheet() {
    let styles = fs::read_to_string("static/styles/75-help.css").unwrap();
    let drawings = file(DRAWINGS);
    for (name, shapes) in drawings.as_object().unwrap() {
        for shape in shapes.as_array().unwrap() {
            let parts: Vec<&str> = shape
                .as_array()
                .unwrap()
                .iter()
                .map(|part| part.as_str().unwrap())
                .collect();
            assert!(matches!(parts.len(), 2 | 4), "{name}: {parts:?}");
            // What has no look of its own is a line or a word.
            let look = format!("[data-look=\"{}\"]", parts[0]);
            let plain = ["line", "word"].contains(&parts[0]);
            assert!(plain || styles.contains(&look), "{name}: {look}");
        }
    }
}
