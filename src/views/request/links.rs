//! What somebody wrote, with its web addresses as links. Only `https`, and only as far as it is plain
//! ASCII: what follows in another script, or turns the reading direction, is no part of an address.

use yew::prelude::*;

const START: &str = "https://";

/// Text and addresses in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Link(&'a str),
}

pub(super) fn linked(text: &str) -> Html {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Text(text) => html! { { text.to_owned() } },
        Piece::Link(href) => html! {
            <a href={href.to_owned()} target="_blank" rel="noopener noreferrer">{ href.to_owned() }</a>
        },
    };
    pieces(text).into_iter().map(piece).collect()
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some((before, link, after)) = next(rest) {
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Link(link));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// The next address with what stands before and after it.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find(START)?;
        let tail = text.get(at..)?;
        let belongs = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '`');
        let end = tail.find(|c| !belongs(c)).unwrap_or(tail.len());
        // A sentence that ends in an address ends after it.
        let link = tail.get(..end)?;
        let link = link.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '*']);
        if link.len() > START.len() {
            let end = at + link.len();
            return Some((text.get(..at)?, link, text.get(end..)?));
        }
        from = at + START.len();
    }
}

#[cfg(test)]
mod tests {
    use super::Piece::{Link, Text};
    use super::pieces;

    #[test]
    fn addresses_end_where_they_end() {
        for (text, expected) in [
            ("", vec![]),
            ("plain", vec![Text("plain")]),
            ("https://a.example", vec![Link("https://a.example")]),
            (
                "see https://a.example/b?c=d, then.",
                vec![
                    Text("see "),
                    Link("https://a.example/b?c=d"),
                    Text(", then."),
                ],
            ),
            (
                "(https://a.example)\nhttps://b.example.",
                vec![
                    Text("("),
                    Link("https://a.example"),
                    Text(")\n"),
                    Link("https://b.example"),
                    Text("."),
                ],
            ),
            ("https:// alone", vec![Text("https:// alone")]),
            (
                "https:// https://a.example",
                vec![Text("https:// "), Link("https://a.example")],
            ),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }

    #[test]
    fn nothing_but_https_is_a_link() {
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "http://a.example",
            "HTTPS//a.example",
            "ftp://a.example",
        ] {
            assert_eq!(pieces(text), [Text(text)], "{text}");
        }
    }

    #[test]
    fn what_turns_the_reading_direction_is_no_part_of_an_address() {
        let text = "https://a.example/\u{202e}gpj.exe";
        assert_eq!(
            pieces(text),
            [Link("https://a.example/"), Text("\u{202e}gpj.exe")]
        );
    }
}
