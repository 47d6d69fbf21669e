//! What partners and visitors wrote or sent: as text, in its lines, and as files to save. Only addresses that
//! begin with https become links, and they tell the other side nothing.

use crate::desk::texts::Texts;
use maud::{Markup, html};
use partner_rules::wire::Attachment;
use url::Url;

/// Signs that end an address when a sentence does.
const ENDS: [char; 12] = ['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '"', '…'];

/// A text as it was written.
pub(in crate::desk) fn quoted(text: &str) -> Markup {
    html! {
        div.text dir="auto" { @for piece in pieces(text) { (piece) } }
    }
}

/// A text of somebody who may be anybody: no address in it is a link.
pub(in crate::desk) fn plain(text: &str) -> Markup {
    html! { div.text dir="auto" { (text) } }
}

#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Plain(&'a str),
    Link(&'a str),
}

impl maud::Render for Piece<'_> {
    fn render(&self) -> Markup {
        match self {
            Self::Plain(text) => html! { (text) },
            Self::Link(address) => html! {
                a href=(address) rel="noopener noreferrer nofollow external" referrerpolicy="no-referrer" { (address) }
            },
        }
    }
}

/// Cuts addresses out of a text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("https://") {
        let (before, from) = rest.split_at(start);
        let end = from
            .find(|c: char| {
                c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`')
            })
            .unwrap_or(from.len());
        let (address, after) = from.split_at(end);
        let address = address.trim_end_matches(ENDS);
        let (_, tail) = from.split_at(address.len());
        pieces.push(Piece::Plain(before));
        pieces.push(if is_safe(address) {
            Piece::Link(address)
        } else {
            Piece::Plain(address)
        });
        // What was trimmed is text.
        rest = if address.is_empty() { after } else { tail };
    }
    pieces.push(Piece::Plain(rest));
    pieces.retain(|piece| *piece != Piece::Plain(""));
    pieces
}

/// Whether it leads where it says: no name and password before the host, which look like a host.
fn is_safe(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| {
        url.scheme() == "https"
            && url.username().is_empty()
            && url.password().is_none()
            && url.host_str().is_some_and(|host| host.contains('.'))
    })
}

/// Files to save, under this place.
pub(in crate::desk) fn files(texts: &Texts, place: &str, files: &[Attachment]) -> Markup {
    html! {
        ul.files {
            @for file in files {
                li {
                    a href=(format!("{place}/{}", file.id)) download data-testid="desk-file" {
                        bdi { (file.name) }
                    }
                    " " span.soft { (size(texts, file.size)) }
                }
            }
        }
    }
}

/// In the unit in which it is a short number.
pub(in crate::desk) fn size(texts: &Texts, bytes: u32) -> String {
    let (key, number) = match bytes {
        0..1024 => ("file.bytes", bytes),
        1024..1_048_576 => ("file.kib", bytes.div_ceil(1024)),
        1_048_576.. => ("file.mib", bytes.div_ceil(1_048_576)),
    };
    texts.count(key, u64::from(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_safe_addresses_become_links() {
        use Piece::{Link, Plain};
        for (text, expected) in [
            ("nothing here", vec![Plain("nothing here")]),
            (
                "see https://a.example/x?y=1, please.",
                vec![
                    Plain("see "),
                    Link("https://a.example/x?y=1"),
                    Plain(", please."),
                ],
            ),
            (
                "(https://a.example)",
                vec![Plain("("), Link("https://a.example"), Plain(")")],
            ),
            ("https://", vec![Plain("https://")]),
            ("https://...", vec![Plain("https://...")]),
            (
                "https://a@evil.example",
                vec![Plain("https://a@evil.example")],
            ),
            ("http://a.example", vec![Plain("http://a.example")]),
            ("javascript:alert(1)", vec![Plain("javascript:alert(1)")]),
            (
                "https://a.example\"onclick=x",
                vec![Link("https://a.example"), Plain("\"onclick=x")],
            ),
            (
                "https://a.example https://b.example",
                vec![
                    Link("https://a.example"),
                    Plain(" "),
                    Link("https://b.example"),
                ],
            ),
        ] {
            let found = pieces(text);
            // Texts may be cut in several places; what counts is what becomes a link, and that nothing is lost.
            let links = |pieces: &[Piece<'_>]| -> Vec<String> {
                let all = pieces.iter().filter_map(|piece| match piece {
                    Link(address) => Some((*address).to_owned()),
                    Plain(_) => None,
                });
                all.collect()
            };
            assert_eq!(links(&found), links(&expected), "{text}");
            let whole: String = found
                .iter()
                .map(|piece| match piece {
                    Plain(text) | Link(text) => *text,
                })
                .collect();
            assert_eq!(whole, text);
        }
    }

    #[test]
    fn markup_in_a_text_is_text() {
        let hostile = "<img src=x onerror=alert(1)> https://a.example/<b>";
        let shown = quoted(hostile).into_string();
        assert!(!shown.contains("<img") && !shown.contains("<b>"), "{shown}");
        assert!(
            shown.contains("&lt;img src=x onerror=alert(1)&gt;"),
            "{shown}"
        );
    }
}
