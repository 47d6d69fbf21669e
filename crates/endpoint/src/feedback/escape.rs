//! Text of strangers on its way to a terminal: what could end a line, move the cursor, change colours or turn
//! text around is shown by its code instead.

/// One line, without tabs: a column of a list.
pub(crate) fn line(text: &str) -> String {
    escaped(text, |_| false)
}

/// Many lines, each indented, so that none can be taken for one of ours.
pub(crate) fn indented(text: &str) -> String {
    text.split('\n')
        .map(|line| format!("  {}\n", escaped(line, |c| c == '\t')))
        .collect()
}

fn escaped(text: &str, harmless: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if talks(c) && !harmless(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Control characters, ends of lines, and what embeds or overrides a direction. Joiners and marks of direction
/// stay: Arabic and Hindi need them.
fn talks(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_talks_to_the_terminal() {
        for (text, shown) in [
            ("plain – größer 東京", "plain – größer 東京"),
            ("a\tb\nc\r", "a\\u{9}b\\u{a}c\\u{d}"),
            ("\u{1b}[2J\u{9b}2J\u{7f}", "\\u{1b}[2J\\u{9b}2J\\u{7f}"),
            (
                "a\u{202e}b\u{2066}c\u{2028}",
                "a\\u{202e}b\\u{2066}c\\u{2028}",
            ),
            ("क\u{200d}ष", "क\u{200d}ष"),
        ] {
            assert_eq!(line(text), shown);
        }
        assert_eq!(
            indented("a\tb\nreference\tTF-000009\n\u{1b}c"),
            "  a\tb\n  reference\tTF-000009\n  \\u{1b}c\n"
        );
    }
}
