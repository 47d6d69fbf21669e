//! Mails that are HTML alone, as text: lines where a reader sees lines, and what is quoted marked as in plain
//! mails. Nothing is ever fetched, run or drawn; what is not text is gone.

use mail_parser::decoders::html::html_to_text;

/// Quotes within quotes; deeper ones look the same.
const QUOTES_MAX: usize = 10;
/// Elements that begin a line of their own.
const BLOCKS: [&str; 22] = [
    "address", "article", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "ol", "pre", "section", "table", "tr", "ul",
];

/// The text of a page.
pub(crate) fn text(html: &str) -> String {
    let mut written = String::new();
    let mut depth = 0_usize;
    let mut piece = String::with_capacity(html.len());
    // Nothing stands on the line yet.
    let mut fresh = true;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        piece.push_str(before);
        fresh = fresh && before.trim().is_empty();
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, after) = tag.split_at(end);
        rest = after;
        let closing = tag.starts_with("</");
        match name(tag).as_str() {
            "blockquote" => {
                put(&mut written, &piece, depth);
                piece.clear();
                fresh = true;
                depth = if closing {
                    depth.saturating_sub(1)
                } else {
                    (depth + 1).min(QUOTES_MAX)
                };
            }
            "p" if !closing => {
                piece.push_str("<br>");
                fresh = true;
            }
            "br" | "p" => {
                piece.push_str(tag);
                fresh = true;
            }
            "td" | "th" => piece.push(' '),
            block if BLOCKS.contains(&block) => {
                if !fresh {
                    piece.push_str("<br>");
                }
                fresh = true;
            }
            _ => piece.push_str(tag),
        }
    }
    piece.push_str(rest);
    put(&mut written, &piece, depth);
    squeezed(&written)
}

/// The element's name, in lower case.
fn name(tag: &str) -> String {
    tag.trim_start_matches(['<', '/'])
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .take(12)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

fn put(written: &mut String, piece: &str, depth: usize) {
    let text = html_to_text(piece);
    if text.trim().is_empty() {
        return;
    }
    let mark = ">".repeat(depth);
    for line in text.lines() {
        if depth > 0 {
            written.push_str(&mark);
            written.push(' ');
        }
        written.push_str(line.trim());
        written.push('\n');
    }
}

/// Without empty lines in a row, which is what tags within tags leave.
fn squeezed(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() && empty {
            continue;
        }
        empty = line.is_empty();
        squeezed.push_str(line);
        squeezed.push('\n');
    }
    squeezed.truncate(squeezed.trim_end().len());
    squeezed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_page_are_lines_of_text() {
        for (html, wanted) in [
            ("<p>One</p><p>Two &amp; three</p>", "One\n\nTwo & three"),
            (
                "<div>ZOID: 20000000001</div><div>Subject: x</div>",
                "ZOID: 20000000001\nSubject: x",
            ),
            (
                "<table><tr><td>ZOID:</td><td>1</td></tr><tr><td>a</td></tr></table>",
                "ZOID: 1\na",
            ),
            ("a<br>b<BR/>c", "a\nb\nc"),
            (
                "<html><head><style>p{color:red}</style><title>T</title></head><body>x<script>alert(1)</script></body></html>",
                "x",
            ),
            (
                "<div>Answer</div><blockquote type=cite><div>Asked</div><blockquote>Older</blockquote></blockquote><div>End</div>",
                "Answer\n> Asked\n>> Older\nEnd",
            ),
            ("", ""),
            ("<", ""),
            ("a < b", "a"),
            ("&#0;&#xffffffff;&nbsp;x", "\0\u{fffd}\u{a0}x"),
        ] {
            assert_eq!(text(html), wanted, "{html}");
        }
    }

    #[test]
    fn any_depth_takes_a_line_of_time_and_memory() {
        let deep = "<blockquote>".repeat(200_000) + "x";
        assert_eq!(text(&deep), format!("{} x", ">".repeat(QUOTES_MAX)));
        assert_eq!(text(&"<div>".repeat(200_000)), "");
    }
}
