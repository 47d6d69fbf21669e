//! What the Help tab says beyond the channels: questions with answers, steps with drawings. It comes
//! from `static/help/`, a file per language, when somebody asks for it; here it is searched.

use super::fault::Fault;
use partner_rules::{Classification, Field, Outcome};
use std::rc::Rc;

/// One part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Text(Rc<str>),
    List(Vec<Rc<str>>),
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Stable: the preview links to it.
    pub id: Rc<str>,
    pub question: Rc<str>,
    pub answer: Vec<Block>,
    /// Ids of entries that lead on.
    pub related: Vec<Rc<str>>,
    /// Question and answer, folded, for the search.
    folded: String,
}

impl Entry {
    pub fn new(id: Rc<str>, question: Rc<str>, answer: Vec<Block>, related: Vec<Rc<str>>) -> Self {
        let mut folded = fold(&question);
        for block in &answer {
            let parts = match block {
                Block::Text(text) => std::slice::from_ref(text),
                Block::List(items) => items,
            };
            for part in parts {
                folded.push(' ');
                folded.push_str(&fold(part));
            }
        }
        Self {
            id,
            question,
            answer,
            related,
            folded,
        }
    }
}

/// One shape of a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Path data; the name says how it is painted.
    Path { look: Rc<str>, data: Rc<str> },
    /// Words that stand in the picture as they do in the original, in no language of ours.
    Word {
        look: Rc<str>,
        text: Rc<str>,
        x: Rc<str>,
        y: Rc<str>,
    },
}

/// One step of a channel: what to do, drawn, and what the drawing shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub text: Rc<str>,
    pub shown: Rc<str>,
    pub drawing: Rc<[Shape]>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    pub entries: Vec<Entry>,
    pub widget: Vec<Step>,
    pub help_center: Vec<Step>,
    pub email: Vec<Step>,
}

impl Guide {
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| &*entry.id == id)
    }

    /// Entries that have every word of the query, wherever; all of them for an empty one.
    pub fn search(&self, query: &str) -> impl Iterator<Item = &Entry> {
        let words: Vec<String> = query.split_whitespace().map(fold).collect();
        self.entries
            .iter()
            .filter(move |entry| words.iter().all(|word| has(&entry.folded, word)))
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Loading {
    /// Nobody has asked for help yet.
    #[default]
    Idle,
    Wanted {
        attempt: u32,
    },
    Ready(Rc<Guide>),
    Failed(Fault),
}

/// Entries that the preview links to. A test holds each against the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    Decided,
    FindZoid,
    Excluded,
    AddressMissing,
    S1,
    Targets,
    Undecided,
    Classified,
    PolicyVersion,
}

impl Topic {
    pub const ALL: [Self; 9] = [
        Self::Decided,
        Self::FindZoid,
        Self::Excluded,
        Self::AddressMissing,
        Self::S1,
        Self::Targets,
        Self::Undecided,
        Self::Classified,
        Self::PolicyVersion,
    ];

    pub const fn id(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::FindZoid => "find-zoid",
            Self::Excluded => "excluded",
            Self::AddressMissing => "address-missing",
            Self::S1 => "s1",
            Self::Targets => "targets",
            Self::Undecided => "undecided",
            Self::Classified => "classified",
            Self::PolicyVersion => "policy-version",
        }
    }
}

/// The questions that a verdict raises, the nearest first.
pub fn topics(verdict: &Classification) -> Vec<Topic> {
    let mut topics = match verdict.outcome {
        Outcome::Excluded => vec![Topic::Excluded],
        Outcome::Incomplete => vec![Topic::Decided],
        Outcome::Manual => vec![Topic::AddressMissing],
        Outcome::Priority => vec![Topic::S1, Topic::Targets],
        Outcome::Standard => vec![Topic::Classified],
        Outcome::Undecided => vec![Topic::Undecided, Topic::Targets],
    };
    if verdict.missing.contains(&Field::OrgId) {
        topics.push(Topic::FindZoid);
    }
    topics.push(Topic::PolicyVersion);
    topics
}

/// How texts are compared: lower case, without accents, hyphens and quotation marks. "E-Mail" and
/// "email" are one, and who types "grosse" finds "große".
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '-' | '‑' | '\'' | '’' | '"' | '„' | '“' | '”' | '\u{ad}' => {}
            'ß' => folded.push_str("ss"),
            c => folded.push(plain(lower(c))),
        }
    }
    folded
}

/// A search of the standard library's kind would weigh in the widget; texts here are short.
fn has(text: &str, word: &str) -> bool {
    word.is_empty()
        || text
            .as_bytes()
            .windows(word.len())
            .any(|part| part == word.as_bytes())
}

/// Lower case by rule, not by table, for the same reason: ASCII and Latin-1.
fn lower(c: char) -> char {
    match c {
        'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        c => c.to_ascii_lowercase(),
    }
}

const fn plain(c: char) -> char {
    match c {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guide() -> Guide {
        let entry = |id: &str, question: &str, answer: &str| {
            let blocks = vec![
                Block::Text(Rc::from(answer)),
                Block::List(vec![Rc::from("Zoho DataPrep")]),
            ];
            Entry::new(Rc::from(id), Rc::from(question), blocks, Vec::new())
        };
        Guide {
            entries: vec![
                entry("a", "Große Konten?", "Nach Benutzerlizenzen."),
                entry("b", "Per E-Mail?", "An die Adresse der Région."),
            ],
            ..Guide::default()
        }
    }

    fn found(query: &str) -> Vec<String> {
        let guide = guide();
        guide
            .search(query)
            .map(|entry| entry.id.to_string())
            .collect()
    }

    #[test]
    fn words_are_found_in_any_order_in_question_and_answer() {
        assert_eq!(found("lizenzen GROSSE"), ["a"]);
        assert_eq!(found("email"), ["b"]);
        assert_eq!(found("region e-mail"), ["b"]);
        assert_eq!(found("dataprep"), ["a", "b"]);
    }

    #[test]
    fn a_blank_query_finds_everything_and_a_strange_one_nothing() {
        assert_eq!(found("  "), ["a", "b"]);
        assert_eq!(found("-"), ["a", "b"]);
        assert!(found("Konten Mars").is_empty());
    }
}
