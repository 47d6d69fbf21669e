//! Rust source without its comments, and its string literals apart from its code.
//! Must never be taken for a parser: it knows just enough to search code without false hits.

/// A source file taken apart; test modules at its end are left out.
pub(super) struct Code {
    /// Code with comments and the insides of literals blanked; lines stay where they are.
    pub(super) text: String,
    /// String literals with their line, attributes' ones left out.
    pub(super) strings: Vec<(usize, String)>,
}

impl Code {
    pub(super) fn of(source: &str) -> Self {
        let source = source.split("#[cfg(test)]\nmod ").next().unwrap_or(source);
        let mut scanner = Scanner {
            rest: source,
            line: 1,
            depth: 0,
            code: Self {
                text: String::new(),
                strings: Vec::new(),
            },
        };
        while scanner.step() {}
        scanner.code
    }

    /// Lines (from 1) in which the word stands alone, followed by `after`.
    pub(super) fn lines_with(&self, word: &str, after: &str) -> Vec<usize> {
        let found = |line: &str| {
            line.match_indices(word).any(|(at, _)| {
                let before = line.get(..at).and_then(|text| text.chars().next_back());
                let rest = line.get(at + word.len()..).unwrap_or_default();
                !before.is_some_and(is_word)
                    && !rest.chars().next().is_some_and(is_word)
                    && rest.starts_with(after)
            })
        };
        self.text
            .lines()
            .enumerate()
            .filter(|(_, line)| found(line))
            .map(|(index, _)| index + 1)
            .collect()
    }

    /// Lines of `use` items, with the number of the line, however many lines an item takes.
    pub(super) fn use_lines(&self) -> Vec<(usize, &str)> {
        let mut inside = false;
        let mut found = Vec::new();
        for (index, line) in self.text.lines().enumerate() {
            let start = line.trim_start();
            inside |=
                start.starts_with("use ") || (start.starts_with("pub") && start.contains(" use "));
            if inside {
                found.push((index + 1, line));
            }
            inside &= !line.contains(';');
        }
        found
    }
}

/// Whether the character belongs to a name.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

struct Scanner<'a> {
    rest: &'a str,
    line: usize,
    /// How many brackets of an attribute are open.
    depth: usize,
    code: Code,
}

impl Scanner<'_> {
    /// Takes one token; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest;
        if rest.starts_with("//") {
            self.blank(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.blank(rest.find("*/").map_or(rest.len(), |end| end + 2));
        } else if let Some((start, end)) = raw_string(rest) {
            self.string(start, end);
        } else if rest.starts_with('"') {
            self.string(1, closing_quote(rest));
        } else if let Some(length) = char_literal(rest) {
            self.blank(length);
        } else if let Some(c) = rest.chars().next() {
            match c {
                '[' if self.depth > 0 || self.code.text.ends_with(['#', '!']) => self.depth += 1,
                ']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            // A name is taken whole, so that the `r` in `for"` or `br` in `abbr"` is no raw string.
            let length = if is_word(c) {
                rest.find(|c| !is_word(c)).unwrap_or(rest.len())
            } else {
                c.len_utf8()
            };
            self.copy(length);
        } else {
            return false;
        }
        true
    }

    fn copy(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.code.text.push_str(taken);
        self.rest = rest;
    }

    fn blank(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.code
            .text
            .extend(taken.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        self.rest = rest;
    }

    /// A literal whose content lies between the two offsets.
    fn string(&mut self, start: usize, end: usize) {
        let content = self.rest.get(start..end).unwrap_or_default();
        if self.depth == 0 {
            self.code.strings.push((self.line, content.to_owned()));
        }
        // The quotes stay: `style="…"` is still seen to be one.
        self.code.text.push('"');
        self.blank((end + start).min(self.rest.len()));
        self.code.text.push('"');
    }
}

/// Offsets of the content of `r"…"`, `r#"…"#`, `br"…"`.
fn raw_string(rest: &str) -> Option<(usize, usize)> {
    let prefix = if rest.starts_with("br") {
        2
    } else {
        usize::from(rest.starts_with('r'))
    };
    let after = rest.get(prefix..).filter(|_| prefix > 0)?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let start = prefix + hashes + 1;
    after.get(hashes..)?.strip_prefix('"')?;
    let length = rest
        .get(start..)?
        .find(&format!("\"{}", "#".repeat(hashes)))?;
    Some((start, start + length))
}

/// Offset of the quote that ends a literal which begins at 0.
fn closing_quote(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    rest.len()
}

/// Length of a character literal; a lifetime is none.
fn char_literal(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    if let Some(escape) = inner.strip_prefix('\\') {
        return escape.get(1..)?.find('\'').map(|at| at + 4);
    }
    let first = inner.chars().next()?;
    inner
        .get(first.len_utf8()..)?
        .starts_with('\'')
        .then_some(first.len_utf8() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_no_code() {
        let code = Code::of(
            "a(); // b\n/* c\n */ d(\"e \\\" f\", r#\"g \" h\"#, 'i', '\\'', '\\u{1F}'); fn j<'k>() {}",
        );
        for gone in ["b", "c", "e", "f", "g", "h", "i"] {
            assert!(
                code.lines_with(gone, "").is_empty(),
                "{gone} in {}",
                code.text
            );
        }
        assert_eq!(code.lines_with("a", "("), [1]);
        assert_eq!(code.lines_with("d", "("), [3]);
        assert_eq!(code.lines_with("k", ""), [3]);
        assert_eq!(
            code.strings,
            [(3, "e \\\" f".to_owned()), (3, "g \" h".to_owned())]
        );
    }

    #[test]
    fn literals_of_attributes_and_test_modules_do_not_count() {
        let code = Code::of(
            "#[expect(x, reason = \"a b\")]\nlet c = [\"d\"];\n#[cfg(test)]\nmod tests { \"e\" }",
        );
        assert_eq!(code.strings, [(2, "d".to_owned())]);
    }

    #[test]
    fn use_items_are_followed_over_lines() {
        let code = Code::of("use a::{\n    b,\n    c,\n};\nlet d = 1;\npub(crate) use e;");
        let lines: Vec<usize> = code.use_lines().into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 6]);
    }
}
