//! What is said on a ticket at the portal: how our own words look there, and what is read of others'.

use super::Relay;
use super::client::Ask;
use super::portal::{PATIENCE, Trouble, id, parse};
use crate::mail::html;
use crate::store::relay::Words;
use serde::Deserialize;
use serde_json::{Value, json};

/// Characters of a comment.
const CONTENT_MAX: usize = 32_000;
/// Comments that are asked for at a time: the most that the portal gives.
const PAGE: usize = 100;
/// So many pages of a conversation are read; nobody reads more.
const PAGES: usize = 20;

/// A comment as the portal shows it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Comment {
    id: Value,
    content: Option<String>,
}

#[derive(Deserialize)]
struct Comments {
    data: Vec<Comment>,
}

/// Our words as a comment: whose they are, by which it is found again, and the text. And the whole text besides, if
/// it has to be cut.
pub(super) fn written(reference: &str, words: &Words) -> (String, Option<String>) {
    let content = format!(
        "{} {}\n\n{}",
        mark(reference, &words.public_id),
        words.author,
        words.text
    );
    if content.chars().count() <= CONTENT_MAX {
        return (content, None);
    }
    let cut = content.chars().take(CONTENT_MAX).collect();
    (cut, Some(words.text.clone()))
}

/// Whether it is a comment of ours on this ticket. Somebody who quotes one does not begin with it.
pub(super) fn is_ours(reference: &str, content: &str) -> bool {
    let shown = html::text(content);
    shown.trim_start().starts_with(&format!("[{reference} "))
}

fn mark(reference: &str, public_id: &str) -> String {
    format!("[{reference} {public_id}]")
}

impl Relay {
    /// Says something on a ticket; what the portal calls it.
    pub(super) async fn say(
        &self,
        ticket: &str,
        content: &str,
        attachments: &[String],
    ) -> Result<String, Trouble> {
        let mut body = json!({"content": content, "contentType": "plainText", "isPublic": true});
        if !attachments.is_empty()
            && let Some(map) = body.as_object_mut()
        {
            map.insert("attachmentIds".to_owned(), json!(attachments));
        }
        let json = body.to_string().into_bytes();
        let path = format!("/api/v1/tickets/{ticket}/comments");
        let ask = Ask::Post {
            path: &path,
            json: &json,
        };
        let said: Comment = parse(&self.ask(ask, PATIENCE).await?)?;
        id(&said.id)
    }

    /// Looks for words of ours on a ticket.
    pub(super) async fn said(
        &self,
        ticket: &str,
        reference: &str,
        words: &Words,
    ) -> Result<Option<String>, Trouble> {
        let mark = mark(reference, &words.public_id);
        for page in 0..PAGES {
            let path = format!(
                "/api/v1/tickets/{ticket}/comments?from={}&limit={PAGE}&sortBy=-commentedTime",
                page * PAGE
            );
            let answer = self.ask(Ask::Get { path: &path }, PATIENCE).await?;
            if answer.status == 204 {
                return Ok(None);
            }
            let found: Comments = parse(&answer)?;
            for comment in &found.data {
                let content = comment.content.as_deref().unwrap_or_default();
                if html::text(content).trim_start().starts_with(&mark) {
                    return id(&comment.id).map(Some);
                }
            }
            if found.data.len() < PAGE {
                return Ok(None);
            }
        }
        Ok(None)
    }

    /// Changes fields of a ticket.
    pub(super) async fn alter(&self, ticket: &str, body: &Value) -> Result<(), Trouble> {
        let json = body.to_string().into_bytes();
        let path = format!("/api/v1/tickets/{ticket}");
        let ask = Ask::Patch {
            path: &path,
            json: &json,
        };
        self.ask(ask, PATIENCE).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Words {
        Words {
            message_id: 1,
            public_id: "0a1b".to_owned(),
            author: "Ada".to_owned(),
            text: text.to_owned(),
            attachments: Vec::new(),
        }
    }

    #[test]
    fn our_words_are_known_again_also_as_a_page_and_quotes_of_them_are_not_ours() {
        let (content, whole) = written("PS-EU-000001", &words("a < b"));
        assert_eq!(content, "[PS-EU-000001 0a1b] Ada\n\na < b");
        assert_eq!(whole, None);
        assert!(is_ours("PS-EU-000001", &content));
        assert!(is_ours(
            "PS-EU-000001",
            "<div>[PS-EU-000001 0a1b] Ada<br></div>"
        ));
        assert!(!is_ours("PS-EU-000002", &content));
        assert!(!is_ours(
            "PS-EU-000001",
            "You wrote: [PS-EU-000001 0a1b] Ada"
        ));
    }

    #[test]
    fn words_that_are_too_long_go_along_whole() {
        let text = "ü".repeat(32_000);
        let (content, whole) = written("PS-EU-000001", &words(&text));
        assert_eq!(content.chars().count(), CONTENT_MAX);
        assert_eq!(whole, Some(text));
    }
}
