//! Generates the catalogue keys and the compiled-in English from `static/locales/en.json`. Never anything
//! else: the other catalogues are copied as they are.

use serde_json::{Map, Value};
use std::path::Path;
use std::{env, fmt::Write as _, fs};

const CATALOGUE: &str = "static/locales/en.json";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={CATALOGUE}");
    println!("cargo::rerun-if-changed=build.rs");
    let catalogue: Map<String, Value> = serde_json::from_str(&fs::read_to_string(CATALOGUE)?)?;
    let mut sorted: Vec<(&String, &Value)> = catalogue.iter().collect();
    sorted.sort_by_key(|(name, _)| name.as_str());

    let (mut variants, mut all, mut names, mut english) =
        (String::new(), String::new(), String::new(), String::new());
    for (name, value) in sorted {
        let variant = variant(name);
        let (one, other) = match value {
            Value::String(text) => ("", text.as_str()),
            Value::Object(forms) => (form(forms, "one"), form(forms, "other")),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                return Err(
                    format!("{CATALOGUE}: `{name}` is neither text nor plural forms").into(),
                );
            }
        };
        writeln!(variants, "    /// {}", other.replace('\n', " "))?;
        writeln!(variants, "    {variant},")?;
        writeln!(all, "        Self::{variant},")?;
        writeln!(names, "    {name:?},")?;
        writeln!(english, "    ({one:?}, {other:?}),")?;
    }
    let code = format!(
        "/// A sentence of the catalogue.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]\n\
         #[repr(u16)]\n\
         pub enum Key {{\n{variants}}}\n\n\
         impl Key {{\n    /// Every key, in the order of its name.\n    pub const ALL: &[Self] = &[\n{all}    ];\n}}\n\n\
         const NAMES: &[&str] = &[\n{names}];\n\n\
         /// (one, other) of each key; `one` is empty where there is no plural.\n\
         pub(super) const ENGLISH: &[(&str, &str)] = &[\n{english}];\n"
    );
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("keys.rs"), code)?;
    Ok(())
}

fn form<'a>(forms: &'a Map<String, Value>, category: &str) -> &'a str {
    forms.get(category).and_then(Value::as_str).unwrap_or("")
}

/// `form.error.required` -> `FormErrorRequired`.
fn variant(name: &str) -> String {
    name.split(['.', '_', '-'])
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_ascii_uppercase().to_string() + letters.as_str()
            })
        })
        .collect()
}
