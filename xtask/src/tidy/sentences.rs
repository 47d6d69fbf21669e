//! What a partner or an agent reads is in the catalogues, so that it can be translated.

use super::tree::{File, Tree};

const READ_BY_PEOPLE: [&str; 10] = [
    "crates/endpoint/src/desk/pages/",
    "crates/endpoint/src/desk/view/",
    "src/views/",
    "src/components/",
    "src/state/",
    "src/app.rs",
    "src/effects/",
    "src/platform/",
    "src/embed.rs",
    "crates/rules/src/",
];

/// What is wrong with a policy file is said on the command line, in English.
const OF_OPERATORS: &str = "crates/rules/src/policy/check";
/// Values of `rel` look like words.
const RELATIONS: [&str; 4] = ["noopener", "noreferrer", "nofollow", "external"];

/// Two words or more in a literal are a sentence, unless they are class names or drawing commands.
pub(super) fn in_catalogues(tree: &Tree) -> Vec<String> {
    let mut problems = Vec::new();
    for (file, code) in tree.rust(&READ_BY_PEOPLE) {
        if file.path.starts_with(OF_OPERATORS) {
            continue;
        }
        for (line, text) in code.strings {
            if is_sentence(&text) && !is_for_operators(file, line) {
                problems.push(format!(
                    "{}:{line}: \"{text}\": make it a key in a catalogue (static/locales, static/desk)",
                    file.path
                ));
            }
        }
    }
    problems
}

fn is_sentence(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain = |word: &&&str| {
        let word = word.trim_end_matches(['.', ',', ':', ';', '!', '?', '…']);
        word.chars().count() > 1
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'))
    };
    let names = words
        .iter()
        .all(|word| word.starts_with("pd-") || word.starts_with('{') || RELATIONS.contains(word));
    words.len() > 1 && !names && words.iter().filter(plain).count() > 1
}

/// Console messages and invariants are read by developers, in English.
fn is_for_operators(file: &File, line: usize) -> bool {
    let text = file
        .text
        .lines()
        .nth(line.saturating_sub(1))
        .unwrap_or_default();
    let before = file
        .text
        .lines()
        .nth(line.saturating_sub(2))
        .unwrap_or_default();
    [text, before].iter().any(|text| {
        [
            "console::",
            "warn(",
            "debug_assert",
            "unreachable",
            "#[error(",
        ]
        .iter()
        .any(|word| text.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_in_a_view_is_found() {
        for text in [
            "<p>{\"No requests yet.\"}</p>",
            "let a = \"Bitte Nummer angeben\";",
        ] {
            assert_eq!(
                in_catalogues(&Tree::sample([("src/views/a.rs", text)])).len(),
                1,
                "{text}"
            );
        }
    }

    #[test]
    fn names_classes_and_drawings_are_no_sentences() {
        let text = "class=\"pd-field pd-field__label\" d=\"M12 3 L4 8 z\" key(\"ArrowDown\") rel=\"noopener noreferrer\" \
                    console::warn(\"no such option\")";
        assert_eq!(
            in_catalogues(&Tree::sample([("src/views/a.rs", text)])),
            Vec::<String>::new()
        );
    }
}
