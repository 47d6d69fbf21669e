//! A mail as it is understood: MIME undone, everything text, nothing judged. Whatever the bytes, this ends soon
//! and never fails for more than the one mail.

mod parts;

use super::head::{self, Field};
use super::{Aside, bounds};
use mail_parser::{HeaderValue, Message, MessageParser};
use sha2::{Digest, Sha256};

/// What is kept of names and subjects that are only shown in lists, in characters.
const LINE_MAX: usize = 255;
/// Message-IDs that are looked at: a thread of hundreds of mails names all of them.
const NAMED_MAX: usize = 200;
/// In bytes; RFC 5322 allows no longer line.
const ID_MAX: usize = 998;

/// A file that came with a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Enclosure {
    /// As the sender named it.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// A part of the text's layout, such as the picture of a signature.
    pub(crate) inline: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) fields: Vec<Field>,
    /// The addresses in `From`, as written.
    pub(crate) from: Vec<String>,
    /// The first sender's name, on one line; '' if there is none.
    pub(crate) from_name: String,
    /// On one line.
    pub(crate) subject: String,
    /// Without brackets; '': none.
    pub(crate) message_id: String,
    /// In `In-Reply-To` and `References`, without brackets.
    pub(crate) named: Vec<String>,
    pub(crate) text: String,
    /// Texts of mails that were enclosed as a whole.
    pub(crate) forwarded: Vec<String>,
    pub(crate) enclosures: Vec<Enclosure>,
}

/// Reads a mail of bounded size.
pub(crate) fn read(raw: &[u8], max_bytes: usize) -> Result<Letter, Aside> {
    bounds::check(raw, max_bytes)?;
    let message = MessageParser::default().parse(raw);
    let message = message.ok_or(Aside::Unreadable)?;
    let fields = head::fields(raw);
    if fields.is_empty() {
        return Err(Aside::Unreadable);
    }
    let (from, from_name) = senders(&message);
    let mut contents = parts::Contents::default();
    contents.gather(&message);
    Ok(Letter {
        from,
        from_name,
        subject: line(message.subject().unwrap_or_default()),
        message_id: message.message_id().map(id).unwrap_or_default(),
        named: named(&message),
        text: contents.text,
        forwarded: contents.forwarded,
        enclosures: contents.enclosures,
        fields,
    })
}

fn senders(message: &Message<'_>) -> (Vec<String>, String) {
    let Some(from) = message.from() else {
        return (Vec::new(), String::new());
    };
    let addresses = from
        .iter()
        .filter_map(|one| one.address.as_deref())
        .map(str::to_owned);
    let name = from.first().and_then(|one| one.name.as_deref());
    (addresses.collect(), line(name.unwrap_or_default()))
}

fn named(message: &Message<'_>) -> Vec<String> {
    let mut named = Vec::new();
    for value in [message.in_reply_to(), message.references()] {
        let ids: Vec<&str> = match value {
            HeaderValue::Text(one) => vec![one],
            HeaderValue::TextList(many) => many.iter().map(AsRef::as_ref).collect(),
            HeaderValue::Address(_)
            | HeaderValue::DateTime(_)
            | HeaderValue::ContentType(_)
            | HeaderValue::Received(_)
            | HeaderValue::Empty => Vec::new(),
        };
        // The nearest ones come last.
        named.extend(ids.into_iter().rev().take(NAMED_MAX).map(id));
    }
    named
}

fn id(text: &str) -> String {
    let id = text.trim().trim_matches(['<', '>']);
    let end = id.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = end.take_while(|end| *end <= ID_MAX).last();
    let short = id.get(..end.unwrap_or_default()).unwrap_or_default();
    short.chars().filter(|c| !c.is_control()).collect()
}

/// One line that can be shown: blanks for what ends lines, nothing for other control characters.
pub(super) fn line(text: &str) -> String {
    let blank: String = text
        .chars()
        .filter_map(|c| match c {
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect();
    let words: Vec<&str> = blank.split_whitespace().collect();
    let mut line: String = words.join(" ").chars().take(LINE_MAX).collect();
    line.truncate(line.trim_end().len());
    line
}

/// Many lines that the rules take: no control characters but line ends and tabs.
pub(super) fn prose(text: &str) -> String {
    let ended = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let clean: String = ended
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    let mut prose = String::with_capacity(clean.len());
    for line in clean.split('\n') {
        prose.push_str(line.trim_end());
        prose.push('\n');
    }
    prose.trim_matches('\n').trim_end().to_owned()
}

impl Letter {
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        head::values(&self.fields, name)
    }

    /// What it says, whoever delivered it when and where: the same for a copy.
    pub(crate) fn content(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        let mut add = |bytes: &[u8]| {
            hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(bytes);
        };
        // A mail without Message-ID is told from others by when it was written.
        let date = self.values("date").next().unwrap_or_default();
        for text in [
            self.from.join("\n").as_str(),
            &self.subject,
            date,
            &self.text,
        ] {
            add(text.as_bytes());
        }
        for text in &self.forwarded {
            add(text.as_bytes());
        }
        for enclosure in &self.enclosures {
            add(enclosure.name.as_bytes());
            add(&enclosure.bytes);
        }
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests;
