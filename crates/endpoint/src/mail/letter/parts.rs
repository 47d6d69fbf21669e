//! The parts of a mail: what is read, and what is kept as a file.

use super::{Enclosure, prose};
use crate::mail::html;
use mail_parser::{HeaderName, Message, MessagePart, MimeHeaders, PartType};

/// Mails within mails whose contents are looked at.
const NESTED_MAX: usize = 3;
/// All texts together, in bytes: many times what a ticket holds, so that all of it goes into its file.
const TEXT_MAX: usize = 2 << 20;
/// Files that are looked at; a ticket takes far fewer.
const FILES_MAX: usize = 50;

#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) text: String,
    pub(super) forwarded: Vec<String>,
    pub(super) enclosures: Vec<Enclosure>,
    bytes: usize,
}

impl Contents {
    pub(super) fn gather(&mut self, message: &Message<'_>) {
        self.text = self.body(message);
        self.files(message, 0);
    }

    /// Plain text where there is some, else what the page says.
    fn body(&mut self, message: &Message<'_>) -> String {
        let mut body = String::new();
        for part in &message.text_body {
            let part = usize::try_from(*part).ok();
            let Some(part) = part.and_then(|at| message.parts.get(at)) else {
                continue;
            };
            let text = match &part.body {
                PartType::Text(text) => prose(text),
                PartType::Html(page) => prose(&html::text(page)),
                PartType::Binary(_)
                | PartType::InlineBinary(_)
                | PartType::Message(_)
                | PartType::Multipart(_) => continue,
            };
            if !body.is_empty() && !text.is_empty() {
                body.push_str("\n\n");
            }
            body.push_str(&self.cut(text));
        }
        body
    }

    fn cut(&mut self, mut text: String) -> String {
        let mut end = TEXT_MAX.saturating_sub(self.bytes).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        self.bytes += end;
        text
    }

    fn files(&mut self, message: &Message<'_>, depth: usize) {
        for part in message.attachments() {
            if self.enclosures.len() >= FILES_MAX {
                return;
            }
            if let PartType::Message(nested) = &part.body {
                if depth < NESTED_MAX {
                    self.nested(nested, depth);
                }
                continue;
            }
            let bytes = match &part.body {
                PartType::Text(text) | PartType::Html(text) => text.as_bytes().to_vec(),
                PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.to_vec(),
                PartType::Message(_) | PartType::Multipart(_) => continue,
            };
            if !bytes.is_empty() {
                self.enclosures.push(Enclosure {
                    name: name(part),
                    inline: is_inline(part),
                    bytes,
                });
            }
        }
    }

    /// A mail enclosed as a whole: its text is read, its files are files of this one.
    fn nested(&mut self, message: &Message<'_>, depth: usize) {
        let from = message.from().and_then(|from| from.first());
        let from = from.map(|one| {
            let name = one.name.as_deref().unwrap_or_default();
            let address = one.address.as_deref().unwrap_or_default();
            format!("{name} <{address}>")
        });
        let date = message.header_raw(HeaderName::Date).map(str::to_owned);
        let subject = message.subject().map(str::to_owned);
        let mut text = String::new();
        // As in the mail itself, whatever language it is in.
        for (name, value) in [("From", from), ("Date", date), ("Subject", subject)] {
            if let Some(value) = value {
                text.push_str(name);
                text.push_str(": ");
                text.push_str(&super::line(&value));
                text.push('\n');
            }
        }
        text.push('\n');
        text.push_str(&self.body(message));
        self.forwarded.push(text);
        self.files(message, depth + 1);
    }
}

/// As the sender named it; one without a name gets the ending of its type, by which it is judged like others.
fn name(part: &MessagePart<'_>) -> String {
    if let Some(name) = part.attachment_name() {
        return name.to_owned();
    }
    let subtype = part
        .content_type()
        .and_then(|kind| kind.subtype())
        .unwrap_or("bin");
    let plain = subtype.chars().filter(char::is_ascii_alphanumeric).take(16);
    let ending: String = plain.collect();
    match ending.to_ascii_lowercase().as_str() {
        "plain" => "mail.txt".to_owned(),
        ending => format!("mail.{ending}"),
    }
}

fn is_inline(part: &MessagePart<'_>) -> bool {
    let said = part.content_disposition();
    said.is_some_and(|said| said.is_inline()) || said.is_none() && part.content_id().is_some()
}
