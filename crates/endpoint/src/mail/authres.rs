//! `Authentication-Results` by RFC 8601, read strictly: what is not of that form says nothing. Never decides
//! whether a header is to be believed.

use std::iter::Peekable;
use std::str::Chars;

/// Comments within comments, which the standard allows.
const NESTED_MAX: u32 = 10;

/// One header of some mail server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Results {
    /// Which server says it; in lower case.
    pub(crate) authserv_id: String,
    pub(crate) methods: Vec<Method>,
}

/// What one method came to. All in lower case, but for the values of properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Method {
    pub(crate) name: String,
    pub(crate) result: String,
    /// `header.from` and its value.
    pub(crate) properties: Vec<(String, String)>,
}

impl Method {
    pub(crate) fn property(&self, name: &str) -> Option<&str> {
        // The first is what counts: a second one is no form that the standard knows.
        let mut named = self.properties.iter().filter(|(known, _)| known == name);
        let (_, value) = named.next()?;
        named.next().is_none().then_some(value.as_str())
    }
}

/// Reads the value of a header. `None`: not of this form.
pub(crate) fn read(value: &str) -> Option<Results> {
    let mut text = Text {
        rest: value.chars().peekable(),
    };
    let authserv_id = text.value()?.to_ascii_lowercase();
    text.blank()?;
    if text.peek().is_some_and(|c| c.is_ascii_digit()) {
        // Only version 1 is defined.
        (text.word()? == "1").then_some(())?;
        text.blank()?;
    }
    let mut methods = Vec::new();
    while text.eat(';') {
        text.blank()?;
        if text.peek().is_none() {
            // Many servers end the list with a semicolon.
            break;
        }
        match text.method()? {
            Told::Method(method) => methods.push(method),
            Told::Nothing => {}
        }
    }
    text.peek().is_none().then_some(Results {
        authserv_id,
        methods,
    })
}

enum Told {
    Method(Method),
    /// `none`: no method was tried.
    Nothing,
}

struct Text<'a> {
    rest: Peekable<Chars<'a>>,
}

impl Text<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest.peek().copied()
    }

    fn eat(&mut self, wanted: char) -> bool {
        self.rest.next_if_eq(&wanted).is_some()
    }

    /// Blanks and comments.
    fn blank(&mut self) -> Option<()> {
        loop {
            match self.peek() {
                Some(' ' | '\t') => {
                    self.rest.next();
                }
                Some('(') => self.comment()?,
                Some(_) | None => return Some(()),
            }
        }
    }

    fn comment(&mut self) -> Option<()> {
        let mut depth = 0_u32;
        loop {
            match self.rest.next()? {
                '(' => depth += 1,
                ')' => depth -= 1,
                '\\' => {
                    self.rest.next()?;
                }
                _ => {}
            }
            if depth == 0 {
                return Some(());
            }
            if depth > NESTED_MAX {
                return None;
            }
        }
    }

    fn method(&mut self) -> Option<Told> {
        let name = self.word()?.to_ascii_lowercase();
        self.blank()?;
        if name == "none" {
            return Some(Told::Nothing);
        }
        if self.eat('/') {
            self.blank()?;
            (self.word()? == "1").then_some(())?;
            self.blank()?;
        }
        self.eat('=').then_some(())?;
        self.blank()?;
        let result = self.word()?.to_ascii_lowercase();
        let mut method = Method {
            name,
            result,
            properties: Vec::new(),
        };
        loop {
            self.blank()?;
            if matches!(self.peek(), Some(';') | None) {
                return Some(Told::Method(method));
            }
            let (name, value) = self.property()?;
            method.properties.push((name, value));
        }
    }

    /// `reason=value`, or `ptype.property=value`.
    fn property(&mut self) -> Option<(String, String)> {
        let mut name = self.word()?.to_ascii_lowercase();
        self.blank()?;
        if self.eat('.') {
            self.blank()?;
            name.push('.');
            name.push_str(&self.word()?.to_ascii_lowercase());
            self.blank()?;
        } else if name != "reason" && !name.contains('.') {
            return None;
        }
        self.eat('=').then_some(())?;
        self.blank()?;
        Some((name, self.value()?))
    }

    /// A keyword. Dots are taken too, so that `header.from` is one word or three.
    fn word(&mut self) -> Option<String> {
        let mut word = String::new();
        while let Some(c) = self
            .rest
            .next_if(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        {
            word.push(c);
        }
        (!word.is_empty()).then_some(word)
    }

    /// A token, a quoted text, or an address.
    fn value(&mut self) -> Option<String> {
        self.blank()?;
        let mut value = String::new();
        if self.eat('"') {
            loop {
                match self.rest.next()? {
                    '"' => break,
                    '\\' => value.push(self.rest.next()?),
                    c => value.push(c),
                }
            }
        }
        let plain = |c: &char| !c.is_ascii_whitespace() && !matches!(c, ';' | '(' | ')' | '"');
        while let Some(c) = self.rest.next_if(plain) {
            value.push(c);
        }
        (!value.is_empty()).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(value: &str) -> Option<String> {
        let results = read(value)?;
        let methods: Vec<String> = results
            .methods
            .iter()
            .map(|method| {
                let properties: Vec<String> = method
                    .properties
                    .iter()
                    .map(|(name, value)| format!(" {name}={value}"))
                    .collect();
                format!("{}={}{}", method.name, method.result, properties.join(""))
            })
            .collect();
        Some(format!("{}: {}", results.authserv_id, methods.join(", ")))
    }

    #[test]
    fn headers_as_servers_write_them_are_read() {
        for (value, wanted) in [
            ("mx.desk.example; none", "mx.desk.example: "),
            ("example.com 1; none", "example.com: "),
            (
                "MX.desk.example; dmarc=pass (p=none dis=none) header.from=One.example",
                "mx.desk.example: dmarc=pass header.from=One.example",
            ),
            (
                "mx.desk.example (a (nested) \\) comment); spf=pass smtp.mailfrom=ada@one.example; dkim=pass (2048-bit key) header.d=one.example header.i=@one.example header.b=\"aB c\"; dmarc=pass header.from=one.example;",
                "mx.desk.example: spf=pass smtp.mailfrom=ada@one.example, dkim=pass header.d=one.example header.i=@one.example header.b=aB c, dmarc=pass header.from=one.example",
            ),
            (
                "mx; dkim=fail reason=\"bad; dmarc=pass header.from=one.example\" header.d=one.example",
                "mx: dkim=fail reason=bad; dmarc=pass header.from=one.example header.d=one.example",
            ),
            ("mx;auth=pass/1", ""),
            (
                "mx; dkim/1 = pass header . d = one.example",
                "mx: dkim=pass header.d=one.example",
            ),
            ("\"mx.quoted\"; spf=neutral", "mx.quoted: spf=neutral"),
        ] {
            assert_eq!(told(value).unwrap_or_default(), wanted, "{value}");
        }
    }

    #[test]
    fn what_is_not_of_the_form_says_nothing() {
        for value in [
            "",
            ";",
            "mx; dmarc",
            "mx; dmarc=",
            "mx; =pass",
            "mx; dmarc=pass (never closed",
            "mx; dmarc=pass header.from=\"never closed",
            "mx; dmarc=pass header.from",
            "mx; dmarc=pass one.example",
            "mx 2; dmarc=pass",
            "mx dmarc=pass",
            "mx; dmarc=pass header.from=a, dkim=pass",
            "mx; dmarc/2=pass",
            "mx; dmarc=pass ) header.from=one.example",
        ] {
            assert_eq!(read(value), None, "{value}");
        }
        let deep = format!("mx {}{}; none", "(".repeat(50), ")".repeat(50));
        assert_eq!(read(&deep), None);
    }

    #[test]
    fn a_property_that_is_there_twice_is_not_told() {
        let results = read("mx; dmarc=pass header.from=a.example header.from=b.example");
        let method = results.and_then(|results| results.methods.into_iter().next());
        assert_eq!(
            method.map(|method| method.property("header.from").is_some()),
            Some(false)
        );
    }
}
